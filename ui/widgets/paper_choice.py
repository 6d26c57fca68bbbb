"""The list of the papers of a step: those issued, then those that can be begun."""

from collections.abc import Container, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import paper_key
from workstation.operations.cases import CaseView
from workstation.operations.print_plans import OUT_OF_DATE, PaperState

_MARK = "　⚠ "
_BEHIND = "案件事实有变"


class PaperChoice(QComboBox):
    """One paper is chosen, named by its form and occurrence."""

    def __init__(self, forms: FormCatalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = forms
        self.setAccessibleName("本步文书")

    def paper(self) -> tuple[str, int] | None:
        """Return the form and occurrence of the chosen paper; None in a step without papers."""
        chosen: tuple[str, int] | None = self.currentData()
        return chosen

    def papers(self) -> list[tuple[str, int]]:
        """Return all papers of the list."""
        return [self.itemData(place) for place in range(self.count())]

    def show_step(self, view: CaseView, step: int) -> None:
        """List the papers of a step without a signal; what was chosen stays, else the last."""
        chosen = self.paper()
        self.blockSignals(True)
        self.clear()
        for document in view.file.documents:
            if document.step == step:
                number = f"　{document.number}" if document.number else ""
                text = f"{document.title}{number}（已制发 {document.dated:%m-%d}）"
                self.addItem(text, (document.form, document.occurrence))
        issued = self.count()
        for form in self._forms.of_step(step):
            count = sum(d.form == form.id for d in view.file.documents)
            self.addItem(f"起草：{form.title}", (form.id, count + 1))
        self.setCurrentIndex(max(issued - 1, 0))
        if chosen is not None:
            self.choose(*chosen)
        self.blockSignals(False)

    def choose(self, form: str, occurrence: int) -> None:
        """Choose one paper of the step."""
        # Not findData, which knows a tuple again only where it is the very same object.
        papers = self.papers()
        if (form, occurrence) in papers:
            self.setCurrentIndex(papers.index((form, occurrence)))

    def mark(self, states: Mapping[str, PaperState], behind: Container[str]) -> None:
        """Mark drafts that the case has left ``behind``, and sheets to print again."""
        for place, paper in enumerate(self.papers()):
            key = paper_key(*paper)
            state = states.get(key)
            mark = hint = ""
            if key in behind:
                mark, hint = _BEHIND, f"{_BEHIND}：草稿中手工改过的栏目须核对"
            elif state is not None and state.reason:
                mark, hint = OUT_OF_DATE, f"{OUT_OF_DATE}：{state.reason}，请重新打印"
            text = self.itemText(place).partition(_MARK)[0]
            self.setItemText(place, f"{text}{_MARK}{mark}" if mark else text)
            self.setItemData(place, hint, Qt.ItemDataRole.ToolTipRole)

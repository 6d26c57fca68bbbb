"""卷面自洽: every relation between the papers of a case, red or green, and a way to each place."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.group_chips import GroupChips
from ui.widgets.passages import PLACE, passages_html
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.certificates import Certificate
from workstation.operations.proofs import CaseProof
from workstation.review.records import Outcome, Passage, RelationResult

_COLUMNS = ("关系", "文书", "归入", "说明")
_SHOWN = (Outcome.CLASHES, Outcome.AGREES, Outcome.LACKING)
_MARKS = {Outcome.CLASHES: "✕", Outcome.AGREES: "✓", Outcome.LACKING: "—"}
_NOTHING = {
    Outcome.CLASHES: "全卷没有相互抵触的记载。点“相符”查看比对了哪些文书、哪些页。",
    Outcome.AGREES: "还没有可以比对的文书。制发文书之后，各份之间会自动比对。",
    Outcome.LACKING: "关系表的各项都适用于本案。",
}
_PAPER_WIDTH = 150
_WORD_FILES = "Word 文档 (*.docx)"


class ProofPane(CaseReadingPane):
    """Compares when it is looked at; Ctrl+↑ and Ctrl+↓ move among the red, Enter goes there."""

    place_wanted = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._clashed: bool | None = None
        self._found: CaseProof | None = None
        self._results: tuple[RelationResult, ...] = ()
        self._edited: dict[str, Path] = {}
        self.headline = label("", "heading", wraps=True)
        self.chips = GroupChips({outcome.value: outcome.value for outcome in _SHOWN}, "比对结果")
        self.model = RecordTableModel(_COLUMNS)
        self.table = record_table(self.model, "文书之间的关系", (300, 110, 56))
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName("比对的各处")
        self.paper = QComboBox()
        self.paper.setAccessibleName("以改过的文件代入哪一份文书")
        self.paper.setMinimumWidth(_PAPER_WIDTH)
        self.replace = button("代入改过的 .docx…")
        self.reset = button("恢复原件", flat=True)
        self.go = button("打开所在之处")
        self.print = button("生成证明", primary=True)
        self.state = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([380, 200])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(self.chips)
        layout.addWidget(split, 1)
        layout.addWidget(self.state)
        layout.addLayout(row_of(self.paper, self.replace, self.reset, None, self.go, self.print))
        self.setFocusProxy(self.table)
        self.chips.chosen.connect(self._fill)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)
        self.table.activated.connect(self.go_to_place)
        self.detail.anchorClicked.connect(self._on_link)
        self.go.clicked.connect(self.go_to_place)
        self.replace.clicked.connect(self.replace_paper)
        self.reset.clicked.connect(self.use_issued_papers)
        self.print.clicked.connect(self.make_certificate)
        self._step_with_keys()
        self._enable()

    @override
    def _ask(self) -> None:
        if self._view is None:
            return
        proofs, case_id, day = self._desk.workstation.proofs, self._case_id, self._view.as_of
        edited = dict(self._edited)
        self.headline.setText("正在比对全卷文书……")

        def read() -> CaseProof:
            return proofs.of_case(case_id, day, edited=edited)

        self._desk.tasks.read(
            read, owner=self, done=self._show, failed=self._failed, latest="proof"
        )

    def _show(self, found: CaseProof | None) -> None:
        if found is None:
            return
        self._found = found
        clashing = len(found.of(Outcome.CLASHES))
        set_role(self.headline, "error" if clashing else "heading")
        self.headline.setText(_headline(found, clashing))
        self.chips.show_counts(found.summary)
        if bool(clashing) is not self._clashed:
            self._clashed = bool(clashing)
            self.chips.choose((Outcome.CLASHES if clashing else Outcome.AGREES).value)
        self._show_papers()
        self._fill()

    def _show_papers(self) -> None:
        chosen = self.paper.currentData()
        self.paper.clear()
        for document in self._view.file.documents if self._view else ():
            mark = "（已代入）" if document.key in self._edited else ""
            self.paper.addItem(f"{document.key} {document.title}{mark}", document.key)
        self.paper.setCurrentIndex(max(self.paper.findData(chosen), 0))

    def _fill(self) -> None:
        outcome, found = Outcome(self.chips.key()), self._found
        self._results = found.of(outcome) if found else ()
        self.model.show(
            [_row(result) for result in self._results],
            [str(n) for n in range(len(self._results))],
        )
        if self._results:
            self.table.selectRow(0)
        else:
            self.detail.setPlainText(_NOTHING[outcome])
        self._enable()

    def chosen(self) -> RelationResult | None:
        """Return the chosen relation, or None."""
        key = self.table.currentIndex().siblingAtColumn(0).data(KEY_ROLE)
        return self._results[int(key)] if key and int(key) < len(self._results) else None

    @override
    def step_by(self, by: int) -> None:
        """Choose the next red relation (1) or the one before (-1)."""
        if Outcome(self.chips.key()) is not Outcome.CLASHES:
            self.chips.choose(Outcome.CLASHES.value)
            return
        row = self.table.currentIndex().row() + by
        if self._results:
            self.table.selectRow(max(0, min(row, len(self._results) - 1)))

    def go_to_place(self) -> None:
        """Ask for the first place of the chosen relation that lies in a paper."""
        result = self.chosen()
        places = _places(result) if result else ()
        inside = next((place for place in places if place.document), None)
        if inside is not None:
            self.place_wanted.emit(inside)

    def replace_paper(self) -> None:
        """Compare with a file that was edited in Word or WPS in the place of an issued paper."""
        key = self.paper.currentData()
        if key is None:
            return
        start = self._desk.workstation.home.output
        path = self._desk.prompter.choose_file(self, "选择改过的文件", start, _WORD_FILES)
        if path is not None:
            self._edited[key] = path
            self._say(f"{key} 以 {path.name} 代入比对；已制发的文本没有改变。")
            self._ask()

    def use_issued_papers(self) -> None:
        """Compare the issued papers alone again."""
        self._edited.clear()
        self._say("")
        self._ask()

    def make_certificate(self) -> None:
        """Write 《卷面自洽证明》 into a folder the user names; pages are looked up on the way."""
        found, proofs = self._found, self._desk.workstation.proofs
        home = self._desk.workstation.home
        if found is None:
            return
        folder = self._desk.prompter.choose_folder(self, "卷面自洽证明导出到", home.output)
        if folder is None:
            return
        self._say("正在查页码、生成证明……")

        def made() -> tuple[Certificate, tuple[Path, Path]]:
            certificate = proofs.certificate(proofs.with_pages(found) or found)
            return certificate, certificate.write(folder)

        self._desk.tasks.read(made, owner=self, done=self._written, failed=self._failed)

    def _written(self, made: tuple[Certificate, tuple[Path, Path]] | None) -> None:
        if made is not None:
            certificate, paths = made
            pages = len(certificate.layout.pages)
            self._say(f"已生成 {paths[0].name} 和 PDF（{pages}页），在 {paths[0].parent}")

    def _show_detail(self, _current: QModelIndex) -> None:
        result = self.chosen()
        if result is not None:
            self.detail.setHtml(_detail_html(result))
        self._enable()

    def _on_link(self, url: QUrl) -> None:
        result, text = self.chosen(), url.toString()
        if result is not None and text.startswith(PLACE):
            self.place_wanted.emit(_places(result)[int(text.removeprefix(PLACE))])

    def _enable(self) -> None:
        result = self.chosen()
        places = _places(result) if result else ()
        self.go.setEnabled(any(place.document for place in places))
        self.print.setEnabled(self._found is not None and self._found.papers > 0)
        self.replace.setEnabled(self.paper.count() > 0)
        self.reset.setVisible(bool(self._edited))

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        self._edited.clear()
        set_role(self.state, "error")
        self.state.setText(f"✕ {error.message}{error.hint}")


def _places(result: RelationResult) -> tuple[Passage, ...]:
    """Return the places the detail links to, in its order."""
    clashing = tuple(place for clash in result.clashes for place in clash.passages)
    return clashing or result.compared


def _headline(found: CaseProof, clashing: int) -> str:
    edited = f"；未受控段落{len(found.uncontrolled)}处" if found.uncontrolled else ""
    asked = len(found.results) - len(found.of(Outcome.LACKING))
    if not asked:
        return "还没有可以比对的文书。"
    verdict = f"{clashing}项相互抵触" if clashing else "全部相符"
    return f"{found.papers}份文书，比对{asked}项关系：{verdict}{edited}。"


def _row(result: RelationResult) -> tuple[str, ...]:
    places = _places(result)
    papers = "、".join(dict.fromkeys(place.document for place in places if place.document))
    said = result.clashes[0].message if result.clashes else result.lacking
    return (
        f"{_MARKS[result.outcome]} {result.relation.says}",
        papers,
        result.relation.check,
        said,
    )


def _detail_html(result: RelationResult) -> str:
    relation = result.relation
    basis = "、".join(str(article) for article in relation.basis)
    head = f"<p><b>{relation.id}　{relation.says}</b>（{relation.tie.value}）</p>"
    parts, first = [head], 0
    for clash in result.clashes:
        parts.append(f"<p>✕ {clash.message}</p>{passages_html(clash.passages, first)}")
        parts.append(f"<p>处理：{clash.fix}</p>")
        first += len(clash.passages)
    if not result.clashes:
        parts += [passages_html((place,), n) for n, place in enumerate(result.compared)]
    if result.lacking:
        parts.append(f"<p>{result.lacking}。</p>")
    return "".join([*parts, f"<p>依据：{basis}</p>"])

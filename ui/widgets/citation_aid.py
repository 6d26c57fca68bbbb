"""The citations in the form being filled: put in with their text, checked as typing stops."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject, QTimer

from ui.desk import Desk
from ui.widgets.record_form import RecordForm
from workstation.domain.cases import paper_key
from workstation.legislation.citations import CheckedCitation
from workstation.operations.pinned_articles import changes_of

_DELAY = 300


class CitationAid(QObject):
    """Serves one form after the other; waits for the statutes where they are not at hand yet."""

    def __init__(self, desk: Desk, case_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._form: RecordForm | None = None
        self._dated: date | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._ask)
        desk.bus.changed.connect(self._on_changed)

    def show_form(self, form: RecordForm | None, dated: date | None = None) -> None:
        """Serve another form; ``dated`` is the day of an issued paper (None: today)."""
        self._form, self._dated = form, dated
        self._timer.stop()
        if form is not None:
            form.values_changed.connect(lambda _values: self._timer.start())
            self._ask()

    def insert(self, text: str, paper: tuple[str, int], day: date) -> str:
        """Put a citation into the field typed in last and note the text of ``day`` it is from.

        Returns the field's label, or nothing where no field was chosen that takes words.
        """
        form = self._form
        label = form.insert_citation(text) if form is not None else ""
        field = form.current_field if form is not None else None
        if label and field is not None:
            pins, case_id = self._desk.workstation.pinned_articles, self._case_id
            self._desk.tasks.write(
                lambda: changes_of(pins.pin(case_id, paper_key(*paper), field.name, text, day)),
                owner=self,
                done=self._desk.bus.publish,
            )
        return label

    def _ask(self) -> None:
        form = self._form
        if form is None or not self._desk.workstation.law.is_open:
            return
        citations, day = self._desk.workstation.citations, self._dated
        case_id, values = self._case_id, form.values()
        self._desk.tasks.read(
            lambda: (form, citations.of_fields(case_id, values, day)),
            owner=self,
            done=self._show,
            latest="citations",
        )

    def _show(
        self, found: tuple[RecordForm, Mapping[str, tuple[CheckedCitation, ...]]] | None
    ) -> None:
        if found is not None and found[0] is self._form and not self._timer.isActive():
            self._form.show_citations(found[1])

    def _on_changed(self, changes: object) -> None:
        touches = getattr(changes, "touches", None)
        if touches and touches("law"):
            self._timer.start()

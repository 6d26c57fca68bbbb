"""Checks the citations in the form that is being filled, a moment after typing stops."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject, QTimer

from ui.desk import Desk
from ui.widgets.record_form import RecordForm
from workstation.legislation.citations import CheckedCitation

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

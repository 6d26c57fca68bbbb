"""A row that limits a count over the office: from a day, to a day, one matter or all."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ui.desk import Desk
from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import label
from workstation.domain.matters import Matter


class SpanFilter(QWidget):
    """Says ``changed`` once another day or matter counts; an unreadable day counts as none."""

    changed = Signal()

    def __init__(self, desk: Desk, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_field, self.last_field = QLineEdit(), QLineEdit()
        self.matter_field = QComboBox()
        self.problem = label("", "error")
        fields = ((self.first_field, f"{what}自"), (self.last_field, f"{what}至"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for field, name in fields:
            field.setPlaceholderText(f"{name}，如 2026-01-01")
            field.setAccessibleName(name)
            field.setFixedWidth(200)
            field.editingFinished.connect(self._on_typed)
            layout.addWidget(field)
        self.matter_field.setAccessibleName("权力事项")
        self.matter_field.addItem("全部事项", "")
        self.matter_field.setMinimumWidth(260)
        layout.addWidget(self.matter_field)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        self._days: tuple[date | None, date | None] = (None, None)
        self.matter_field.currentIndexChanged.connect(self.changed)
        office = desk.workstation.office
        desk.tasks.read(office.matters, owner=self, done=self._show_matters)

    @property
    def first(self) -> date | None:
        """The first day, or None."""
        return self._days[0]

    @property
    def last(self) -> date | None:
        """The last day, or None."""
        return self._days[1]

    @property
    def matter(self) -> str:
        """The code of the matter, or nothing."""
        return str(self.matter_field.currentData() or "")

    def _on_typed(self) -> None:
        today = date.today()
        texts = [field.text().strip() for field in (self.first_field, self.last_field)]
        days = (parse_day(texts[0], today), parse_day(texts[1], today))
        unread = [text for text, day in zip(texts, days, strict=True) if text and day is None]
        self.problem.setText(f"看不懂日期“{unread[0]}”" if unread else "")
        if days != self._days:
            self._days = days
            self.changed.emit()

    def _show_matters(self, matters: tuple[Matter, ...] | None) -> None:
        named = {matter.code: matter.name for matter in matters or ()}
        for code in sorted(named):
            self.matter_field.addItem(f"{code}　{named[code]}", code)

"""The day a case is looked at: today, or any day of its past."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import button, label, row_of, set_role


class CaseDayLine(QWidget):
    """A field for the day, with a word of warning while it is not today."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.as_of: date | None = None
        self.state = label("", "warn")
        self.box = QLineEdit()
        self.box.setAccessibleName("截至日期")
        self.box.setPlaceholderText("今天")
        self.box.setFixedWidth(110)
        self._today = button("回到今天", flat=True)
        self._today.hide()
        self.setLayout(row_of(self.state, label("截至"), self.box, self._today))
        self.box.editingFinished.connect(self._on_typed)
        self._today.clicked.connect(lambda: self.choose(None))

    def choose(self, day: date | None) -> None:
        """Look at the case as of ``day`` (None: today)."""
        self.as_of = day
        self.box.setText(day.isoformat() if day else "")
        set_role(self.state, "warn")
        self.state.setText("正在看过去某一天的案件" if day else "")
        self._today.setVisible(day is not None)
        self.changed.emit()

    def _on_typed(self) -> None:
        text = self.box.text().strip()
        day = parse_day(text, date.today()) if text else None
        if text and day is None:
            self.state.setText("看不懂这个日期，请写作 2026-09-12")
        elif day != self.as_of:
            self.choose(day)

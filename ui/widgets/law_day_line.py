"""The day whose law is looked for: today, any day typed, or a day of the case in view."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import button, label, row_of

CaseDays = Callable[[], tuple[tuple[str, date], ...]]


class LawDayLine(QWidget):
    """A field for the day, with the days of the case that is open beside it."""

    changed = Signal()

    def __init__(self, days: CaseDays | None = None, parent: QWidget | None = None) -> None:
        """``days`` tells the days of the case in view with what each is; None: no case beside."""
        super().__init__(parent)
        self._days = days
        self.box = QLineEdit()
        self.box.setAccessibleName("有效日期")
        self.box.setPlaceholderText("今天")
        self.box.setFixedWidth(120)
        self.choice: QPushButton = button("本案", flat=True)
        self.choice.setToolTip("按本案的日期检索：违法行为日的法、今天的法")
        self.menu = QMenu(self.choice)
        self.menu.aboutToShow.connect(self.list_days)
        self.choice.setMenu(self.menu)
        self.setLayout(row_of(label("有效于"), self.box, self.choice))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.choice.setVisible(days is not None)
        self.box.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def as_of(self) -> date | None:
        """The day the texts must be in force on; None is today, or a day that can't be read."""
        text = self.box.text().strip()
        return parse_day(text, date.today()) if text else None

    def list_days(self) -> None:
        """Offer today and the days of the case that is in view now."""
        self.menu.clear()
        self.menu.addAction("今天").triggered.connect(self.box.clear)
        days = self._days() if self._days is not None else ()
        for name, day in days:
            text = day.isoformat()
            action = self.menu.addAction(f"{name}　{text}")
            action.triggered.connect(lambda _on=False, text=text: self.box.setText(text))
        if not days:
            self.menu.addAction("打开一件案件后，这里列出它的日期").setEnabled(False)

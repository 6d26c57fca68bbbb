"""What helps typing one line: a calendar, names of the office, an amount in words."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QDate, QPoint, QStringListModel, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCalendarWidget, QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.icons import icon
from ui.models.typed_dates import parse_day, parse_moment
from ui.theme import current_tokens
from workstation.domain.numerals import yuan_in_words

_SEPARATOR = "、"


def add_calendar(line: QLineEdit, *, with_time: bool = False) -> QAction:
    """Put a calendar at the end of a line of a day; Alt+Down opens it."""
    action = line.addAction(
        icon("calendar", current_tokens().muted), QLineEdit.ActionPosition.TrailingPosition
    )
    action.setText("打开日历")
    action.setToolTip("打开日历（Alt+↓）")
    action.setShortcut(QKeySequence("Alt+Down"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: _CalendarPopup(line, with_time=with_time).open_below())
    return action


class _CalendarPopup(QWidget):
    """A month below a line; choosing a day types it."""

    def __init__(self, line: QLineEdit, *, with_time: bool) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._line = line
        self._with_time = with_time
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setAccessibleName("选择日期")
        shown = parse_moment(line.text(), date.today())
        if shown is not None:
            self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)
        self.calendar.activated.connect(self._on_chosen)
        self.calendar.clicked.connect(self._on_chosen)

    def open_below(self) -> None:
        """Show the month under its line."""
        self.move(self._line.mapToGlobal(QPoint(0, self._line.height())))
        self.show()
        self.calendar.setFocus()

    def _on_chosen(self, chosen: QDate) -> None:
        text = f"{chosen.year():04}-{chosen.month():02}-{chosen.day():02}"
        if self._with_time:
            shown = parse_moment(self._line.text(), date.today()) or datetime.now()
            text = f"{text} {shown:%H:%M}"
        self._line.selectAll()
        self._line.insert(text)
        self._line.setFocus()
        self.close()


class NameCompleter(QCompleter):
    """Completes the last of several names parted by 、."""

    def __init__(self, names: Sequence[str], line: QLineEdit, *, several: bool) -> None:
        super().__init__(line)
        self._line = line
        self._several = several
        self.setModel(QStringListModel(list(names), self))
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(self)

    @override
    def splitPath(self, path: str) -> list[str]:
        parts = path.replace(",", _SEPARATOR).replace("，", _SEPARATOR).split(_SEPARATOR)
        return [parts[-1].strip()] if self._several else [path.strip()]

    @override
    def pathFromIndex(self, index: object) -> str:
        chosen = str(index.data())  # type: ignore[attr-defined]
        if not self._several:
            return chosen
        before = self._line.text().replace(",", _SEPARATOR).replace("，", _SEPARATOR)
        kept = before.rpartition(_SEPARATOR)[0]
        return f"{kept}{_SEPARATOR}{chosen}" if kept else chosen


def show_words(target: QLabel, text: str) -> None:
    """Show an amount in financial numerals; nothing where ``text`` is no amount."""
    try:
        words = yuan_in_words(Decimal(text.replace(",", ""))) if text else ""
    except (InvalidOperation, ValueError):
        words = ""
    target.setText(f"人民币{words}" if words else "")
    target.setVisible(bool(words))


def day_hint(text: str) -> str:
    """Say which day or time a typed text means, empty where it is plain or means none."""
    moment = parse_moment(text, date.today())
    day = parse_day(text, date.today())
    if moment is None or text.strip() in {f"{moment:%Y-%m-%d}", f"{moment:%Y-%m-%d %H:%M}"}:
        return ""
    return f"{day:%Y-%m-%d}" if day is not None else f"{moment:%Y-%m-%d %H:%M}"

"""Who changes something, why and from which day: what every version of it keeps."""

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import row_of

_NAME_WIDTH, _DAY_WIDTH = 96, 112


class EntryLine(QWidget):
    """Three inputs and, behind them, the button that makes the change."""

    def __init__(self, example: str, action: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entered_by = _line("登记人")
        self.note = _line(f"修改说明，如：{example}")
        self.valid_from = _line("启用日")
        self.valid_from.setText(date.today().isoformat())
        self.entered_by.setFixedWidth(_NAME_WIDTH)
        self.valid_from.setFixedWidth(_DAY_WIDTH)
        layout = row_of(self.entered_by, self.note, self.valid_from, action)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def day(self) -> date | None:
        """The day typed, or None where it is none."""
        return parse_day(self.valid_from.text(), date.today())


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(name)
    line.setAccessibleName(name.partition("，")[0])
    return line

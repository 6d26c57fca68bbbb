"""What a notice says of itself: taken from the workbook, corrected here before the import."""

from datetime import date

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ui.models.typed_dates import parse_day
from ui.widgets.text_labels import label
from workstation.operations.matter_lists.reading import NoticeHead, NoticeOptions

_DELAY = 500


class NoticeForm(QWidget):
    """Two rows of inputs; ``changed`` is emitted a moment after typing stopped."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inputs = {name: QLineEdit() for name in ("number", "list_kind", "effective", "by")}
        self._whole = QComboBox()
        self._whole.addItem("调整：只动所列", False)
        self._whole.addItem("整单：没有列出的随之取消", True)
        self._typed: set[str] = set()
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self.changed)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        texts = {
            "number": "通告文号",
            "list_kind": "清单类型",
            "effective": "施行日期",
            "by": "登记人",
        }
        for column, (name, text) in enumerate(texts.items()):
            box = self._inputs[name]
            box.setAccessibleName(text)
            layout.addWidget(label(text, "muted"), 0, column)
            layout.addWidget(box, 1, column)
            if name != "by":
                box.textEdited.connect(lambda _text, name=name: self._on_typed(name))
        layout.addWidget(label("导入方式", "muted"), 0, len(texts))
        layout.addWidget(self._whole, 1, len(texts))
        self._whole.setAccessibleName("导入方式")
        self._whole.activated.connect(lambda _row: self._on_typed("complete"))
        layout.setColumnStretch(0, 1)

    def reset(self) -> None:
        """Forget what was typed for another file; the name of who enters it stays."""
        self._typed.clear()

    def show_found(self, head: NoticeHead) -> None:
        """Show what the workbook says where nothing was typed."""
        found = {
            "number": head.number,
            "list_kind": head.list_kind,
            "effective": head.effective.isoformat(),
        }
        for name, text in found.items():
            if name not in self._typed:
                self._inputs[name].setText(text)
        if "complete" not in self._typed:
            with QSignalBlocker(self._whole):
                self._whole.setCurrentIndex(int(head.complete))

    def options(self) -> NoticeOptions | None:
        """Return what was typed; None while the day can't be read."""
        typed = {name: self._inputs[name].text().strip() for name in self._typed & {*self._inputs}}
        effective = None
        if typed.get("effective"):
            effective = parse_day(typed["effective"], date.today())
            if effective is None:
                return None
        return NoticeOptions(
            number=typed.get("number", ""),
            list_kind=typed.get("list_kind", ""),
            effective=effective,
            complete=bool(self._whole.currentData()) if "complete" in self._typed else None,
        )

    def entered_by(self) -> str:
        """Return who enters the notice."""
        return self._inputs["by"].text().strip()

    def set_entered_by(self, name: str) -> None:
        """Put in who enters the notice."""
        self._inputs["by"].setText(name)

    def focus_entered_by(self) -> None:
        """Go to the name of who enters the notice."""
        self._inputs["by"].setFocus()

    def _on_typed(self, name: str) -> None:
        self._typed.add(name)
        self._delay.start()

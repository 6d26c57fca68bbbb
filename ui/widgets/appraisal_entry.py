"""The line under an appraisal sheet: what to do with the chosen item, points, place, reason."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, row_of
from workstation.operations.appraisal_marks import accepting, new_mark
from workstation.review.appraisals import Mark, MarkKind, Proposal, Sheet

_ACCEPT = "采纳"


class Objection(StrEnum):
    """What can still be done with a mark of a finished sheet; the value is shown."""

    APPEAL = "申诉"
    UPHOLD = "申诉成立"
    DISMISS = "申诉不成立"


Act = MarkKind | Objection | None


class AppraisalEntry(QWidget):
    """Fills itself from the chosen item; Ctrl+Enter keeps the mark, Enter in the reason too."""

    marked = Signal(object)
    objected = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._target = ""
        self.act = QComboBox()
        self.act.setAccessibleName("怎样处理")
        self.points, self.document, self.page = QLineEdit(), QLineEdit(), QLineEdit()
        self.error, self.reason = QLineEdit(), QLineEdit()
        self.keep = button("记下", primary=True)
        self._build()

    def _build(self) -> None:
        fields = (
            (self.points, "扣几分", 64),
            (self.document, "文书", 72),
            (self.page, "页码", 56),
            (self.error, "同一错误名称", 130),
        )
        for field, name, width in fields:
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setFixedWidth(width)
        self.error.setToolTip("名称相同的扣分视为同一错误，只在最重的一处扣分")
        self.reason.setPlaceholderText("理由（Ctrl+回车记下）")
        self.reason.setAccessibleName("理由")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        line = row_of(self.act, self.points, self.document, self.page, self.error)
        line.setStretch(0, 1)
        layout.addLayout(line)
        last = row_of(self.reason, self.keep)
        last.setStretch(0, 1)
        layout.addLayout(last)
        self.keep.clicked.connect(self.emit_mark)
        self.reason.returnPressed.connect(self.emit_mark)
        self.act.currentIndexChanged.connect(self._on_act)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.emit_mark)

    def offer(self, sheet: Sheet | None, target: str) -> None:
        """Offer what can be done with an item, a veto or an adjustment of a sheet."""
        self._sheet, self._target = sheet, target
        self.act.blockSignals(True)
        self.act.clear()
        for text, kind, to in _acts(sheet, target) if sheet is not None else ():
            self.act.addItem(text, (kind, to))
        self.act.blockSignals(False)
        self.setEnabled(self.act.count() > 0)
        self.reason.clear()
        self._on_act()

    def _proposal(self) -> Proposal | None:
        chosen = self.act.currentData()
        if self._sheet is None or chosen is None or chosen[0] is not None:
            return None
        return next(p for p in self._sheet.open if p.id == chosen[1])

    def _on_act(self) -> None:
        chosen, proposal = self.act.currentData(), self._proposal()
        kind = chosen[0] if chosen else MarkKind.CLOSE
        deducts = kind is MarkKind.DEDUCT or (proposal is not None and not self._is_veto())
        hangs = deducts or proposal is not None or kind is MarkKind.VETO
        self.points.setEnabled(deducts)
        self.error.setEnabled(kind is MarkKind.DEDUCT)
        for field in (self.document, self.page):
            field.setEnabled(hangs)
        self.reason.setEnabled(kind is not MarkKind.CLOSE or proposal is not None)
        for field in (self.points, self.document, self.page, self.error):
            field.clear()
        if self._sheet is not None and deducts:
            self.points.setText(str(self._sheet.standard.item(self._target).points))
        if proposal is not None and proposal.place is not None:
            self.document.setText(proposal.place.document)
            self.page.setText(str(proposal.place.page or ""))
            self.reason.setText(proposal.message)

    def _is_veto(self) -> bool:
        return self._target.startswith("V")

    def emit_mark(self) -> None:
        """Send what was typed as a mark; what is missing is said by who keeps it."""
        chosen = self.act.currentData()
        if chosen is not None and isinstance(chosen[0], Objection):
            self.objected.emit(chosen[0], chosen[1], self.reason.text())
            return
        mark = self.mark()
        if mark is not None:
            self.marked.emit(mark)

    def mark(self) -> Mark | None:
        """Return the mark that was typed, None where nothing can be done."""
        chosen = self.act.currentData()
        if self._sheet is None or chosen is None:
            return None
        person, reason, points = self._sheet.appraiser, self.reason.text(), _number(self.points)
        proposal = self._proposal()
        if proposal is not None:
            mark = accepting(proposal, person, points, reason.strip())
        else:
            made = new_mark(chosen[0], chosen[1], person, reason)
            mark = replace(made, points=points, error=self.error.text().strip())
        return replace(
            mark,
            document=self.document.text().strip().upper() or mark.document,
            page=int(_number(self.page)) or mark.page,
        )


def _acts(sheet: Sheet, target: str) -> Sequence[tuple[str, Act, str]]:
    """Return what can be done: its name, the kind (None: accept a proposal), the target."""
    marks = [
        m for m in (*sheet.vetoes, *sheet.deductions, *sheet.adjustments) if m.target == target
    ]
    if sheet.closed is not None:
        against = [m for m in marks if m.kind is not MarkKind.ADJUST]
        return [(f"{act.value} {m.id}", act, m.id) for m in against for act in Objection]
    found: list[tuple[str, Act, str]] = []
    for proposal in sheet.open:
        if proposal.target == target:
            found.append((f"{_ACCEPT}建议 {proposal.check}", None, proposal.id))
            found.append((f"不采纳 {proposal.check}", MarkKind.REJECT, proposal.id))
    if target.startswith("V"):
        found.append(("一票否决", MarkKind.VETO, target))
    elif target.startswith("J"):
        found.append(("加减分", MarkKind.ADJUST, target))
    elif target:
        line = next(line for line in sheet.lines if line.item.id == target)
        taken = (("不参评", MarkKind.LEAVE_OUT), ("扣分", MarkKind.DEDUCT))
        for name, kind in reversed(taken) if line.taken_in else (("参评", MarkKind.TAKE_IN),):
            found.append((name, kind, target))
    found += [(f"撤回 {m.id}", MarkKind.WITHDRAW, m.id) for m in marks]
    found.append(("评定完成", MarkKind.CLOSE, ""))
    return found


def _number(field: QLineEdit) -> Decimal:
    try:
        return Decimal(field.text().strip() or "0")
    except InvalidOperation:
        return Decimal(0)

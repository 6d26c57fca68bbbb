"""Marks a correction in a record (笔录): the wrong words struck, the right ones put in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.text_labels import button, label
from workstation.domain.corrections import mark_correction

_KEYS = "Ctrl+Shift+K"
_HOW = f"选中写错的字按 {_KEYS}：印出时原字划去，补入的字加横线，并在该处留捺印圈"
_NO_LINE = "请先点进要更正的那一栏，选中写错的字；只补字的，把光标放在要补的地方。"
_ONE_PARAGRAPH = "一次只能更正一段之内的字，请分段选中。"


class CorrectionAid(QWidget):
    """Works on whichever line of ``form`` is being typed in, cells of tables too."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self.mark = button("更正", flat=True)
        # Clicking it must not end the typing it works on.
        self.mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mark.setToolTip(_HOW)
        self.hint = label(_HOW, "muted", wraps=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.mark)
        layout.addWidget(self.hint, 1)
        self.mark.clicked.connect(self.correct)
        shortcut = QShortcut(QKeySequence(_KEYS), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.correct)

    def correct(self) -> None:
        """Strike the selected words and wait at the place of the right ones."""
        line = QApplication.focusWidget()
        self.hint.setText(_HOW)
        if line is None or not self._form.isAncestorOf(line):
            self.hint.setText(_NO_LINE)
        elif isinstance(line, QLineEdit):
            marks, place = mark_correction(line.selectedText())
            start = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
            line.insert(marks)
            line.setCursorPosition(start + place)
        elif isinstance(line, QPlainTextEdit):
            self._correct_text(line)
        else:
            self.hint.setText(_NO_LINE)

    def _correct_text(self, text: QPlainTextEdit) -> None:
        cursor = text.textCursor()
        words = cursor.selectedText()
        if "\u2029" in words:
            self.hint.setText(_ONE_PARAGRAPH)
            return
        marks, place = mark_correction(words)
        start = cursor.selectionStart()
        cursor.insertText(marks)
        cursor.setPosition(start + place)
        text.setTextCursor(cursor)

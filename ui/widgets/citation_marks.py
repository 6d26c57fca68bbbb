"""Citations underlined in a text that is being typed: what stands, what is unknown, what is wrong.

A wavy line is wrong, a dotted one is a law that is not at hand, a plain one stands.
"""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from typing_extensions import override

from ui.theme import current_tokens
from workstation.legislation.citations import WRONG, CheckedCitation, Verdict

_Underline = QTextCharFormat.UnderlineStyle


class CitationMarks(QSyntaxHighlighter):
    """Underlines in one document; a mark whose words were typed over is not drawn."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._marks: tuple[CheckedCitation, ...] = ()

    def show_marks(self, marks: Sequence[CheckedCitation]) -> None:
        """Underline what was found in the text as it stands."""
        if self._marks != tuple(marks):
            self._marks = tuple(marks)
            self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        begins = self.currentBlock().position()
        for mark in self._marks:
            at = mark.found.start - begins
            if at >= 0 and text[at : at + len(mark.found.text)] == mark.found.text:
                self.setFormat(at, len(mark.found.text), _format(mark.check.verdict))


def _format(verdict: Verdict) -> QTextCharFormat:
    tokens = current_tokens()
    if verdict in WRONG:
        style, colour = _Underline.WaveUnderline, tokens.error
    elif verdict is Verdict.OK:
        style, colour = _Underline.SingleUnderline, tokens.accent
    else:
        style, colour = _Underline.DotLine, tokens.warn
    form = QTextCharFormat()
    form.setUnderlineStyle(style)
    form.setUnderlineColor(QColor(colour))
    return form

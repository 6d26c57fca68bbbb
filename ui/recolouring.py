"""Rich text keeps the colours it was written in; this turns them with the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from ui.theme import Tokens


def recolour_texts(window: QWidget, old: Tokens, new: Tokens) -> None:
    """Give the rich text of every label and reader below ``window`` the colours of ``new``.

    What a token of ``old`` coloured gets the colour the token has in ``new``; place of
    reading, selection and links stay.
    """
    turned = {
        getattr(old, name).lower(): getattr(new, name)
        for name in reversed(Tokens.__slots__)
        if getattr(old, name) != getattr(new, name)
    }
    for label in window.findChildren(QLabel):
        label.setText(_turned_source(label.text(), turned))
    for reader in window.findChildren(QTextBrowser):
        _turn_document(reader.document(), turned)


def _turned_source(source: str, turned: dict[str, str]) -> str:
    if "#" not in source or "<" not in source:
        return source
    # In two passes: a new colour must not be taken for an old one.
    for number, colour in enumerate(turned):
        source = source.replace(colour, f"\0{number}\0").replace(colour.upper(), f"\0{number}\0")
    for number, colour in enumerate(turned.values()):
        source = source.replace(f"\0{number}\0", colour)
    return source


def _turn_document(document: QTextDocument, turned: dict[str, str]) -> None:
    changes: list[tuple[int, int, QTextCharFormat]] = []
    block = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            change = _turned_format(fragment.charFormat(), turned)
            if change is not None:
                changes.append((fragment.position(), fragment.length(), change))
            part += 1
        block = block.next()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for position, length, change in changes:
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(change)
    cursor.endEditBlock()


def _turned_format(own: QTextCharFormat, turned: dict[str, str]) -> QTextCharFormat | None:
    """Return what to change in a format; None where none of its colours is a token's."""
    change = QTextCharFormat()
    ink = turned.get(own.foreground().color().name()) if _has_colour(own.foreground()) else None
    ground = turned.get(own.background().color().name()) if _has_colour(own.background()) else None
    if ink:
        change.setForeground(QColor(ink))
    if ground:
        change.setBackground(QColor(ground))
    return change if ink or ground else None


def _has_colour(brush: QBrush) -> bool:
    return brush.style() is not Qt.BrushStyle.NoBrush

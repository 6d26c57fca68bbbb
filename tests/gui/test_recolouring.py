"""Text that was written in the colours of one scheme is read in those of the other."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.recolouring import recolour_texts
from ui.theme import DARK, LIGHT


def _page(qtbot: QtBot) -> tuple[QWidget, QTextBrowser, QLabel]:
    page = QWidget()
    qtbot.addWidget(page)
    reader, line = QTextBrowser(), QLabel(f"<span style='color:{LIGHT.warn}'>未核实</span> #1")
    reader.setHtml(
        f"<p>应当<span style='background-color:{LIGHT.mark}'>听证</span>"
        f"，<span style='color:{LIGHT.muted}'>依据</span>"
        "<span style='color:#123456'>外来</span></p>"
    )
    layout = QVBoxLayout(page)
    layout.addWidget(reader)
    layout.addWidget(line)
    return page, reader, line


def _colours(reader: QTextBrowser) -> list[str]:
    """Return the ground of 听, the ink of 依 and of 外."""
    found = []
    for text, is_ground in (("听", True), ("依", False), ("外", False)):
        cursor = reader.document().find(text)
        form = cursor.charFormat()
        found.append(
            (form.background() if is_ground else form.foreground()).color().name().upper()
        )
    return found


def test_marks_inks_and_labels_turn_with_the_window_and_back(qtbot: QtBot) -> None:
    page, reader, line = _page(qtbot)

    recolour_texts(page, LIGHT, DARK)

    assert _colours(reader) == [DARK.mark, DARK.muted, "#123456"]
    assert line.text() == f"<span style='color:{DARK.warn}'>未核实</span> #1"
    recolour_texts(page, DARK, LIGHT)
    assert _colours(reader) == [LIGHT.mark, LIGHT.muted, "#123456"]


def test_the_selection_and_the_words_stay(qtbot: QtBot) -> None:
    page, reader, _ = _page(qtbot)
    cursor = reader.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(4, QTextCursor.MoveMode.KeepAnchor)
    reader.setTextCursor(cursor)

    recolour_texts(page, LIGHT, DARK)

    assert reader.textCursor().selectedText() == "当听证"
    assert reader.toPlainText() == "应当听证，依据外来"

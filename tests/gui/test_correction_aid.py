"""Marking corrections while a record is written."""

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableWidget
from pytestqt.qtbot import QtBot

from ui.widgets.correction_aid import CorrectionAid
from ui.widgets.record_form import RecordForm
from workstation.documents.forms import load_forms

Found = TypeVar("Found", bound=QObject)
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(qtbot: QtBot, form_id: str, **values: object) -> RecordForm:
    form = RecordForm(load_forms().get(form_id))
    qtbot.addWidget(form)
    form.set_values(values, frozenset())
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def only(parent: QObject, kind: type[Found]) -> Found:
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


def scene_of(form: RecordForm) -> QPlainTextEdit:
    texts = form.findChildren(QPlainTextEdit)
    return next(text for text in texts if text.toPlainText().startswith("倾倒"))


def select(text: QPlainTextEdit, start: int, end: int) -> None:
    cursor = text.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.setFocus()


def test_selected_words_are_struck_and_the_right_ones_typed_behind(qtbot: QtBot) -> None:
    form = shown(qtbot, "D10", scene="倾倒两车。")
    text = scene_of(form)
    select(text, 2, 3)
    qtbot.waitUntil(text.hasFocus)

    QTest.keyClick(text, Qt.Key.Key_K, KEYS)
    text.insertPlainText("三")

    assert form.values()["scene"] == "倾倒【删去：两】【补入：三】车。"


def test_an_answer_in_a_table_is_corrected_by_the_button(qtbot: QtBot) -> None:
    form = shown(qtbot, "D12", dialogue=[{"question": "几车？", "answer": "两车。"}])
    table = only(form, QTableWidget)
    table.setCurrentCell(0, 1)
    table.edit(table.currentIndex())
    editor = only(table, QLineEdit)
    editor.setSelection(0, 1)
    qtbot.waitUntil(editor.hasFocus)

    QTest.mouseClick(only(form, CorrectionAid).mark, Qt.MouseButton.LeftButton)
    editor.insert("三")
    table.setCurrentCell(0, 0)

    assert form.values()["dialogue"][0]["answer"] == "【删去：两】【补入：三】车。"


def test_words_of_two_paragraphs_are_left_alone(qtbot: QtBot) -> None:
    form = shown(qtbot, "D10", scene="倾倒\n两车。")
    text = scene_of(form)
    select(text, 0, 4)
    qtbot.waitUntil(text.hasFocus)

    only(form, CorrectionAid).correct()

    assert form.values()["scene"] == "倾倒\n两车。"
    assert "一段之内" in only(form, CorrectionAid).hint.text()


def test_without_a_line_it_says_where_to_begin_and_other_papers_have_none(qtbot: QtBot) -> None:
    form = shown(qtbot, "D10", scene="倾倒")
    only(form, CorrectionAid).mark.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    only(form, CorrectionAid).mark.setFocus()

    only(form, CorrectionAid).correct()

    assert "请先点进" in only(form, CorrectionAid).hint.text()
    assert shown(qtbot, "D51").findChild(CorrectionAid) is None

"""Phrases for the field typed in last, taken, kept and withdrawn with the keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.widgets.phrase_picker import PhrasePicker
from ui.widgets.record_form import RecordForm

pytestmark = pytest.mark.xdist_group("gui")
_SOFTER = "主动消除危害后果，从轻"


@pytest.fixture
def form(qtbot: QtBot, desk: Desk, demo_case: str) -> RecordForm:
    """A second 处罚决定书 of the demo case."""
    made = RecordForm(desk.workstation.forms.open_form(demo_case, "D51", 2).definition)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def picker(qtbot: QtBot, desk: Desk, demo_case: str, form: RecordForm) -> PhrasePicker:
    """Its phrases, folded."""
    made = PhrasePicker(desk, demo_case)
    qtbot.addWidget(made)
    made.show_form(form)
    made.show()
    return made


def _enter(form: RecordForm, name: str) -> QPlainTextEdit:
    field = form.findChild(QWidget, name)
    assert field is not None
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))
    assert isinstance(field, QPlainTextEdit)
    return field


def _unfold(picker: PhrasePicker, idle: Idle) -> None:
    picker.open.setChecked(True)
    idle.wait()


def _names(picker: PhrasePicker) -> list[str]:
    return [picker.list.item(row).text().split("　")[0] for row in range(picker.list.count())]


def test_without_a_field_it_says_where_to_put_the_cursor(picker: PhrasePicker) -> None:
    picker.open.setChecked(True)

    assert "先把光标放进要写的栏目" in picker.message.text()
    assert picker.panel.isHidden()


def test_only_phrases_of_the_field_are_shown_until_others_are_wanted(
    picker: PhrasePicker, form: RecordForm, idle: Idle
) -> None:
    _enter(form, "discretion")
    _unfold(picker, idle)
    own = _names(picker)

    picker.everywhere.setChecked(True)

    assert own[0] == _SOFTER
    assert set(own) < set(_names(picker))


def test_enter_writes_the_phrase_filled_from_the_case_and_selects_its_first_blank(
    picker: PhrasePicker, form: RecordForm, idle: Idle
) -> None:
    field = _enter(form, "discretion")
    field.setPlainText("前。后。")
    cursor = field.textCursor()
    cursor.setPosition(2)
    field.setTextCursor(cursor)
    _unfold(picker, idle)
    picker.search.setText(_SOFTER)

    QTest.keyClick(picker.search, Qt.Key.Key_Return)

    written = form.values()["discretion"]
    assert written.startswith("前。案发后，当事人龙屿市鲸礁渣土清运有限公司于")
    assert written.endswith("应当从轻处罚。后。")
    assert form.selected_words() == "{{改正日期}}"
    assert picker.panel.isHidden()
    form.select_blank()
    assert form.selected_words() == "{{改正措施}}"
    form.undo_stack.undo()
    assert form.values()["discretion"] == "前。后。"


def test_down_in_the_search_moves_in_the_list(
    picker: PhrasePicker, form: RecordForm, idle: Idle
) -> None:
    _enter(form, "discretion")
    _unfold(picker, idle)

    QTest.keyClick(picker.search, Qt.Key.Key_Down)

    assert picker.list.currentRow() == 1


def test_a_field_without_phrases_says_what_to_do(
    picker: PhrasePicker, form: RecordForm, idle: Idle
) -> None:
    _enter(form, "other_penalty")

    _unfold(picker, idle)

    assert picker.list.count() == 0
    assert "把选中的文字存为常用语" in picker.wording.toPlainText()
    assert not picker.insert.isEnabled()


def test_selected_words_are_kept_as_a_phrase_and_withdrawn_with_a_reason(
    picker: PhrasePicker, form: RecordForm, idle: Idle, desk: Desk
) -> None:
    field = _enter(form, "other_penalty")
    field.setPlainText("依《中华人民共和国行政处罚法》第二十八条，龙屿市鲸礁渣土清运有限公司")
    field.selectAll()
    _unfold(picker, idle)
    picker.start_keeping()
    idle.wait()
    assert picker.keeping.basis.text() == "《中华人民共和国行政处罚法》第二十八条"
    picker.keeping.name.setText("本局试用")
    picker.keeping.kind.setEditText("其他处罚")

    picker.keeping.keep.click()
    idle.wait()
    refused = picker.message.text()
    picker.keeping.author.setText("方小满")
    picker.keeping.keep.click()
    idle.wait()

    assert "没有填写：登记人" in refused
    kept = next(p for p in desk.workstation.phrases.find() if p.name == "本局试用")
    assert kept.text.endswith("，{{当事人}}")
    assert kept.places == ("D51.other_penalty",)
    assert _names(picker) == ["本局试用"]
    picker.withdraw.click()
    picker.withdrawal.reason.setText("不再使用")
    picker.withdrawal.by.setText("叶怀山")
    picker.withdrawal.agree.click()
    idle.wait()
    assert _names(picker) == []
    assert kept.code not in {p.code for p in desk.workstation.phrases.find()}

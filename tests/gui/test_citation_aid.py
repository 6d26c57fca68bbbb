"""Citations in a form that is being filled are underlined; what is wrong is said below."""

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from tests.gui.test_widgets import FORM
from ui.desk import Desk
from ui.widgets.citation_aid import CitationAid
from ui.widgets.record_form import RecordForm

pytestmark = pytest.mark.xdist_group("gui")
_RIGHT, _WRONG = "《行政处罚法》第五十八条", "《行政处罚法》第九十九条"
_Underline = QTextCharFormat.UnderlineStyle


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    made = RecordForm(FORM)
    qtbot.addWidget(made)
    made.show()
    return made


def _underlines(form: RecordForm) -> dict[str, QTextCharFormat.UnderlineStyle]:
    field = form.findChild(QPlainTextEdit, "text")
    assert field is not None
    block = field.document().firstBlock()
    return {
        block.text()[r.start : r.start + r.length]: r.format.underlineStyle()
        for r in block.layout().formats()
    }


def _type(form: RecordForm, text: str) -> None:
    field = form.findChild(QPlainTextEdit, "text")
    assert field is not None
    field.insertPlainText(text)


def test_what_stands_and_what_is_wrong_are_underlined_apart(
    qtbot: QtBot, desk: Desk, demo_case: str, form: RecordForm
) -> None:
    aid = CitationAid(desk, demo_case)
    aid.show_form(form)

    _type(form, f"依据{_RIGHT}和{_WRONG}。")
    qtbot.waitUntil(lambda: len(_underlines(form)) == 2)

    assert _underlines(form) == {
        _RIGHT: _Underline.SingleUnderline,
        _WRONG: _Underline.WaveUnderline,
    }
    said = [text.text() for text in form.findChildren(QLabel) if text.isVisible()]
    assert any("第九十九条" in text for text in said)


def test_checking_is_no_step_to_undo(
    qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle, form: RecordForm
) -> None:
    aid = CitationAid(desk, demo_case)
    aid.show_form(form)
    _type(form, _WRONG)
    qtbot.waitUntil(lambda: bool(_underlines(form)))
    idle.wait()

    assert form.undo_stack.count() == 1
    form.undo_stack.undo()
    assert form.values()["text"] == ""


def test_words_typed_over_are_no_longer_underlined(
    qtbot: QtBot, desk: Desk, demo_case: str, form: RecordForm
) -> None:
    aid = CitationAid(desk, demo_case)
    aid.show_form(form)
    _type(form, _WRONG)
    qtbot.waitUntil(lambda: bool(_underlines(form)))
    field = form.findChild(QPlainTextEdit, "text")
    assert field is not None

    field.setPlainText("没有引用")

    assert _underlines(form) == {}

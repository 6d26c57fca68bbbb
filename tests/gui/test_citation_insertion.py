"""An article that is read is written, properly cited, into the field typed in last."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from tests.gui.test_widgets import FORM
from ui.desk import Desk
from ui.widgets.article_panel import ArticlePanel
from ui.widgets.citation_aid import CitationAid
from ui.widgets.record_form import RecordForm
from workstation.documents.filters import parse_compact
from workstation.documents.forms import FieldDefinition, FieldType
from workstation.operations.pinned_articles import pins_of

pytestmark = pytest.mark.xdist_group("gui")
_CITED = "《中华人民共和国行政处罚法》第六十三条第一款"


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    """A form in view with a long text and references."""
    made = RecordForm(FORM)
    qtbot.addWidget(made)
    made.set_values({"text": "依据，告知。", "law": "行政处罚法§44"}, frozenset())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def _enter(field: QWidget | None) -> None:
    assert field is not None
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))


def test_a_citation_goes_to_the_cursor_of_the_field_typed_in_last(form: RecordForm) -> None:
    field = form.findChild(QPlainTextEdit, "text")
    assert field is not None
    _enter(field)
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=2)
    field.setTextCursor(cursor)

    label = form.insert_citation(_CITED)

    assert label == "长文"
    assert form.values()["text"] == f"依据{_CITED}，告知。"


def test_a_field_of_references_gains_one_that_is_read_back(form: RecordForm) -> None:
    _enter(form.findChild(QLineEdit, "law"))

    form.insert_citation(_CITED)

    kept = form.values()["law"]
    assert kept == ["行政处罚法§44", _CITED]
    assert str(parse_compact(kept[1])) == _CITED


def test_no_field_chosen_is_said_and_nothing_written(form: RecordForm) -> None:
    before = form.values()

    label = form.insert_citation(_CITED)

    assert label == ""
    assert form.values() == before


def test_the_panel_cites_the_paragraph_whose_words_are_selected(
    qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    panel = ArticlePanel(desk)
    qtbot.addWidget(panel)
    panel.show_reference("行政处罚法 63", None)
    idle.wait()
    assert panel.view is not None
    panel.text.find(panel.view.paragraphs[1].text[:8])

    with qtbot.waitSignal(panel.insert_wanted) as asked:
        panel.insert_citation()

    assert asked.args is not None
    assert asked.args[0] == "《中华人民共和国行政处罚法》第六十三条第二款"


def test_what_is_put_in_keeps_the_text_it_was_read_in(
    qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle
) -> None:
    facts = FieldDefinition(name="facts", label="违法事实", type=FieldType.LONG_TEXT)
    form = RecordForm(replace(FORM, fields=(facts,)))
    qtbot.addWidget(form)
    aid = CitationAid(desk, demo_case, form)
    aid.show_form(form)
    _enter(form.findChild(QPlainTextEdit, "facts"))

    label = aid.insert(_CITED, ("D35", 1), date(2026, 9, 1))
    idle.wait()

    assert label == "违法事实"
    with desk.workstation.database.reading() as unit:
        (pin,) = pins_of(unit, f"{demo_case}/D35/")
    assert (pin.field, pin.citation, pin.day) == ("facts", _CITED, date(2026, 9, 1))

"""Event forms: small tables, several of a list, and fields that matter only sometimes."""

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.event_fields import add_field, problem_of, show_relevant, typed_value
from ui.widgets.input_rows import InputRows
from ui.widgets.small_table import SmallTable
from workstation.procedure import load_rules
from workstation.procedure.event_kinds import EventField

RULES = load_rules()


def _field(kind: str, key: str) -> EventField:
    return next(f for f in RULES.events.kind(kind).fields if f.key == key)


@pytest.fixture
def rows(qtbot: QtBot) -> InputRows:
    made = InputRows()
    qtbot.addWidget(made)
    return made


def test_a_plan_of_instalments_is_typed_as_a_table(rows: InputRows) -> None:
    plan = _field("payment_deferred", "plan")
    add_field(rows, plan, ())

    rows.set_text("plan", "2026-11-30｜40,000\n12月31日｜60000")

    read = typed_value(plan, rows)
    assert isinstance(read, list)
    assert read[0] == {"day": "2026-11-30", "amount": 40000}
    assert problem_of(plan, rows) == ""


def test_a_row_half_filled_is_said(rows: InputRows) -> None:
    plan = _field("payment_deferred", "plan")
    add_field(rows, plan, ())

    rows.set_text("plan", "2026-11-30｜")

    assert "每一行" in problem_of(plan, rows)


def test_a_full_table_grows_by_a_row(qtbot: QtBot) -> None:
    table = SmallTable(["缴纳日", "数额（元）"])
    qtbot.addWidget(table)

    table.set_text("一｜1\n二｜2\n三｜3")

    assert table.rowCount() == 4
    assert table.text() == "一｜1\n二｜2\n三｜3"


def test_several_of_a_list_are_read_as_a_list(rows: InputRows) -> None:
    materials = _field("crime_transferred", "materials")
    add_field(rows, materials, ())

    rows.set_text("materials", "涉案物品清单、涉嫌犯罪案件移送书")

    assert typed_value(materials, rows) == ["涉嫌犯罪案件移送书", "涉案物品清单"]


def test_only_what_matters_for_the_outcome_is_asked_and_kept(rows: InputRows) -> None:
    fields = RULES.events.kind("decision_made").fields
    for field in fields:
        add_field(rows, field, ())
    rows.set_text("fine", "100000")

    rows.set_text("outcome", "不予处罚")
    show_relevant(rows, fields)

    assert rows.input("fine").isHidden() or not rows.input("fine").isVisibleTo(rows)
    assert typed_value(_field("decision_made", "fine"), rows) is None


@pytest.mark.parametrize("text", ["", "2026-09-21"])
def test_a_time_left_blank_or_without_its_hour_is_no_midnight(rows: InputRows, text: str) -> None:
    until = _field("person_questioned", "until")
    add_field(rows, until, ())

    rows.set_text("until", text)

    assert typed_value(until, rows) is None
    assert bool(problem_of(until, rows)) is bool(text)

"""An office sets its own dated parameters; nothing is overwritten."""

from datetime import date
from typing import Any

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.cases import JsonValue
from workstation.errors import InvalidInputError
from workstation.operations.parameters import NewValue, parse_value

OLD, NEW = date(2026, 8, 31), date(2026, 9, 1)


def new_value(key: str = "minimum_heads", value: JsonValue = 3, **others: Any) -> NewValue:
    given: dict[str, Any] = {
        "valid_from": NEW,
        "source": "演示文件〔2026〕1号",
        "verified": True,
        "entered_by": "方小满",
    }
    return NewValue(key=key, value=value, **(given | others))


def test_a_value_holds_from_its_first_day_and_the_old_one_before_it(desk: Workstation) -> None:
    changes = desk.parameters.set(new_value())

    assert desk.parameters.get("minimum_heads", OLD).value_text == "2人"
    assert desk.parameters.get("minimum_heads", NEW).value_text == "3人"
    assert desk.parameters.get("minimum_heads", NEW).version.own
    assert changes.touches("parameter", "minimum_heads")


def test_a_value_taken_back_counts_no_more_and_stays_in_the_history(desk: Workstation) -> None:
    desk.parameters.set(new_value())

    desk.parameters.withdraw("minimum_heads", NEW, "方小满", "登记有误")

    view = desk.parameters.get("minimum_heads", NEW)
    assert view.value_text == "2人"
    assert [row["withdrawn"] for row in view.history_json()] == [False, False, True]


def test_the_length_of_a_deadline_no_law_fixes_is_a_parameter(
    desk: Workstation, case_id: str
) -> None:
    desk.parameters.set(new_value("deadline.DL01", 20, valid_from=date(2026, 1, 1)))

    deadlines = {d.code: d for d in desk.cases.view(case_id, date(2026, 8, 22)).deadlines}

    assert deadlines["DL01"].last_day == date(2026, 9, 8)


def test_a_threshold_of_the_office_decides_whether_a_hearing_is_offered(
    desk: Workstation, case_id: str
) -> None:
    stated: JsonValue = [
        {"party": subject, "field": "", "amount": "200000", "inclusive": True}
        for subject in ("公民", "单位")
    ]
    desk.parameters.set(new_value("hearing_thresholds", stated))

    view = desk.parameters.get("hearing_thresholds", NEW)

    assert "单位200,000元（含本数）" in view.value_text
    assert desk.forms.next_draft(case_id, "D39") is not None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"key": "nothing"}, "没有名为"),
        ({"key": "surcharge_daily_rate", "value": "0.05"}, "由法律规定"),
        ({"value": "许多"}, "取值不对"),
        ({"value": -1}, "取值不对"),
        ({"key": "receiver_roles", "value": {"公民": ["本人"]}}, "取值不对"),
        ({"source": " "}, "来源"),
        ({"entered_by": ""}, "由谁登记"),
    ],
)
def test_a_value_that_can_not_stand_is_refused_with_its_reason(
    desk: Workstation, change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidInputError, match=reason):
        desk.parameters.set(new_value(**change))

    assert not any(view.entries for view in desk.parameters.all_on())


def test_what_the_program_ships_can_not_be_taken_back(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="没有本局自"):
        desk.parameters.withdraw("minimum_heads", date(2021, 7, 15), "方小满", "不要")


def test_every_parameter_reads_in_words_and_says_where_it_comes_from(desk: Workstation) -> None:
    for view in desk.parameters.all_on():
        assert view.value_text
        assert view.version.source
        assert view.rule.basis


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("minimum_heads", " 3 ", "3"),
        ("counts_confiscation_towards_hearing", "是", True),
        ("agreeing_conclusions", "同意、补正后同意", ["同意", "补正后同意"]),
        ("hearing_thresholds", "[]", []),
    ],
)
def test_a_typed_value_is_read(desk: Workstation, key: str, text: str, value: JsonValue) -> None:
    assert parse_value(desk.parameters.get(key).rule, text) == value

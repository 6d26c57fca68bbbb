"""Completing values: defaults, checks by type, what is missing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.form_samples import filler, make_form
from workstation.documents.field_values import CompletedValues, complete_values
from workstation.documents.forms import TemplateError


def complete(kind: str, value: object) -> CompletedValues:
    return complete_values(make_form("#p x", f"a:{kind}"), {}, {"a": value}, filler().environment)


def complete_default(default: str, kind: str = "T", **context: Any) -> CompletedValues:
    more = f'[[fields]]\nname="a"\nlabel="甲"\ntype="{kind}"\nrequired=true\ndefault="{default}"\n'
    return complete_values(make_form("#p x", more=more), context, {}, filler().environment)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("T", "甲", "甲"),
        ("T", 3, "3"),
        ("D", "2026-08-19", "2026-08-19"),
        ("D", date(2026, 8, 19), "2026-08-19"),
        ("D", "2026-08-19T09:05", "2026-08-19"),
        ("DT", "2026-08-19T09:05", "2026-08-19T09:05"),
        ("DT", datetime(2026, 8, 19, 9, 5), "2026-08-19T09:05"),
        ("M", "100,000", 100_000),
        ("M", "1600.50", Decimal("1600.50")),
        ("M", 0, 0),
        ("N", "16.4", Decimal("16.4")),
        ("E", "乙", "乙"),
        ("R", "行政处罚法§59", "行政处罚法§59"),
        ("R", ("行政处罚法§59§1",), ["行政处罚法§59§1"]),
        ("B", True, True),
        ("B", "否", False),
        ("A", "一\n\n 二 ", ["一", "二"]),
        ("A", ["一"], ["一"]),
        ("S", [{"name": "卡"}], [{"name": "卡", "quantity": ""}]),
    ],
)
def test_a_good_value_takes_the_form_of_its_type(kind: str, value: object, kept: object) -> None:
    done = complete(kind, value)

    assert done.values == {"a": kept}
    assert done.problems == {}


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("T", ["甲"], "须为文字"),
        ("T", "甲\u200b", "不可见"),
        ("D", "2026-02-30", "不是日期"),
        ("D", "09:05", "不是日期"),
        ("DT", "2026-08-19", "没有写明时分"),
        ("M", "-1", "不能为负数"),
        ("M", "1.005", "精确到分"),
        ("M", True, "须为金额"),
        ("M", "一百", "不是金额"),
        ("N", "多", "不是数字"),
        ("E", "丙", "不在可选值之内（甲、乙）"),
        ("R", "行政处罚法", "形式的法条"),
        ("B", "也许", "须为“是”或“否”"),
        ("A", 5, "若干行文字"),
        ("S", "卡", "须为若干行"),
        ("S", [{"colour": "红"}], "第1行有不认识的列“colour”"),
        (
            "S",
            [{"name": "甲"}, {"name": "{{物品名称}}"}],
            "第2行“name”还有空白没有填写（物品名称）",
        ),
        ("S", [{"name": "甲\x07"}], "第1行“name”含有不可见的控制字符"),
    ],
)
def test_a_bad_value_is_kept_and_reported(kind: str, value: object, problem: str) -> None:
    done = complete(kind, value)

    assert problem in done.problems["a"]
    assert done.values["a"] == value


@pytest.mark.parametrize(("kind", "empty"), [("T", ""), ("M", ""), ("B", False), ("S", [])])
def test_a_missing_value_is_empty(kind: str, empty: object) -> None:
    assert complete(kind, None).values == {"a": empty}


def test_an_unknown_field_is_reported() -> None:
    done = complete_values(make_form("#p x"), {}, {"b": "甲"}, filler().environment)

    assert done.problems == {"b": "本文书没有这一栏。"}


def test_a_default_that_is_one_expression_keeps_its_type() -> None:
    done = complete_default("{{ case.tags }}", "A", case={"tags": ["一", "二"]})

    assert done.values["a"] == ["一", "二"]
    assert done.defaulted == {"a"}


def test_a_default_in_words_is_text() -> None:
    done = complete_default("{{ case.n|money }}元，{% if case.n %}有{% endif %}", case={"n": 5})

    assert done.values["a"] == "5.00元，有"


def test_a_given_value_wins_over_the_default() -> None:
    more = '[[fields]]\nname="a"\nlabel="甲"\ndefault="旧"\n'

    done = complete_values(make_form("#p x", more=more), {}, {"a": "新"}, filler().environment)

    assert (done.values["a"], done.defaulted) == ("新", frozenset())


def test_a_default_may_read_the_fields_above() -> None:
    more = '[[fields]]\nname="b"\nlabel="乙"\ndefault="一"\n'
    more += '[[fields]]\nname="a"\nlabel="甲"\ndefault="{{ f.b }}二"\n'

    done = complete_values(make_form("#p x", more=more), {}, {}, filler().environment)

    assert done.values["a"] == "一二"


def test_required_fields_without_a_value_are_missing() -> None:
    assert complete_default("{{ case.none }}", case={"none": ""}).missing == ("a",)


@pytest.mark.parametrize("default", ["{{ nothing.x }}", "{{ case.x }}甲", "{{ 1 + }}"])
def test_a_default_that_fails_names_its_field(default: str) -> None:
    with pytest.raises(TemplateError, match="文书“样张”栏目“甲”的默认值无法计算"):
        complete_default(default, case={})

"""Cells of real-life lists."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from workstation.domain.citations import parse_reference
from workstation.domain.matters import FineMeasure
from workstation.operations.matter_lists.cells import (
    CellFaultError,
    CellValue,
    read_articles,
    read_code,
    read_day,
    read_flag,
    read_ranges,
)

ANY = parse_reference("行政处罚法§9")
DAY = date(2026, 8, 15)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2026, 8, 15),
        "2026-08-15",
        "2026/8/15",
        "2026.8.15",
        "２０２６年８月１５日",
        "20260815",
        46249,
        46249.0,
        "2026-08-15 00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(value: CellValue) -> None:
    assert read_day(value) == DAY


@pytest.mark.parametrize("value", [None, "", "—", "长期"])
def test_no_day_is_none(value: CellValue) -> None:
    assert read_day(value) is None


@pytest.mark.parametrize("value", ["2026-02-30", "明年", "8月15日", 12])
def test_what_is_no_day_is_a_fault(value: CellValue) -> None:
    with pytest.raises(CellFaultError):
        read_day(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "measure", "base"),
    [
        ("10万元以上100万元以下", "100000", "1000000", FineMeasure.AMOUNT, ""),
        ("十万元以上一百万元以下的罚款", "100000", "1000000", FineMeasure.AMOUNT, ""),
        ("处五百元以上二万元以下罚款", "500", "20000", FineMeasure.AMOUNT, ""),
        ("500-5000元", "500", "5000", FineMeasure.AMOUNT, ""),
        ("1,000-5,000", "1000", "5000", FineMeasure.AMOUNT, ""),
        ("二至十万元", "20000", "100000", FineMeasure.AMOUNT, ""),
        ("３０００元以下", "0", "3000", FineMeasure.AMOUNT, ""),
        ("200元", "200", "200", FineMeasure.AMOUNT, ""),
        ("违法所得1倍以上3倍以下", "1", "3", FineMeasure.MULTIPLE, "违法所得"),
        ("货值金额15倍以上30倍以下", "15", "30", FineMeasure.MULTIPLE, "货值金额"),
        ("合同价款百分之二以上百分之四以下", "2", "4", FineMeasure.PERCENT, "合同价款"),
        ("工程造价5%以上10%以下", "5", "10", FineMeasure.PERCENT, "工程造价"),
        ("每车500元以上2000元以下", "500", "2000", FineMeasure.EACH, "车"),
    ],
)
def test_a_range_is_read_in_its_measure(
    text: str, low: str, high: str, measure: FineMeasure, base: str
) -> None:
    (found,) = read_ranges(text, ANY)

    assert (found.fine_min, found.fine_max) == (Decimal(low), Decimal(high))
    assert (found.measure, found.base) == (measure, base)


def test_ranges_are_parted_by_whom_they_are_for_and_on_what_condition() -> None:
    found = read_ranges("对单位：1万元以上5万元以下；拒不改正的：5000元以上2万元以下", ANY)

    assert [(r.subjects, r.condition) for r in found] == [(("单位",), ""), ((), "拒不改正")]


@pytest.mark.parametrize("text", ["10万元以上", "100万元以上10万元以下", "依法处理", "若干元"])
def test_what_is_no_range_is_a_fault(text: str) -> None:
    with pytest.raises(CellFaultError):
        read_ranges(text, ANY)


def test_articles_after_a_title_share_it() -> None:
    found = read_articles("《行政处罚法》第九条第一项、第十条；《行政强制法》第九条")

    assert [str(reference) for reference in found] == [
        "《行政处罚法》第九条第（一）项",
        "《行政处罚法》第十条",
        "《行政强制法》第九条",
    ]


@pytest.mark.parametrize(
    ("value", "code"), [(" ３３０２１７-Ａ０１ ", "330217-A01"), (330217001000.0, "330217001000")]
)
def test_a_code_is_read_in_half_width(value: CellValue, code: str) -> None:
    assert read_code(value) == code


@pytest.mark.parametrize("value", ["", "3.30217E+11", "编码", "a"])
def test_what_is_no_code_is_a_fault(value: str) -> None:
    with pytest.raises(CellFaultError):
        read_code(value)


@pytest.mark.parametrize(("text", "flag"), [("是", True), ("√", True), ("否", False), ("", None)])
def test_a_flag_is_yes_no_or_open(text: str, flag: bool | None) -> None:  # noqa: FBT001
    assert read_flag(text) is flag

"""Lists go in whole or not at all; notices end, begin and can be taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.fake_statutes import FakeStatutes
from tests.matter_workbooks import make_rows, plant, write_rows
from tests.unit.operations.matter_lists.conftest import FIRST, SECOND, Import, Rows
from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.matter_lists.operations import MatterListOperations, NoticeKnownError
from workstation.operations.matter_lists.reading import NoticeOptions
from workstation.operations.matter_lists.sheets import ListFileError
from workstation.operations.matter_lists.templates import write_faults

DAY = date(2026, 9, 1)


@pytest.mark.slow
def test_twenty_five_faults_in_3143_matters_are_named_and_nothing_goes_in(
    desk: Workstation, tmp_path: Path
) -> None:
    rows = make_rows(3143)
    planted = plant(rows)

    outcome = desk.matter_lists.carry_out(write_rows(tmp_path / "faulty.xlsx", rows), "方小满")

    assert not outcome.imported
    found = {fault.cell: fault.message for fault in outcome.plan.faults}
    assert len(outcome.plan.faults) == len(planted) == 25
    assert [p for p in planted if p.reason not in found.get(p.cell, "")] == []
    assert all(fault.fix for fault in outcome.plan.faults)
    assert desk.matter_lists.listed(DAY) == ()
    assert desk.matter_lists.history() == ()


@pytest.mark.slow
def test_the_sound_file_goes_in_whole(carry_out: Import, lists: MatterListOperations) -> None:
    outcome = carry_out(make_rows(3143))

    assert outcome.imported
    assert outcome.plan.difference.counts == {
        "added": 3143,
        "changed": 0,
        "withdrawn": 0,
        "unchanged": 0,
    }
    assert len(lists.listed(DAY)) == 3143


def test_a_preview_changes_nothing(lists: MatterListOperations, tmp_path: Path) -> None:
    plan = lists.preview(write_rows(tmp_path / "list.xlsx", make_rows(5)))

    assert len(plan.difference.added) == 5
    assert lists.listed(DAY) == ()


def test_a_whole_list_ends_what_it_leaves_out_the_day_before(
    carry_out: Import, lists: MatterListOperations, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(6))

    outcome = carry_out(later(4), SECOND, 施行日期="2026-11-01")

    assert outcome.plan.difference.counts["withdrawn"] == 2
    assert lists.versions("330217000006")[0].valid_to == date(2026, 10, 31)
    assert len(lists.listed(date(2026, 10, 31))) == 6
    assert len(lists.listed(date(2026, 11, 1))) == 4


def test_an_adjustment_touches_only_what_it_names(
    carry_out: Import, lists: MatterListOperations, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(6))
    rows = [{**row, "罚款幅度": "3元以上5元以下"} for row in later(1)]

    outcome = carry_out(rows, SECOND, 施行日期="2026-11-01", 导入方式="调整")

    (change,) = outcome.plan.difference.changed
    assert [f.label for f in change.fields] == ["罚款幅度"]
    assert change.fields[0].after == "3元至5元"
    assert len(lists.listed(date(2026, 11, 1))) == 6


def test_two_notices_are_compared_field_by_field(
    carry_out: Import, lists: MatterListOperations, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(6))
    rows = later(5)
    rows[2]["权力类型"] = "委托" if "委托" not in rows[2]["权力类型"] else "法定"
    carry_out(rows, SECOND, 施行日期="2026-11-01")

    difference = lists.compare(FIRST, SECOND)

    assert [m.code for m in difference.withdrawn] == ["330217000006"]
    assert [f.label for c in difference.changed for f in c.fields] == ["权力类型"]
    assert len(difference.unchanged) == 4


def test_taking_a_notice_back_restores_the_list_before_it(
    carry_out: Import, lists: MatterListOperations, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(6))
    before = lists.listed(date(2026, 11, 1))
    carry_out(later(4), SECOND, 施行日期="2026-11-01")

    lists.roll_back(SECOND, "方小满", "文号有误")

    assert lists.listed(date(2026, 11, 1)) == before
    assert [notice.number for notice in lists.notices()] == [FIRST]
    assert [notice.reverses for notice in lists.history()] == [False, False, True]


def test_a_notice_taken_back_can_be_carried_out_again(
    carry_out: Import, lists: MatterListOperations
) -> None:
    carry_out(make_rows(2))
    lists.roll_back(FIRST, "方小满", "重新导入")

    assert carry_out(make_rows(3)).imported


def test_only_the_last_notice_can_be_taken_back(
    carry_out: Import, lists: MatterListOperations, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(3))
    carry_out(later(2), SECOND, 施行日期="2026-11-01")

    with pytest.raises(InvalidInputError, match="不是最后导入的通告"):
        lists.roll_back(FIRST, "方小满", "有误")


def test_a_notice_is_not_carried_out_twice(carry_out: Import) -> None:
    carry_out(make_rows(2))

    with pytest.raises(NoticeKnownError, match="已经导入过"):
        carry_out(make_rows(2))


def test_a_version_may_not_begin_before_the_one_that_stands(carry_out: Import) -> None:
    carry_out(make_rows(2))
    rows = [
        {**row, "生效日期": "2026-08-01", "罚款幅度": "1元以上2元以下"} for row in make_rows(2)
    ]

    outcome = carry_out(rows, SECOND)

    assert [f.cell for f in outcome.plan.faults] == ["M3", "M5"]
    assert "已有自2026-09-01起的版本" in outcome.plan.faults[0].message


def test_a_superseded_matter_ends_where_its_successor_begins(
    carry_out: Import, lists: MatterListOperations
) -> None:
    carry_out(make_rows(1))
    (row,) = make_rows(1, first=2)
    row |= {"替代事项编码": "330217000001", "生效日期": "2026-11-01"}

    carry_out([row], SECOND, 施行日期="2026-11-01", 导入方式="调整")

    assert [m.code for m in lists.listed(date(2026, 11, 1))] == ["330217000002"]


def test_a_repealed_article_is_a_warning_and_a_missing_one_a_fault(
    desk: Workstation, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "list.xlsx", make_rows(12))
    law = FakeStatutes(生态环境法典="repealed", 城乡规划法="no_such_article")

    plan = MatterListOperations(desk.database, law, desk.home.root).preview(path)

    assert {f.message.split("》")[0] for f in plan.faults} == {"《城乡规划法"}
    assert all("生态环境法典" in warning for warning in plan.warnings)
    assert plan.warnings


def test_headers_of_two_lines_and_merged_cells_are_read(
    lists: MatterListOperations, tmp_path: Path
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["序号", "编码", "事项名称", "所属领域", "实施依据", "", "权力来源", "幅度"])
    sheet.append(["", "", "", "", "违反依据", "处罚依据", "", ""])
    sheet.merge_cells("E1:F1")
    article = "行政处罚法第九条"
    sheet.append([1, 330217001, "甲", "市容", article, article, "法定职权", "1元以上2元以下"])
    sheet.append([2, "330217002", "乙", None, article, article, "赋权（镇街）", "警告"])
    sheet["H4"] = "1元以下"
    sheet.merge_cells("D3:D4")
    book.save(tmp_path / "list.xlsx")

    plan = lists.preview(tmp_path / "list.xlsx")

    assert plan.faults == ()
    assert [(m.code, m.field) for m in plan.begins] == [
        ("330217001", "市容"),
        ("330217002", "市容"),
    ]


def test_a_file_that_is_no_list_is_refused_with_what_to_do(
    lists: MatterListOperations, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("没有", encoding="utf-8")

    with pytest.raises(ListFileError) as refused:
        lists.preview(path)

    assert "另存为" in refused.value.hint


def test_a_missing_column_is_named(lists: MatterListOperations, tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["事项编码", "事项名称", "领域", "违反条款", "权力类型"])
    book.save(tmp_path / "list.xlsx")

    with pytest.raises(ListFileError, match="缺少“处罚条款”"):
        lists.preview(tmp_path / "list.xlsx")


def test_the_template_reads_back_as_an_empty_list_and_explains_every_column(
    lists: MatterListOperations, tmp_path: Path
) -> None:
    path = lists.template(tmp_path / "template.xlsx")

    plan = lists.preview(path)

    assert (plan.read.rows, plan.faults, plan.warnings) == ((), (), ())
    explained = [row[0].value for row in load_workbook(path)["填写说明"].iter_rows()]
    assert "事项清单·处罚条款" in explained
    assert "裁量阶次·阶次及适用条件" in explained


def test_faults_are_handed_back_as_a_workbook(carry_out: Import, tmp_path: Path) -> None:
    rows = make_rows(2)
    rows[0]["权力类型"] = "授权"
    outcome = carry_out(rows)

    path = write_faults(tmp_path / "faults.xlsx", outcome.plan.faults)

    sheet = load_workbook(path)["导入错误"]
    assert [cell.value for cell in sheet[2]][1:3] == ["D3", "授权"]


def test_tiers_come_as_a_second_sheet_and_stay_while_the_clause_stays(
    carry_out: Import, lists: MatterListOperations, tmp_path: Path, later: Callable[[int], Rows]
) -> None:
    carry_out(make_rows(1))
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["序号", "事项代码", "阶次及适用条件", "裁量幅度", "裁量基准来源"])
    sheet.append([1, "330217000001", "较轻：倾倒量不足20立方米", "1元以上5元以下", "演示基准"])
    sheet.append([2, "330217000001", "严重：造成恶劣影响", "5元以上9元以下", ""])
    book.save(tmp_path / "tiers.xlsx")

    options = NoticeOptions(number="演示基准1号", effective=date(2026, 10, 1))
    lists.carry_out(tmp_path / "tiers.xlsx", "方小满", options)
    rows = [{**row, "领域": "新领域"} for row in later(1)]
    carry_out(rows, SECOND, 施行日期="2026-11-01")

    newest = lists.versions("330217000001")[-1]
    assert (newest.field, newest.tier_source) == ("新领域", "演示基准")
    assert [(t.name, bool(t.alternatives)) for t in newest.tiers] == [
        ("较轻", True),
        ("严重", False),
    ]

"""Guards that read the wording of a paper."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.procedure.enclosed_papers import made
from workstation.domain.cases import CaseFile

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

# guard, form, event kind, lines that are wrong, lines that are right
LINES = [
    (
        "decision_no_longer_proposes",
        "D51",
        "decision_made",
        "本机关拟对当事人作出如下处罚",
        "用模拟图说明",
    ),
    (
        "suspicion_is_lifted",
        "D51",
        "decision_made",
        "当事人涉嫌擅自倾倒建筑垃圾",
        "不属于涉嫌犯罪的情形",
    ),
    (
        "notice_does_not_decide",
        "D41",
        "notice_served",
        "本机关决定对你单位罚款",
        "作出行政处罚决定之前",
    ),
    (
        "notice_tells_no_range",
        "D41",
        "notice_served",
        "拟罚款100,000元至120,000元。",
        "拟罚款110,000元。",
    ),
    ("notice_tells_no_range", "D41", "notice_served", "将依法处理。", "依法享有陈述权。"),
    (
        "remedies_are_written_out",
        "D51",
        "decision_made",
        "向有管辖权的人民法院提起行政诉讼。",
        "向龙屿市人民法院提起行政诉讼。",
    ),
    (
        "remedies_are_written_out",
        "D51",
        "decision_made",
        "向上一级行政机关申请行政复议。",
        "向龙屿市人民政府申请行政复议。",
    ),
    (
        "remedy_periods_are_current",
        "D51",
        "decision_made",
        "十五日内申请行政复议",
        "六十日内申请行政复议",
    ),
    (
        "remedy_periods_are_current",
        "D51",
        "decision_made",
        "三个月内向人民法院提起诉讼",
        "六个月内向人民法院提起诉讼",
    ),
    (
        "penalty_act_is_cited_anew",
        "D41",
        "notice_served",
        "依据《行政处罚法》第四十二条，你单位可以要求听证。",
        "依据《行政处罚法》第六十三条，你单位可以要求听证。",
    ),
    (
        "announcement_runs_thirty_days",
        "D57",
        "decision_served",
        "自公告之日起经过六十日，即视为送达。",
        "自公告之日起经过三十日，即视为送达。",
    ),
    (
        "preservation_is_no_lever",
        "D27",
        "evidence_preserved",
        "缴清罚款后返还。",
        "七个工作日内处理。",
    ),
    (
        "articles_are_in_words",
        "D51",
        "decision_made",
        "违反第1169条第1款。",
        "违反第一千一百六十九条第一款。",
    ),
    (
        "laws_are_named_in_full",
        "D51",
        "decision_made",
        "依据《行政处罚法》第三十二条。",
        "依据《中华人民共和国行政处罚法》和《罚缴分离办法》。",
    ),
    (
        "numbers_have_their_brackets",
        "D51",
        "decision_made",
        "屿综执责改字[2026]第0186号",
        "屿综执责改字〔2026〕第0186号",
    ),
    (
        "amounts_agree_in_words",
        "D51",
        "decision_made",
        "罚款人民币壹万元整（¥100,000.00）。",
        "罚款人民币壹拾万元整（¥100,000.00）。",
    ),
    (
        "amounts_agree_in_words",
        "D51",
        "decision_made",
        "没收人民币壹仟陆佰元整（¥1,600.50）。",
        "没收人民币壹仟陆佰元伍角（¥1,600.50）。",
    ),
    (
        "defence_is_not_punished",
        "D51",
        "decision_made",
        "当事人无理申辩，从重处罚。",
        "不得因申辩而加重处罚。",
    ),
    (
        "obstruction_is_cited_anew",
        "D51",
        "decision_made",
        "依据《治安管理处罚法》第五十条对阻碍执行职务的行为",
        "依据《治安管理处罚法》第六十一条对阻碍执行职务的行为",
    ),
    (
        "spot_decision_names_reconsideration",
        "D53",
        "decision_made",
        "可以向人民法院提起行政诉讼。",
        "应当先向龙屿市人民政府申请行政复议。",
    ),
    (
        "cited_law_was_in_force",
        "D51",
        "decision_made",
        "违反《中华人民共和国固体废物污染环境防治法》",
        "违反《中华人民共和国生态环境法典》",
    ),
]


@pytest.mark.parametrize("row", LINES)
def test_a_fault_of_wording_is_found_and_only_the_fault(
    before: Before, refused: Refused, row: tuple[str, str, str, str, str]
) -> None:
    guard, form, kind, wrong, right = row
    file = before(kind)

    found = refused(file, kind, enclosed=made(form, kind, wrong))

    assert found[guard].hint
    assert guard not in refused(file, kind, enclosed=made(form, kind, right))


def test_a_phrase_broken_over_two_lines_is_found(before: Before, refused: Refused) -> None:
    enclosed = made("D51", "decision_made", "向有管辖权的人民", "法院提起行政诉讼。")

    blocks = refused(before("decision_made"), "decision_made", enclosed=enclosed)

    assert "remedies_are_written_out" in blocks


def test_a_repealed_law_may_be_cited_for_an_act_before(before: Before, refused: Refused) -> None:
    file = before("decision_made", facts={"act_end": "2026-08-10"})
    enclosed = made("D51", "decision_made", "《中华人民共和国固体废物污染环境防治法》")

    blocks = refused(file, "decision_made", enclosed=enclosed)

    assert "cited_law_was_in_force" not in blocks


@pytest.mark.parametrize(
    ("above", "stands"),
    [("龙屿市综合行政执法局第三执法中队", True), ("龙屿市综合行政执法局", False)],
)
def test_a_team_can_not_sign(before: Before, refused: Refused, above: str, stands: bool) -> None:  # noqa: FBT001 - a column of the table
    enclosed = made("D51", "decision_made", "特此告知。", above, "2026年10月15日")

    blocks = refused(before("decision_made"), "decision_made", enclosed=enclosed)

    assert ("bureau_signs_its_papers" in blocks) is stands

"""Every check a machine decides or computes: a case that passes and one that does not."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from scripts.reprinting import asked_again
from tests.reviewed_cases import (
    Change,
    both,
    cited,
    evidence,
    facts,
    finding_of,
    lead,
    matter,
    more,
    party,
    reworded,
    said,
    same,
    served,
    similar,
    tiers,
    unissued,
    unserved,
    without,
    written,
)
from workstation.domain.cases import CaseEvent
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import AuthorityKind
from workstation.domain.parties import PartyKind
from workstation.review.catalogue import load_checks
from workstation.review.checks import review
from workstation.review.records import CaseUnderReview, Mode, State

_TRADER = party(
    kind=PartyKind.SOLE_TRADER_NAMED, representative="卓望野", representative_number="9903"
)
_SEALED = more(
    "coercion_applied",
    5,
    "2026-08-22T10:00",
    officers=["林问渠", "苏砚舟"],
    approver="叶怀山",
    object="车辆1台",
)
_PERSON = party(kind=PartyKind.CITIZEN, birth_date=date(1980, 1, 1))
_CHILD = party(kind=PartyKind.CITIZEN, birth_date=date(2014, 1, 1))
_MOVED = more("crime_transferred", 13, "2026-08-30T10:00", materials=[])
_NOTICE = ArticleReference(title="龙屿市建筑垃圾管理工作的通知", article=3)
_PASSED_ON = more("case_transferred", 2, "2026-08-20T09:00", to="某局", scope="全案移送")

_ANSWERED = more("transfer_answered", 2, "2026-08-20T16:00")
_NO_GAIN = both(facts(illegal_gain=None), said("investigation_closed", confiscated=None))
_TOWNSHIP = both(
    matter(authority=AuthorityKind.GRANTED), said("case_filed", handled_by="潮信街道办事处")
)
_FREE_OF_FAULT = {State.PASSED, State.NOT_APPLICABLE, State.FOR_A_PERSON}

# check, a change after which it passes, one after which it fails, a word of the message
CASES: list[tuple[str, Change, Change, str]] = [
    ("ZT1", same, matter(valid_to=date(2026, 9, 1)), "没有有效"),
    ("ZT4", same, said("scene_inspected", officers=["林问渠"]), "名"),
    (
        "ZT6",
        _SEALED,
        both(_SEALED, matter(authority=AuthorityKind.DELEGATED)),
        "受委托组织实施",
    ),
    (
        "DS1",
        same,
        reworded("D51", "龙屿市鲸礁渣土清运有限公司", "鲸礁公司"),
        "当事人名称",
    ),
    ("DS2", _TRADER, both(_TRADER, party(representative_number="")), "没有写全经营者"),
    ("DS3", _PERSON, _CHILD, "周岁"),
    ("SX1", same, facts(act_start="2020-01-01T00:50", act_end="2020-01-01T02:30"), "时效"),
    ("SS2", same, written("D51", facts="2026年8月19日倾倒建筑垃圾18立方米。"), "只在一处出现"),
    ("SS3", same, _NO_GAIN, "违法所得"),
    ("ZJ4", same, said("scene_inspected", until="2026-08-24T10:00"), "同一时段"),
    ("ZJ5", same, evidence(obtained_on=date(2026, 11, 1)), "取得于决定之后"),
    ("ZJ7", same, unserved("D22"), "没有告知当事人"),
    ("FL1", cited(""), cited("没有该条"), "没有该条"),
    ("CL1", same, said("decision_made", fine=90000), "不在法定幅度"),
    ("CL2", tiers, both(tiers, said("decision_made", fine=900000)), "阶次"),
    ("CL5", similar(*[100000] * 5), similar(*[300000] * 5), "相差较大"),
    ("CL6", same, without("correction_ordered"), "没有责令改正"),
    ("CX1", same, written("D06", head_date=""), "签批"),
    ("CX2", same, said("preservation_resolved", at="2026-09-11T10:00"), "先行登记保存"),
    ("CX3", same, _SEALED, ""),
    ("CX4", same, unserved("D41"), "没有送达回证"),
    ("CX5", same, said("decision_made", at="2026-09-11T10:00"), "为时过早"),
    ("CX6", same, said("notice_approved", hearing_right=False), "听证权利"),
    ("CX7", same, without("hearing_held"), "没有举行"),
    ("CX8", same, said("decision_made", fine=150000), "高于告知"),
    ("CX9", same, said("review_concluded", conclusion="不同意"), "审核"),
    ("CX10", same, said("deliberated", at="2026-09-20T10:00"), "先后颠倒"),
    ("CX11", same, said("decision_made", at="2026-12-25T10:00"), ""),
    ("CX12", same, written("D51", penalty="生态环境法典§1170§1"), "决定书与告知书的处罚依据"),
    ("CX13", same, served("D51", receiver_role="邻居"), "签收"),
    ("WS1", without("case_closed", "case_archived"), unissued("D37"), "没有D37"),
    ("WS2", same, reworded("D51", "诉讼", "起诉"), "没有写明提起诉讼"),
    ("WS3", same, reworded("D51", "人民法院", "法院"), "人民法院"),
    ("WS4", same, written("D50", number="〔2026〕D51号"), "用了2次"),
    ("WS5", same, reworded("D51", "决定", "拟决定"), "拟"),
    ("ZT2", same, matter(authority=AuthorityKind.DELEGATED), "委托"),
    ("ZT3", same, _TOWNSHIP, "赋权"),
    ("FL2", same, facts(act_start="2026-08-10T00:50", act_end="2026-08-10T02:30"), ""),
    ("FL4", same, matter(penalty=_NOTICE), "依据"),
    ("FL6", same, matter(precondition="逾期不改正"), "改正"),
    ("CL4", same, said("decision_made", outcome="不予处罚"), ""),
    ("YS2", same, _MOVED, "移送"),
    (
        "YS4",
        both(_PASSED_ON, _ANSWERED),
        _PASSED_ON,
        "回执",
    ),
    (
        "QT1",
        lead(reporter="贾望津"),
        both(lead(reporter="贾望津"), reworded("D41", "陈述", "贾望津陈述")),
        "写出了举报人",
    ),
]


@pytest.mark.parametrize(("check", "right"), [(row[0], row[1]) for row in CASES])
def test_a_case_in_order_passes_the_check(
    case: CaseUnderReview, check: str, right: Change
) -> None:
    finding = finding_of(right(case), check)

    assert finding.state in _FREE_OF_FAULT, finding.message


@pytest.mark.parametrize(("check", "wrong", "word"), [(r[0], r[2], r[3]) for r in CASES])
def test_a_case_with_the_fault_fails_the_check(
    case: CaseUnderReview, check: str, wrong: Change, word: str
) -> None:
    finding = finding_of(wrong(case), check)

    assert finding.state is State.FAILED, finding.message
    assert word in finding.message
    assert finding.fix


def test_every_check_that_a_machine_decides_has_its_two_cases(case: CaseUnderReview) -> None:
    decided = {
        check.id
        for check in load_checks(case.rules.guards)
        if check.mode in {Mode.MACHINE, Mode.COMPUTED}
    }

    assert decided == {row[0] for row in CASES}


def test_there_are_63_checks_and_each_comes_to_something(case: CaseUnderReview) -> None:
    findings = review(case, load_checks(case.rules.guards))

    assert len({finding.check.id for finding in findings}) == 63
    assert all(f.message for f in findings if f.state is not State.PASSED)


def test_what_only_a_person_can_judge_is_put_to_one_with_what_to_look_at(
    case: CaseUnderReview,
) -> None:
    finding = finding_of(case, "YS1")

    assert finding.state is State.FOR_A_PERSON
    assert "追诉标准" in finding.fix


def test_a_finding_shows_the_clashing_passages_side_by_side(case: CaseUnderReview) -> None:
    changed = written("D51", facts="2026年8月19日倾倒建筑垃圾18立方米。")(case)

    passages = finding_of(changed, "SS2").passages

    assert {"D41", "D51"} <= {passage.document for passage in passages}
    assert "18立方米" in "".join(p.text for p in passages if p.document == "D51")


def test_a_guard_that_names_a_paper_of_another_event_points_to_that_paper(
    case: CaseUnderReview,
) -> None:
    notice = case.last_paper("D41")
    assert notice is not None
    kept = tuple(d for d in case.file.deliveries if d.document_id != notice.id)
    closed = CaseEvent(
        position=99, kind="case_closed", step=17, at=datetime(2026, 11, 4, 10), title="结案"
    )
    file = replace(case.file, deliveries=kept, events=(*case.file.events, closed))

    problems = [
        problem
        for finding in review(
            asked_again(replace(case, file=file)), load_checks(case.rules.guards)
        )
        for problem in finding.problems
        if f"《{notice.title}》{notice.number}" in problem.message
    ]

    assert problems
    assert all("D41" in {p.document for p in problem.passages} for problem in problems)

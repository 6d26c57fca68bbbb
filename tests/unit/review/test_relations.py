"""The relations between the papers of a case: the table, each way they hang together, places."""

from dataclasses import replace
from datetime import datetime

import pytest

from scripts.reprinting import asked_again
from tests.demo_papers import shipped
from tests.reviewed_cases import Change, finding_of, reworded, served, written
from workstation.procedure import ProcedureRules
from workstation.review.catalogue import load_checks
from workstation.review.facts import FactSource, find_facts, forms_of
from workstation.review.records import CaseUnderReview, Outcome, Relation, Tie
from workstation.review.relation_table import load_relations
from workstation.review.relations import compare

_PAPER_ITSELF = {"number", "date", "title", "served_at", "text"}
_TITLES = {"D51": "行政处罚决定书", "D58": "行政处罚信息公开审批表"}


def _source(case: CaseUnderReview) -> FactSource:
    return FactSource(file=case.file, office=case.surroundings.office, printed=case.printed)


def test_there_are_more_relations_than_promised_and_each_has_a_check(
    rules: ProcedureRules,
) -> None:
    checks = {check.id for check in load_checks(rules.guards)}
    relations = load_relations()

    assert len(relations) >= 120
    assert {relation.check for relation in relations} <= checks


def test_every_field_a_relation_names_is_a_field_of_the_form() -> None:
    _, forms = shipped()
    fields = {form.id: {field.name for field in form.fields} for form in forms}

    wrong = [
        (relation.id, name)
        for relation in load_relations()
        for name in (*relation.left, *relation.right)
        for form in name.partition(".")[0].removesuffix("*").split("/")
        if form.startswith("D") and not _is_known(name.partition(".")[2], fields[form])
    ]

    assert not wrong


def _is_known(path: str, fields: set[str]) -> bool:
    first = path.partition("#")[0].partition(".")[0]
    of_case = {"party", "case", "agency", "issued", "officers", "matter"}
    return first in fields | _PAPER_ITSELF | of_case


def test_guards_that_relations_name_exist(rules: ProcedureRules) -> None:
    assert not [r.id for r in load_relations() if r.guard and r.guard not in rules.guards]


def test_the_demo_case_agrees_with_itself(case: CaseUnderReview) -> None:
    results = asked_again(case).relations

    assert not [r.clashes for r in results if r.outcome is Outcome.CLASHES]
    assert sum(r.outcome is Outcome.AGREES for r in results) > 60


def _by_sentence(words: str) -> Relation:
    return next(relation for relation in load_relations() if relation.says.startswith(words))


@pytest.mark.parametrize(
    ("says", "change", "document", "field"),
    [
        (
            "各份文书的当事人名称",
            reworded("D41", "龙屿市鲸礁渣土清运有限公司", "龙屿市鲸礁公司"),
            "D41",
            "party.name",
        ),
        ("决定书与审批表的罚款相同", written("D51", fine="90000"), "D51", "fine"),
        ("决定书与审批表的罚款相同", reworded("D51", "壹拾万元整", "拾壹万元整"), "D51", "fine"),
        ("立案审批表逐级签批", written("D06", head_date="2026-08-25"), "D06", "head_date"),
        ("审核在期限内完成", written("D40", reviewed_on="2026-10-01"), "D40", "reviewed_on"),
        (
            "决定书与告知书的处罚依据相同",
            written("D51", penalty="生态环境法典§1170§1"),
            "D51",
            "penalty",
        ),
        (
            "决定书写明告知书的文号",
            reworded("D51", "罚告字〔2026〕0186号", "罚告字〔2026〕0187号"),
            "D51",
            "text",
        ),
        ("听证主持人不是本案调查人员", reworded("D47", "程既明", "林问渠"), "D47", "host"),
        (
            "先作出决定、后送达",
            served("D51", at=datetime(2026, 10, 14, 10)),
            "D51",
            "served_at",
        ),
    ],
)
def test_a_contradiction_is_found_at_its_paper_and_field(
    case: CaseUnderReview, says: str, change: Change, document: str, field: str
) -> None:
    relation = _by_sentence(says)

    found = compare(relation, _source(change(case)), _TITLES)

    assert compare(relation, _source(case), _TITLES).outcome is Outcome.AGREES
    assert found.outcome is Outcome.CLASHES
    places = [(p.document, p.field) for clash in found.clashes for p in clash.passages]
    assert (document, field) in places


def test_amounts_that_do_not_add_up_clash(case: CaseUnderReview) -> None:
    relation = replace(
        _by_sentence("缴款单的应缴合计"), left=("D51.fine", "D51.confiscated"), right=("D50.fine",)
    )

    found = compare(relation, _source(case), _TITLES)

    assert found.outcome is Outcome.CLASHES
    assert "101,600.00元" in found.clashes[0].message


def test_a_reference_to_no_paper_of_the_case_clashes(case: CaseUnderReview) -> None:
    relation = replace(
        _by_sentence("回证所记文书名称"), left=("D51.violated",), right=("D41.violated",)
    )
    assert relation.tie is Tie.REFER

    change = written("D51", violated="生态环境法典§519§2")

    assert compare(relation, _source(case), _TITLES).outcome is Outcome.AGREES
    assert compare(relation, _source(change(case)), _TITLES).outcome is Outcome.CLASHES


def test_a_text_that_states_nearly_the_same_clashes_at_those_words(case: CaseUnderReview) -> None:
    relation = _by_sentence("决定书写明告知书的文号")
    right, wrong = "屿综执罚告字〔2026〕0186号", "屿综执罚告字〔2026〕0168号"

    changed = reworded("D51", right, wrong)(case)
    (clash,) = compare(relation, _source(changed), _TITLES).clashes

    assert clash.passages[0].text == wrong
    assert f"相近的写法是“{wrong}”" in clash.message


def test_what_lacks_is_named_with_its_paper(case: CaseUnderReview) -> None:
    found = compare(_by_sentence("公开信息与决定书的违反条款"), _source(case), _TITLES)

    assert found.outcome is Outcome.LACKING
    assert found.lacking == "没有D58《行政处罚信息公开审批表》"


def test_a_clash_becomes_a_problem_of_its_check_and_its_guard_is_not_told_twice(
    case: CaseUnderReview,
) -> None:
    finding = finding_of(written("D51", fine="90000")(case), "WS4")

    assert "决定书的罚款与登记的决定相同" in finding.message
    assert "登记为100,000.00元" not in finding.message


def test_a_time_of_day_belongs_to_the_day_of_its_paper(case: CaseUnderReview) -> None:
    source = _source(case)
    ended = find_facts("D47.end", source, {"D47": source.papers("D47")[-1]})

    assert ended[0].text.startswith("2026年9月30日")
    assert forms_of("D47.end") == "D47"

"""An article leads to its counterpart, to the matters that rest on it and to open cases."""

from datetime import date

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.operations.event_files import DocumentRequest

_PENALTY = "生态环境法典 第一千一百六十九条"
_DUTY = "生态环境法典 第五百一十八条"
_DAY = date(2026, 9, 1)


def _scene_note(desk: Workstation, case_id: str, scene: str) -> None:
    values = {
        "started_at": "2026-08-22T09:00",
        "ended_at": "2026-08-22T09:40",
        "scene": scene,
        "recording": "执法记录仪全程记录",
    }
    paper = DocumentRequest(form="D10", dated=date(2026, 8, 22), values=values)
    desk.cases.record(
        case_id, event("evidence_collected", 3, "2026-08-22T10:00", documents=(paper,))
    )


def test_a_penalty_article_leads_to_its_duty_and_back(desk: Workstation) -> None:
    penalty = desk.article_uses.of_article(_PENALTY, _DAY)
    duty = desk.article_uses.of_article(_DUTY, _DAY)

    assert [r.article for r in penalty.pairs.duties] == [518]
    assert [r.article for r in duty.pairs.penalties] == [1169]


def test_the_matters_in_force_that_rest_on_it_are_named_with_their_part(
    desk: Workstation,
) -> None:
    before = desk.article_uses.of_article(_PENALTY, date(2026, 8, 14))
    after = desk.article_uses.of_article(_PENALTY, _DAY)

    assert [m.roles for m in after.matters] == [("处罚条款",)]
    assert before.matters == ()


def test_an_open_case_that_cites_it_in_a_field_is_named_with_the_field(
    desk: Workstation, case_id: str
) -> None:
    _scene_note(desk, case_id, "经告知《生态环境法典》第五百一十八条后签字。")

    cited = desk.article_uses.of_article(_DUTY, _DAY)
    other = desk.article_uses.of_article("行政处罚法 第五十八条", _DAY)

    (case,) = cited.cases
    assert case.case_id == case_id
    assert any(place.startswith("D10《") and "“" in place for place in case.places)
    assert other.cases == ()


def test_the_same_number_of_another_law_is_no_citation(desk: Workstation, case_id: str) -> None:
    _scene_note(desk, case_id, "经告知《民法典》第五百一十八条后签字。")

    assert desk.article_uses.of_article(_DUTY, _DAY).cases == ()

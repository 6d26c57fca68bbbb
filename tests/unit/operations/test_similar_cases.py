"""The closed cases of an office beside one case, read from a filled database."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.cases import Case, CaseEvent, JsonValue
from workstation.errors import InvalidInputError
from workstation.operations import past_fines
from workstation.operations.past_fines import KeptPastFines, PastFine, Standing
from workstation.review.records import State
from workstation.review.similar_cases import Likeness
from workstation.storage.database import Unit

_FINES = (150_000, 150_000, 160_000, 150_000, 140_000)


def _add(desk: Workstation, like: Case, n: int, volume: float) -> str:
    """Add an open case of the same matter and return its id."""
    case = Case(
        id=f"{n:016x}",
        title=f"演示{n}案",
        cause=like.cause,
        lead=like.lead,
        party=like.party,
        officers=like.officers,
        matter_code=like.matter_code,
        facts={"volume_m3": volume},
        number=f"屿综执立字〔2026〕{n:04}号",
    )
    with desk.database.writing() as unit:
        unit.cases.add(case)
    return case.id


def _close(desk: Workstation, like: Case, n: int, fine: int, *, at: str, volume: float) -> None:
    """Add a closed case of the same matter, decided at a time."""
    case_id = _add(desk, like, n, volume)
    _record(desk, case_id, "decision_made", at, {"fine": fine, "outcome": "处罚"})
    _record(desk, case_id, "case_closed", at, {})


def _record(
    desk: Workstation, case_id: str, kind: str, at: str, data: dict[str, JsonValue]
) -> None:
    with desk.database.writing() as unit:
        unit.events.append(
            case_id,
            CaseEvent(
                position=0,
                kind=kind,
                step=13,
                at=datetime.fromisoformat(at),
                title=kind,
                data=data,
            ),
        )


@pytest.fixture
def filled(desk: Workstation, case_id: str) -> str:
    """Five cases of the same tier, one of another tier, one under the old article."""
    with desk.database.reading() as unit:
        like = unit.cases.get(case_id)
    for n, fine in enumerate(_FINES, start=1):
        _close(desk, like, n, fine, at=f"2026-09-0{n}T10:00", volume=12)
    _close(desk, like, 8, 400_000, at="2026-09-08T10:00", volume=30)
    _close(desk, like, 9, 900_000, at="2026-02-08T10:00", volume=12)
    return case_id


def test_the_closest_circle_has_matter_article_and_tier_in_common(
    desk: Workstation, filled: str
) -> None:
    found = desk.similar_cases.of_case(filled, date(2026, 10, 1), fine=Decimal(110_000))

    exact, article, matter = found.circles
    assert [len(c.fines) for c in (exact, article, matter)] == [5, 6, 7]
    assert exact.median == 150_000
    assert exact.place_of(Decimal(110_000)) == (0, 0, 5)
    assert [case.likeness for case in found.cases[-2:]] == [Likeness.ARTICLE, Likeness.MATTER]


def test_the_names_of_parties_are_not_shown(desk: Workstation, filled: str) -> None:
    found = desk.similar_cases.of_case(filled, date(2026, 10, 1))

    assert {case.party for case in found.cases} == {"龙屿＊＊公司"}


def test_cases_decided_before_the_months_of_the_parameter_are_left_out(
    desk: Workstation, filled: str
) -> None:
    found = desk.similar_cases.of_case(filled, date(2026, 10, 1), months=2)

    assert len(found.cases) == 6


def test_a_fine_outside_the_band_wants_a_reason_which_is_kept(
    desk: Workstation, filled: str
) -> None:
    with desk.database.writing() as unit:
        unit.drafts.put(filled, "D51", 1, {"fine": "300000"}, 1)
    before = desk.similar_cases.of_case(filled)
    assert before.sentence
    assert before.explanation is None

    desk.similar_cases.explain(filled, "倾倒于排水口，危害较大", person="林问渠")

    after = desk.similar_cases.of_case(filled)
    assert after.explanation is not None
    assert after.explanation.reason == "倾倒于排水口，危害较大"
    assert desk.similar_cases.of_case(filled, fine=Decimal(310_000)).explanation is None


def test_nothing_is_explained_where_no_band_was_left(desk: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError, match="没有偏离"):
        desk.similar_cases.explain(case_id, "理由", person="林问渠")


def test_an_open_case_is_no_precedent(desk: Workstation, case_id: str) -> None:
    with desk.database.reading() as unit:
        like = unit.cases.get(case_id)
    decided: dict[str, JsonValue] = {"fine": 100_000, "outcome": "处罚"}
    _record(desk, _add(desk, like, 1, 12), "decision_made", "2026-09-01T10:00", decided)

    found = desk.similar_cases.of_case(case_id, date(2026, 10, 1))

    assert not found.cases
    assert all(circle.is_small for circle in found.circles)


def test_the_check_of_similar_fines_compares_with_the_same_cases(
    desk: Workstation, filled: str
) -> None:
    decided: dict[str, JsonValue] = {"fine": 300_000, "outcome": "处罚"}
    _record(desk, filled, "decision_made", "2026-10-01T10:00", decided)

    found = desk.similar_cases.of_case(filled, date(2026, 10, 1))

    case = desk.reviews.under_review(filled, date(2026, 10, 1))
    assert case.similar == found.circles
    finding = next(f for f in desk.reviews.check_case(filled).findings if f.check.id == "CL5")
    assert finding.state is State.FAILED
    assert "同一事项、同一条款、同一情节的已结案件5件" in finding.message


def test_past_fines_kept_for_a_run_give_what_reading_them_anew_gives(
    desk: Workstation, filled: str
) -> None:
    decided: dict[str, JsonValue] = {"fine": 300_000, "outcome": "处罚"}
    _record(desk, filled, "decision_made", "2026-10-01T10:00", decided)
    with desk.database.reading() as unit:
        cases = tuple(unit.cases.versions())
    kept = KeptPastFines().between

    found = [desk.reviews.check_case(c, pages=False, past=kept).findings for c in cases]

    assert found == [desk.reviews.check_case(c, pages=False).findings for c in cases]
    said = {f.message for findings in found for f in findings if f.check.id == "CL5"}
    assert len(said) > 1


@pytest.mark.usefixtures("filled")
def test_a_run_over_the_office_reads_the_past_fines_of_each_version_of_a_matter_once(
    desk: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    plain = past_fines.past_fines

    def noted(unit: Unit, standing: Standing, *span: datetime) -> Sequence[PastFine]:
        read.append(standing.matter.version if standing.matter else "")
        return plain(unit, standing, *span)

    monkeypatch.setattr(past_fines, "past_fines", noted)

    desk.review_runs.run()

    assert sorted(read) == sorted(set(read))
    assert len(read) == 2

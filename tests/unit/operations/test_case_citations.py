"""What the papers of a case cite is folded by article, the worst place first."""

from datetime import date

from tests.fake_statutes import FakeStatutes
from workstation.bootstrap import Workstation
from workstation.domain.citations import ArticleReference
from workstation.legislation.citations import CitationCheck, Verdict
from workstation.operations.case_citations import CitedArticle, CitedPlace, DayKind

_LAW = ArticleReference(title="某法", article=3)


def _place(document: str, verdict: Verdict) -> CitedPlace:
    check: CitationCheck = FakeStatutes(某法=verdict.value).examine(_LAW)
    return CitedPlace(
        document=document,
        document_title="立案审批表",
        step=2,
        field="violated",
        field_label="违反的规定",
        page=2,
        text="《某法》第三条",
        day=date(2026, 8, 21),
        day_kind=DayKind.PAPER,
        check=check,
    )


def test_an_article_cited_wrongly_once_counts_as_wrong() -> None:
    cited = CitedArticle(
        reference=_LAW,
        places=(
            _place("D06", Verdict.OK),
            _place("D41", Verdict.UNKNOWN_INSTRUMENT),
            _place("D51", Verdict.REPEALED),
        ),
    )

    assert cited.verdict is Verdict.REPEALED
    assert cited.worst.words == "D51《立案审批表》第2页“违反的规定”"
    assert cited.papers == ("D06", "D41", "D51")


def test_a_case_without_papers_cites_nothing(desk: Workstation, case_id: str) -> None:
    found = desk.citations.of_case(case_id)

    assert found.articles == ()
    assert found.as_json()["places"] == 0

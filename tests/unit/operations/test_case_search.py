"""Words within one case: papers, drafts and evidence, with the page."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.hostile_queries import HOSTILE
from workstation.bootstrap import Workstation
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.errors import InvalidInputError
from workstation.operations.case_search import CaseFindings, HitSource


def _find(desk: Workstation, case_id: str, query: str) -> CaseFindings:
    return desk.case_search.find(case_id, query)


def test_a_draft_is_found_by_its_field(desk: Workstation, case_id: str) -> None:
    desk.forms.save_draft(case_id, "D35", 1, {"facts": "倾倒16.4立方米的建筑垃圾"})

    (hit,) = _find(desk, case_id, "16.4立方米").hits

    assert (hit.found_in, hit.place.document, hit.place.field) == (HitSource.DRAFT, "D35", "facts")
    assert hit.snippet.marked == "倾倒⟦16.4立方米⟧的建筑垃圾"
    assert _find(desk, case_id, "立方米 没有的词").hits == ()
    assert _find(desk, case_id, "立方米 NOT 建筑垃圾").hits == ()


def _add_evidence(desk: Workstation, case_id: str, suffix: str, content: bytes) -> None:
    stored = desk.database.blobs.add_bytes(content)
    piece = Evidence(
        position=0,
        name="情况说明",
        kind=EvidenceKind.DOCUMENTARY,
        source="当事人提供",
        obtained_by="林问渠",
        obtained_on=date(2026, 8, 22),
        proves="倾倒经过",
        pages=1,
        sha256=stored.sha256,
        media_type=suffix,
    )
    with desk.database.writing() as unit:
        unit.evidence.add(case_id, piece)


def test_an_evidence_file_is_found_by_its_page(desk: Workstation, case_id: str) -> None:
    _add_evidence(desk, case_id, ".txt", "两车次运至空地。".encode())

    (hit,) = _find(desk, case_id, "两车次").hits

    assert (hit.found_in, hit.evidence, hit.place.page) == (HitSource.EVIDENCE, 1, 1)


def test_a_file_without_text_is_named(desk: Workstation, case_id: str) -> None:
    _add_evidence(desk, case_id, ".jpg", b"picture")

    found = _find(desk, case_id, "倾倒经过")

    assert found.unread[0].startswith("证据1《情况说明》")
    assert [hit.place.page for hit in found.hits] == [0]


def test_nothing_asked_for_is_refused(desk: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError):
        _find(desk, case_id, " ")


def test_hostile_queries_within_a_case_are_answered_or_refused(
    desk: Workstation, case_id: str
) -> None:
    _add_evidence(desk, case_id, ".txt", ("处罚款500元，可以听证。\n" * 5_000).encode())

    def times(query: str) -> int:
        return sum(hit.times for hit in _find(desk, case_id, query).hits)

    refused = {name for name, query in HOSTILE.items() if not _answered(times, query)}

    assert refused >= {"empty", "blank", "only NOT", "quotes"}
    assert refused.isdisjoint({"unclosed quote", "SQL", "digits", "emoji"})
    assert times(HOSTILE["unclosed quote"]) == times("罚款") > 0
    assert not times(HOSTILE["SQL"])


def _answered(asking: Callable[[str], int], query: str) -> bool:
    try:
        asking(query)
    except InvalidInputError:
        return False
    return True

"""Delegations, grants and the 柔性清单 are dated entries with what the law wants in them."""

from datetime import date
from typing import Any

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.authority import LENIENCY_GROUNDS, delegation_of
from workstation.domain.dated_entries import EntryKind
from workstation.errors import InvalidInputError
from workstation.operations.authorities import NewEntry, content_from

START, END = date(2026, 1, 1), date(2026, 12, 31)
WHOLE = {
    "principal": "龙屿市综合行政执法局",
    "agent": "龙屿市潮信街道办事处",
    "matters": "DEMO-330217-A01",
    "powers": "调查取证",
    "principal_duties": "监督",
    "agent_duties": "依法实施",
    "published": "2026-01-05",
}


def entry(kind: EntryKind = EntryKind.DELEGATION, **others: Any) -> NewEntry:
    texts = others.pop("texts", WHOLE)
    given: dict[str, Any] = {
        "number": "委托书〔2026〕1号",
        "valid_from": START,
        "valid_to": END,
        "source": "演示委托书",
        "verified": True,
        "entered_by": "方小满",
    }
    return NewEntry(kind=kind, content=content_from(kind, texts), **(given | others))


def test_a_delegation_comes_back_as_it_was_entered(desk: Workstation) -> None:
    changes = desk.authorities.add(entry())

    (found,) = desk.authorities.entries(EntryKind.DELEGATION, START)
    agreement = delegation_of(found)
    assert (agreement.agent, agreement.matters) == (WHOLE["agent"], ("DEMO-330217-A01",))
    assert agreement.published == date(2026, 1, 5)
    assert changes.touches("authority")


@pytest.mark.parametrize("left_out", ["agent", "powers", "agent_duties", "matters"])
def test_a_delegation_without_what_the_law_wants_is_refused(
    desk: Workstation, left_out: str
) -> None:
    texts = {key: text for key, text in WHOLE.items() if key != left_out}

    with pytest.raises(InvalidInputError, match="没有填写"):
        desk.authorities.add(entry(texts=texts))


def test_a_delegation_has_a_term(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="委托期限的末日"):
        desk.authorities.add(entry(valid_to=None))


def test_a_matter_in_no_list_can_not_be_delegated(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="事项清单中没有：X-1"):
        desk.authorities.add(entry(texts={**WHOLE, "matters": "X-1"}))


def test_an_entry_taken_back_counts_no_more_and_stays_in_the_history(desk: Workstation) -> None:
    desk.authorities.add(entry())

    desk.authorities.withdraw(
        EntryKind.DELEGATION, "委托书〔2026〕1号", START, "方小满", "登记有误"
    )

    assert desk.authorities.entries(EntryKind.DELEGATION) == ()
    history = desk.authorities.history(EntryKind.DELEGATION, "委托书〔2026〕1号")
    assert [e.withdrawn for e in history] == [False, True]


def test_leniency_names_one_ground_of_the_law(desk: Workstation) -> None:
    texts = {
        "matter": "DEMO-330217-A01",
        "ground": LENIENCY_GROUNDS[0],
        "conditions": "倾倒量不足1立方米并当场清除",
        "correction_days": "3",
    }
    desk.authorities.add(entry(EntryKind.LENIENCY, number="R-001", texts=texts))

    (found,) = desk.authorities.leniency_for("DEMO-330217-A01", START)

    assert (found.number, found.correction_days) == ("R-001", 3)
    with pytest.raises(InvalidInputError, match="第三十三条"):
        desk.authorities.add(
            entry(EntryKind.LENIENCY, number="R-002", texts={**texts, "ground": "一律免罚"})
        )

"""Merging wording by clause."""

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.text_merges import merge_texts, split_clauses

_TEXTS = st.lists(st.sampled_from(["甲，", "乙。", "丙；", "丁\n", "戊", "己，"]), max_size=8).map(
    "".join
)


@given(st.text(alphabet="甲乙。；，\n"))
def test_the_clauses_of_a_text_join_to_the_text(text: str) -> None:
    assert "".join(split_clauses(text)) == text


@given(_TEXTS, _TEXTS)
def test_a_text_nobody_edited_becomes_the_new_one(base: str, theirs: str) -> None:
    merged = merge_texts(base, base, theirs)

    assert (merged.with_mine, merged.conflicts) == (theirs, ())


@given(_TEXTS, _TEXTS)
def test_an_edited_text_stands_while_the_facts_stand(base: str, mine: str) -> None:
    merged = merge_texts(base, mine, base)

    assert (merged.with_mine, merged.conflicts) == (mine, ())


@given(_TEXTS, _TEXTS, _TEXTS)
def test_no_clause_that_either_side_added_is_lost(base: str, mine: str, theirs: str) -> None:
    merged = merge_texts(base, mine, theirs)

    old = set(split_clauses(base))
    assert all(clause in merged.with_mine for clause in set(split_clauses(mine)) - old)
    assert all(clause in merged.with_theirs for clause in set(split_clauses(theirs)) - old)


def test_changes_at_different_clauses_are_joined() -> None:
    base = "2026年8月19日，当事人倾倒垃圾10立方米，收取1,600元。"
    mine = "2026年8月19日凌晨，当事人倾倒垃圾10立方米，收取1,600元。"
    theirs = "2026年8月19日，当事人倾倒垃圾16.4立方米，收取1,600元。"

    merged = merge_texts(base, mine, theirs)

    assert merged.with_mine == ("2026年8月19日凌晨，当事人倾倒垃圾16.4立方米，收取1,600元。")
    assert merged.conflicts == ()


def test_one_clause_changed_by_both_is_kept_in_both_wordings() -> None:
    merged = merge_texts(
        "倾倒10立方米。已清运。", "倾倒十立方米。已清运。", "倾倒16立方米。已清运。"
    )

    (conflict,) = merged.conflicts
    assert (conflict.mine, conflict.theirs) == ("倾倒十立方米。", "倾倒16立方米。")


def test_each_conflict_is_decided_by_itself() -> None:
    merged = merge_texts("甲，乙，丙。", "甲一，乙，丙一。", "甲二，乙，丙二。")

    assert merged.decided([True, False]) == "甲一，乙，丙二。"
    assert merged.decided([False, True]) == "甲二，乙，丙一。"

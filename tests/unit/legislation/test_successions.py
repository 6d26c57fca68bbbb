"""What replaced what, in the real statutes."""

from datetime import date

import pytest

from workstation.errors import InvalidInputError
from workstation.legislation.law_store import LawStore
from workstation.legislation.successions import compare_versions, succession
from workstation.legislation.version_comparison import Change


def test_the_code_names_the_ten_laws_it_repealed(store: LawStore) -> None:
    known = succession(store, "生态环境法典")

    assert len(known.replaces) == 10
    assert "中华人民共和国环境保护法" in known.replaces
    assert succession(store, "环境保护法").replaced_by == "中华人民共和国生态环境法典"


def test_a_repealed_law_is_compared_with_what_repealed_it(store: LawStore) -> None:
    compared = compare_versions(store, "噪声污染防治法")

    assert compared.new.title == "中华人民共和国生态环境法典"
    assert any(a.change is Change.RENUMBERED_AND_CHANGED for a in compared.articles)


def test_the_newest_text_is_compared_with_the_one_before(store: LawStore) -> None:
    compared = compare_versions(store, "海商法")

    assert compared.new.effective_from == date(2026, 5, 1)
    assert compared.old.effective_to == date(2026, 5, 1)
    assert 0 < len(compared.only_changes().articles) <= len(compared.articles)


def test_a_law_with_one_text_has_nothing_to_compare(store: LawStore) -> None:
    with pytest.raises(InvalidInputError):
        compare_versions(store, "行政处罚法")


def test_texts_that_are_not_here_are_admitted(store: LawStore) -> None:
    assert succession(store, "行政处罚法").gap.startswith("本库无2021年前文本")
    assert succession(store, "生态环境法典").gap == ""
    asked = compare_versions(store, "环境保护法", old=date(2010, 1, 1), other="生态环境法典")
    assert asked.note.startswith("本库无2014年前文本")


def test_the_older_of_two_laws_stands_on_the_old_side(store: LawStore) -> None:
    compared = compare_versions(store, "生态环境法典", other="环境保护法")

    assert compared.old.title == "中华人民共和国环境保护法"
    assert compared.note == ""

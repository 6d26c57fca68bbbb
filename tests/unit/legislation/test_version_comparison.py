"""Two texts 款 by 款: what stayed, moved, changed, came and went; which words differ."""

from datetime import date

import pytest

from workstation.legislation.law_records import ArticleView, Paragraph, VersionView
from workstation.legislation.version_comparison import Change, changed_words, compare_texts

DAY = date(2020, 1, 1)
VERSION = VersionView(
    id=1,
    instrument_id=1,
    title="甲条例",
    kind="",
    level="",
    region="",
    first_promulgated=DAY,
    promulgated=DAY,
    effective_from=DAY,
    effective_to=None,
    end_reason="",
    end_basis="",
    trust="",
    date_basis="",
    note="",
    source="",
)
PURPOSE = "为了加强养犬管理，维护公共秩序，制定本条例。"
DUTY = "养犬人应当为犬只办理登记，并按年度接种疫苗。"
FINE = "违反本条例规定，未办理登记的，处五百元以下罚款。"
FINE_NOW = "违反本条例规定，未办理登记的，处一千元以下罚款。"


def text(*articles: tuple[str, ...]) -> tuple[ArticleView, ...]:
    return tuple(
        ArticleView(
            id=number,
            version=VERSION,
            number=number,
            suffix=0,
            label=f"第{number}条",
            heading=(),
            paragraphs=tuple(Paragraph(number=n, text=t) for n, t in enumerate(lines, 1)),
            as_of=DAY,
            in_force=True,
            banner="",
            previous=None,
            following=None,
        )
        for number, lines in enumerate(articles, 1)
    )


def fates(*found: object) -> list[tuple[str, str, str]]:
    return [(a.old_label, a.new_label, a.change.value) for a in found]  # type: ignore[attr-defined]


def test_a_renumbered_and_a_changed_article_are_recognised() -> None:
    new = text((PURPOSE,), ("本市建立犬只信息平台，各部门共享数据。",), (DUTY,), (FINE_NOW,))

    found = compare_texts(text((PURPOSE,), (DUTY,), (FINE,)), new)

    assert fates(*found) == [
        ("第1条", "第1条", "未变"),
        ("", "第2条", "新增"),
        ("第2条", "第3条", "仅移动"),
        ("第3条", "第4条", "移动并修改"),
    ]


def test_a_removed_article_stands_where_it_was() -> None:
    found = compare_texts(text((PURPOSE,), (DUTY,), (FINE,)), text((PURPOSE,), (FINE,)))

    assert fates(*found) == [
        ("第1条", "第1条", "未变"),
        ("第2条", "", "删去"),
        ("第3条", "第2条", "仅移动"),
    ]


def test_the_changed_paragraph_is_named_and_its_words_are_marked() -> None:
    (article,) = compare_texts(text((DUTY, FINE)), text((DUTY, FINE_NOW)))

    first, second = article.paragraphs
    assert article.change is Change.CHANGED
    assert (first.change, second.change) == (Change.SAME, Change.CHANGED)
    assert "处⟦五百⟧元以下" in str(second.as_json()["old"])
    assert "处⟦一千⟧元以下" in str(second.as_json()["new"])


def test_a_paragraph_put_before_another_moves_it() -> None:
    (article,) = compare_texts(text((DUTY,)), text((PURPOSE, DUTY)))

    assert [(p.change, p.old_number, p.new_number) for p in article.paragraphs] == [
        (Change.ADDED, 0, 1),
        (Change.RENUMBERED, 1, 2),
    ]


@pytest.mark.parametrize(("old", "new"), [("", DUTY), (DUTY, ""), (FINE, FINE_NOW), (DUTY, FINE)])
def test_the_stretches_of_a_side_are_its_whole_text(old: str, new: str) -> None:
    before, after = changed_words(old, new)

    assert "".join(words.text for words in before) == old
    assert "".join(words.text for words in after) == new


def test_nothing_is_compared_with_nothing() -> None:
    assert compare_texts((), ()) == ()
    assert fates(*compare_texts((), text((DUTY,)))) == [("", "第1条", "新增")]

"""Which duty a penalty article punishes is read from its own words."""

from datetime import date

import pytest

from workstation.domain.citations import ArticleReference
from workstation.legislation.article_pairs import ArticlePairs, pairs_in
from workstation.legislation.law_records import ArticleView, Paragraph, VersionView
from workstation.legislation.titles import TitleIndex

_TITLE = "屿城市市容管理条例"
_DAY = date(2026, 1, 1)
_VERSION = VersionView(
    id=1, instrument_id=1, title=_TITLE, kind="", level="地方性法规", region="", source="",
    first_promulgated=_DAY, promulgated=_DAY, effective_from=_DAY, effective_to=None,
    end_reason="", end_basis="", trust="", date_basis="", note="",
)  # fmt: skip


def _article(number: int, *texts: str) -> ArticleView:
    return ArticleView(
        id=number, version=_VERSION, number=number, suffix=0, label="", heading=(),
        paragraphs=tuple(Paragraph(number=n, text=text) for n, text in enumerate(texts, 1)),
        as_of=_DAY, in_force=True, banner="", previous=None, following=None,
    )  # fmt: skip


def _pairs(*articles: ArticleView) -> dict[int, ArticlePairs]:
    titles = TitleIndex([(_TITLE, _TITLE)])
    return {r.article: pairs for r, pairs in pairs_in(articles, titles).items()}


def _numbers(references: tuple[ArticleReference, ...]) -> list[int]:
    return [reference.article for reference in references]


def test_a_penalty_article_pairs_with_every_duty_it_names() -> None:
    pairs = _pairs(
        _article(9, "不得擅自占用道路摆摊。"),
        _article(12, "不得乱倒垃圾。"),
        _article(
            30,
            "违反本条例第九条、第十二条第一款规定的，责令改正，可以处五百元以下罚款。",
            "情节严重的，依照前款规定从重处罚。",
        ),
    )

    assert _numbers(pairs[30].duties) == [9, 12]
    assert _numbers(pairs[9].penalties) == [30]
    assert _numbers(pairs[12].penalties) == [30]
    assert pairs[9].duties == ()


@pytest.mark.parametrize(
    "text",
    [
        "违反本条例规定，摆摊的，处五百元以下罚款。",
        "依照本条例第九条取得许可后违反规定摆摊的，处五百元以下罚款。",
        "违反本条例第九条规定的，由有关机关责令改正。",
        "违反《城乡规划法》第九条规定的，处罚款。",
    ],
)
def test_what_names_no_duty_of_its_own_instrument_pairs_with_nothing(text: str) -> None:
    assert _pairs(_article(9, "不得摆摊。"), _article(30, text)) == {}

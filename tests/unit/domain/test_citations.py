"""Compact references and their proper writing."""

import pytest

from workstation.domain.citations import ArticleReference, parse_reference


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("行政处罚法§58", "《行政处罚法》第五十八条"),
        ("《行政处罚法》第六十三条第一款第（六）项", "《行政处罚法》第六十三条第一款第（六）项"),
        ("刑法第二百九十九条之一", "《刑法》第二百九十九条之一"),
        ("生态环境法典第1169条第1款", "《生态环境法典》第一千一百六十九条第一款"),
    ],
)
def test_a_reference_is_written_in_full_with_chinese_numerals(text: str, written: str) -> None:
    assert str(parse_reference(text)) == written


def test_the_place_alone_leaves_the_title_out() -> None:
    reference = ArticleReference(title="民法典", article=201, paragraph=1)

    assert reference.place == "第二百零一条第一款"


@pytest.mark.parametrize("text", ["", "行政处罚法", "第五十八条", "随便一句话"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        parse_reference(text)

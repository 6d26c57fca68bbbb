"""What a query says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.legislation.query_syntax import (
    AllOf,
    AnyOf,
    NoneOf,
    ParsedQuery,
    Phrase,
    parse_query,
)


def test_plain_words_are_no_condition() -> None:
    parsed = parse_query("擅自倾倒建筑垃圾　罚款")

    assert parsed == ParsedQuery(("擅自倾倒建筑垃圾", "罚款"), None)


@pytest.mark.parametrize("query", ['"集体讨论"', "“集体讨论”", "「集体讨论」", "『集体讨论』"])
def test_quoted_words_must_stand_as_they_are(query: str) -> None:
    parsed = parse_query(query)

    assert parsed == ParsedQuery(("集体讨论",), Phrase("集体讨论"))


def test_and_binds_closer_than_or() -> None:
    parsed = parse_query("听证 AND 告知 OR 罚款")

    both = AllOf((Phrase("听证"), Phrase("告知")))
    assert parsed.condition == AnyOf((both, Phrase("罚款")))


def test_brackets_group() -> None:
    parsed = parse_query("罚款 AND （听证 OR 告知）")

    assert parsed.condition == AllOf((Phrase("罚款"), AnyOf((Phrase("听证"), Phrase("告知")))))


def test_words_beside_an_operator_must_all_hold() -> None:
    parsed = parse_query("听证 罚款 NOT 拘留")

    expected = AllOf((Phrase("听证"), Phrase("罚款"), NoneOf(Phrase("拘留"))))
    assert parsed == ParsedQuery(("听证", "罚款"), expected)


@pytest.mark.parametrize(
    "query",
    ["", "(((", ")))", '"', '""', "*", "AND AND", "NOT", "OR", "NOT NOT", "()", "“”", "？！"],
)
def test_nothing_but_syntax_says_nothing(query: str) -> None:
    parsed = parse_query(query)

    assert parsed == ParsedQuery((), None)


@pytest.mark.parametrize(
    "query", ["听证 AND", "AND 听证", "AND (听证", "听证) AND", "OR 听证 OR", "听证 AND ()"]
)
def test_broken_syntax_around_a_word_is_left_out(query: str) -> None:
    parsed = parse_query(query)

    assert parsed.words == ("听证",)
    assert parsed.condition == Phrase("听证")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("发生交通事故后逃离现场（肇事逃逸）", ("发生交通事故后逃离现场", "肇事逃逸")),
        ("进行虚拟货币“挖矿”活动", ("进行虚拟货币", "挖矿", "活动")),
        ("“安全奖”、“年终奖”怎么发", ("安全奖", "年终奖", "怎么发")),
        ("什么是「晾晒 30日」的规定", ("什么是", "晾晒", "三十日", "的规定")),
        ("((听证))", ("听证",)),
        ("听证)", ("听证",)),
    ],
)
def test_brackets_and_quotes_of_a_sentence_state_no_condition(
    query: str, words: tuple[str, ...]
) -> None:
    assert parse_query(query) == ParsedQuery(words, None)


@pytest.mark.parametrize("query", ['罚款 "集体讨论"', "“集体讨论” 罚款", '"集体讨论" （罚款）'])
def test_words_quoted_apart_from_others_state_a_condition(query: str) -> None:
    condition = parse_query(query).condition

    assert isinstance(condition, AllOf)
    assert set(condition.parts) == {Phrase("集体讨论"), Phrase("罚款")}


@given(st.text(alphabet='听证罚款 ANDORNOT()（）"“”「」*-:^~[]{}\\', max_size=200))
def test_no_text_is_a_bad_query(query: str) -> None:
    parsed = parse_query(query)

    assert all(parsed.words)


def test_deep_brackets_are_read_without_end() -> None:
    parsed = parse_query("(" * 390 + "听证")

    assert parsed.words == ("听证",)

"""Queries nobody means well: each is answered, with bounded work."""

from datetime import date

import pytest

from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import ArticleRecord
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.search import SearchAnswer, SearchIndex, open_index

_MOST_LOOKED_INTO = 2_000
_DOCUMENTS = 3_000

HOSTILE = {
    "empty": "",
    "blank": " \u3000\t\n",
    "one byte": "\x00",
    "control characters": "".join(map(chr, range(32))),
    "delete and C1": "\x7f\x80\x9f罚款",
    "only Chinese stops": "。，、；：？！“”‘’（）《》【】…—" * 20,
    "only ASCII stops": "!@#$%^&*()_+-=[]{};':\",./<>?" * 20,
    "opening brackets": "(" * 10_000,
    "closing brackets": ")" * 10_000,
    "nested brackets": "(" * 5_000 + "罚款" + ")" * 5_000,
    "full-width brackets": "（" * 10_000,
    "quotes": '"' * 9_999,
    "unclosed quote": '"罚款',
    "curly quotes": "“" * 5_000 + "”" * 5_000,
    "corner quotes": "「" * 1_000,
    "titles unclosed": "《" * 10_000,
    "ten thousand terms": "罚款 " * 10_000,
    "a megabyte": "罚" * 1_000_000,
    "a long sentence": "当事人在城市道路上擅自倾倒建筑垃圾应当如何处罚" * 500,
    "different characters": "".join(map(chr, range(0x4E00, 0x9FA5))),
    "ANDs": "AND " * 2_000,
    "ORs": "OR " * 2_000,
    "NOTs": "NOT " * 2_000,
    "NOT chain": "NOT " * 199 + "罚款",
    "only NOT": "NOT 罚款",
    "nonsense of operators": "AND OR NOT 罚款 NOT AND OR ) ( OR",
    "OR of everything": " OR ".join("的一是在不了有和人这中大为上个国我以要他时来用们"),
    "AND of everything": " AND ".join("的一是在不了有和人这中大为上个国我以要他时来用们"),
    "deep alternatives": "(罚款 OR " * 60 + "听证" + ")" * 60,
    "regular expression": "(a+)+$",
    "catastrophic expression": "a" * 5_000 + "!",
    "character class": "[^\\]]*(?:(?=罚)款)+?\\1",
    "wildcards": "*罚款* ?款 罚~2 罚款^4",
    "field syntax": "text:罚款 title:[a TO z]",
    "SQL": "'; DROP TABLE articles; --",
    "markup": "<script>alert(1)</script>&amp;罚款",
    "path": "../../../../etc/passwd",
    "format": "%s%n{0.__class__}${jndi:ldap://x}",
    "emoji": "🚮" * 500 + "罚款",
    "joined emoji": "👨‍👩‍👧‍👦🏳️‍🌈",
    "surrogates": "\ud800\udfff",
    "mixed scripts": "罚款 штраф غرامة 罰金 벌금 δίκη fine",
    "right to left": "\u202e罚款\u202c",
    "combining marks": "罚" + "\u0301" * 5_000,
    "zero width": "\u200b".join("行政处罚法第五十八条"),
    "digits": "9" * 5_000,
    "an article of digits": "行政处罚法第" + "9" * 3_000 + "条",
    "Chinese digits": "第" + "九" * 3_000 + "条",
    "superscripts": "第²³条 ①②③",
    "section signs": "§" * 3_000 + "58",
    "private use": "\ue000\uf8ff\U000f0000",
    "rare Han": "\U00020000\U0002a6d6" * 300,
}


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Return an index in which the hostile words are as common as can be."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = ["任何单位不得擅自倾倒建筑垃圾。"]
    texts += [f"当事人违反规定的，处罚款{number}元，可以听证。" for number in range(_DOCUMENTS)]
    build_index(folder, [_article(n, text) for n, text in enumerate(texts, start=1)])
    return open_index(folder)


def _article(number: int, text: str) -> IndexedArticle:
    return IndexedArticle(
        id=number,
        instrument=f"第{number % 40}号条例",
        level="行政法规",
        region="全国",
        heading="",
        label="第一条" if number == 1 else f"第{number}条",
        text=text,
        promulgated=date(2000, 1, 1),
        effective_from=date(2000, 1, 1),
        effective_to=None,
        trust="未核",
    )


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_query_is_answered_with_bounded_work(
    hostile_index: SearchIndex, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into: list[int] = []
    record = IndexReader.record

    def counting(reader: IndexReader, number: int) -> ArticleRecord:
        looked_into.append(number)
        return record(reader, number)

    monkeypatch.setattr(IndexReader, "record", counting)

    answer = hostile_index.search(query)

    assert isinstance(answer, SearchAnswer)
    assert len(looked_into) <= _MOST_LOOKED_INTO


@pytest.mark.parametrize(
    "query", ["建築垃圾", "建筑垃圾", "　建筑　垃圾　", "傾倒建築垃圾", "垃"], ids=str
)
def test_other_writings_find_the_same_article(hostile_index: SearchIndex, query: str) -> None:
    assert hostile_index.search(query).results[0].label == "第一条"

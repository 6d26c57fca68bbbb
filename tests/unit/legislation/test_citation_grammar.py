"""Typed citations and citations in running text, against the real list of titles."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workstation.domain.citations import ArticleReference
from workstation.legislation.citation_grammar import find_citations, resolve_query, title_part
from workstation.legislation.law_store import LawStore

PENALTY = "中华人民共和国行政处罚法"
CODE = "中华人民共和国生态环境法典"
CRIMINAL = "中华人民共和国刑法"
Place = tuple[int, int, int, int]

QUERIES: list[tuple[str, str, Place]] = [
    ("行政处罚法 第五十八条", PENALTY, (58, 0, 0, 0)),
    ("行政处罚法第五十八条", PENALTY, (58, 0, 0, 0)),
    ("《行政处罚法》第五十八条", PENALTY, (58, 0, 0, 0)),
    ("《中华人民共和国行政处罚法》第五十八条的规定", PENALTY, (58, 0, 0, 0)),
    ("行政处罚法42条", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法 42", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法42", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法　４２条", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法第58条", PENALTY, (58, 0, 0, 0)),
    ("行政处罚法§58", PENALTY, (58, 0, 0, 0)),
    ("行政处罚法 § 58 第1款", PENALTY, (58, 0, 1, 0)),
    ("行政处罚法四十二条", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法 四十二", PENALTY, (42, 0, 0, 0)),
    ("行政处罚法第五十八条第一款第（二）项", PENALTY, (58, 0, 1, 2)),
    ("行政处罚法第五十八条第一款第二项", PENALTY, (58, 0, 1, 2)),
    ("行政处罚法第58条第1款第(2)项", PENALTY, (58, 0, 1, 2)),
    ("行政处罚法五十八条一款二项", PENALTY, (58, 0, 1, 2)),
    ("行政处罚法第六十三条第（五）项", PENALTY, (63, 0, 0, 5)),
    ("行政处罚法第 六十三 条 第一款", PENALTY, (63, 0, 1, 0)),
    ("第五十八条 行政处罚法", PENALTY, (58, 0, 0, 0)),
    ("处罚法58条", PENALTY, (58, 0, 0, 0)),
    ("行处法 58", PENALTY, (58, 0, 0, 0)),
    ("刑法第一百三十三条之一", CRIMINAL, (133, 1, 0, 0)),
    ("刑法133条之一第一款第二项", CRIMINAL, (133, 1, 1, 2)),
    ("生态环境法典第一千一百六十九条第三款", CODE, (1169, 0, 3, 0)),
    ("生态环境法典1169", CODE, (1169, 0, 0, 0)),
    ("环境法典 1242条", CODE, (1242, 0, 0, 0)),
    ("宪法修正案（1988年）第一条", "中华人民共和国宪法修正案（1988年）", (1, 0, 0, 0)),
    ("固废法102条", "中华人民共和国固体废物污染环境防治法", (102, 0, 0, 0)),
    ("民法典1079条", "中华人民共和国民法典", (1079, 0, 0, 0)),
]


def _reference(title: str, place: Place) -> ArticleReference:
    article, suffix, paragraph, item = place
    return ArticleReference(
        title=title, article=article, suffix=suffix, paragraph=paragraph, item=item
    )


@pytest.mark.parametrize(("query", "title", "place"), QUERIES)
def test_a_typed_citation_is_understood(
    store: LawStore, query: str, title: str, place: Place
) -> None:
    assert resolve_query(query, store.titles) == (_reference(title, place),)


@pytest.mark.parametrize(
    "query",
    [
        "占道经营",
        "听证",
        "",
        "42",
        "第四十二条",
        "处 5000",
        "罚款 42",
        "2026年",
        "(((",
        "*",
        "法 3",
    ],
)
def test_other_queries_are_no_citations(store: LawStore, query: str) -> None:
    assert resolve_query(query, store.titles) == ()


def test_a_place_alone_is_read_in_the_law_at_hand(store: LawStore) -> None:
    found = resolve_query("第五十八条第二款", store.titles, context_title=PENALTY)

    assert found == (_reference(PENALTY, (58, 0, 2, 0)),)


def test_an_ambiguous_title_gives_all_candidates(store: LawStore) -> None:
    found = resolve_query("安全法 3", store.titles)

    assert len(found) > 2
    assert {reference.article for reference in found} == {3}


def test_the_title_part_is_told_even_when_unknown() -> None:
    assert title_part("火星管理条例 第三条") == "火星管理条例"
    assert title_part("《火星管理条例》") == "火星管理条例"
    assert not title_part("占道经营")


# Each expected citation: printed text, title (empty: as printed), article-suffix-paragraph-item.
RUNNING: list[tuple[str, list[tuple[str, str, Place]]]] = [
    ("依据《行政处罚法》第五十八条", [("《行政处罚法》第五十八条", PENALTY, (58, 0, 0, 0))]),
    ("依据行政处罚法第五十八条", [("行政处罚法第五十八条", PENALTY, (58, 0, 0, 0))]),
    ("按照《行政处罚法》§58办理", [("《行政处罚法》§58", PENALTY, (58, 0, 0, 0))]),
    ("见《行政处罚法》第58条第1款", [("《行政处罚法》第58条第1款", PENALTY, (58, 0, 1, 0))]),
    (
        "《行政处罚法》第五十七条、第五十八条",
        [
            ("《行政处罚法》第五十七条", PENALTY, (57, 0, 0, 0)),
            ("第五十八条", PENALTY, (58, 0, 0, 0)),
        ],
    ),
    (
        "《行政处罚法》第五十七条第一款第（一）项、第（三）项和第五十九条",
        [
            ("《行政处罚法》第五十七条第一款第（一）项", PENALTY, (57, 0, 1, 1)),
            ("第（三）项", PENALTY, (57, 0, 1, 3)),
            ("第五十九条", PENALTY, (59, 0, 0, 0)),
        ],
    ),
    (
        "《行政处罚法》第三十三条第一款、第二款",
        [
            ("《行政处罚法》第三十三条第一款", PENALTY, (33, 0, 1, 0)),
            ("第二款", PENALTY, (33, 0, 2, 0)),
        ],
    ),
    (
        "《行政处罚法》第六十三条第一项、第二项",
        [
            ("《行政处罚法》第六十三条第一项", PENALTY, (63, 0, 0, 1)),
            ("第二项", PENALTY, (63, 0, 0, 2)),
        ],
    ),
    (
        "《行政处罚法》第五十八条至第六十条",
        [
            ("《行政处罚法》第五十八条", PENALTY, (58, 0, 0, 0)),
            ("第六十条", PENALTY, (60, 0, 0, 0)),
        ],
    ),
    (
        "《行政处罚法》第九条、《生态环境法典》第五百一十八条第二款",
        [
            ("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0)),
            ("《生态环境法典》第五百一十八条第二款", CODE, (518, 0, 2, 0)),
        ],
    ),
    (
        "根据《行政处罚法》第九条。同法第十条规定",
        [
            ("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0)),
            ("同法第十条", PENALTY, (10, 0, 0, 0)),
        ],
    ),
    (
        "根据《行政处罚法》第九条。该法的第十条规定",
        [
            ("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0)),
            ("该法的第十条", PENALTY, (10, 0, 0, 0)),
        ],
    ),
    (
        "《行政处罚法》第九条规定种类，第十条规定设定",
        [
            ("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0)),
            ("第十条", PENALTY, (10, 0, 0, 0)),
        ],
    ),
    (
        "《行政处罚法》（2021年修订）第九条",
        [
            ("《行政处罚法》（2021年修订）第九条", PENALTY, (9, 0, 0, 0)),
        ],
    ),
    (
        "《生态环境法典》（以下简称《法典》）第二条，依据《法典》第三条",
        [
            ("《生态环境法典》（以下简称《法典》）第二条", CODE, (2, 0, 0, 0)),
            ("《法典》第三条", CODE, (3, 0, 0, 0)),
        ],
    ),
    (
        "《生态环境法典》（以下简称“环典”）。依据环典第三条",
        [("环典第三条", CODE, (3, 0, 0, 0))],
    ),
    (
        "构成《刑法》第一百三十三条之一第一款第二项",
        [("《刑法》第一百三十三条之一第一款第二项", CRIMINAL, (133, 1, 1, 2))],
    ),
    ("依据《行政处罚法》 第 九 条", [("《行政处罚法》 第 九 条", PENALTY, (9, 0, 0, 0))]),
    (
        "违反《火星管理条例》第三十条第一款，依据该条例第四十条",
        [
            ("《火星管理条例》第三十条第一款", "", (30, 0, 1, 0)),
            ("该条例第四十条", "", (40, 0, 0, 0)),
        ],
    ),
    (
        "当事人违反火星市市容和卫生管理条例第三十条",
        [("火星市市容和卫生管理条例第三十条", "", (30, 0, 0, 0))],
    ),
    (
        "《行政处罚法》第九条，火星管理条例第三条",
        [
            ("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0)),
            ("火星管理条例第三条", "", (3, 0, 0, 0)),
        ],
    ),
    (
        "《关于适用〈行政诉讼法〉的解释》第一百条",
        [("《关于适用〈行政诉讼法〉的解释》第一百条", "", (100, 0, 0, 0))],
    ),
    ("本法第十二条", []),
    (
        "依照《合同法》第五十二条",
        [
            ("《合同法》第五十二条", "中华人民共和国合同法", (52, 0, 0, 0)),
        ],
    ),
    (
        "违反执业医师法第三十七条",
        [
            ("执业医师法第三十七条", "中华人民共和国执业医师法", (37, 0, 0, 0)),
        ],
    ),
    ("见《海商》第二条", [("《海商》第二条", "", (2, 0, 0, 0))]),
    ("于是（见附件）第二条", []),
    ("依据《条例》第四十一条", [("《条例》第四十一条", "", (41, 0, 0, 0))]),
    ("第二条街第三人民医院", []),
    ("《行政处罚法》的规定", []),
    ("《行政处罚法》第九条规定。第十条街", [("《行政处罚法》第九条", PENALTY, (9, 0, 0, 0))]),
]


@pytest.mark.parametrize(("text", "expected"), RUNNING, ids=[case[0] for case in RUNNING])
def test_citations_in_running_text_are_found(
    store: LawStore, text: str, expected: list[tuple[str, str, Place]]
) -> None:
    found = find_citations(text, store.titles)

    assert [citation.text for citation in found] == [printed for printed, _, _ in expected]
    for citation, (_, title, place) in zip(found, expected, strict=True):
        assert text[citation.start : citation.end] == citation.text
        assert citation.titles == ((title,) if title else ())
        assert citation.reference == _reference(citation.reference.title, place)


HOST = ArticleReference(title=PENALTY, article=58, paragraph=2)

HOSTED: list[tuple[str, list[tuple[str, Place]]]] = [
    ("依照本法第五十七条的规定", [("本法第五十七条", (57, 0, 0, 0))]),
    ("依照第五十七条的规定", [("第五十七条", (57, 0, 0, 0))]),
    ("依照前款规定处罚", [("前款", (58, 0, 1, 0))]),
    ("有前款第一项、第三项情形", [("前款第一项", (58, 0, 1, 1)), ("第三项", (58, 0, 1, 3))]),
    ("依照前条的规定", [("前条", (57, 0, 0, 0))]),
    ("本条第一款规定的人员", [("本条第一款", (58, 0, 1, 0))]),
    ("依照第一款的规定", [("第一款", (58, 0, 1, 0))]),
    ("依照上款规定处罚", [("上款", (58, 0, 1, 0))]),
    ("有第三项情形的", [("第三项", (58, 0, 0, 3))]),
    ("下列：\n（一）甲；\n（二）第一项情形", [("第一项", (58, 0, 2, 1))]),
    (
        "第三十条第一款第四项的先于第一项",
        [
            ("第三十条第一款第四项", (30, 0, 1, 4)),
            ("第一项", (30, 0, 1, 1)),
        ],
    ),
    ("第一款、第三款规定", [("第一款", (58, 0, 1, 0)), ("第三款", (58, 0, 3, 0))]),
]


@pytest.mark.parametrize(("text", "expected"), HOSTED, ids=[case[0] for case in HOSTED])
def test_places_inside_a_statute_are_read_from_where_they_stand(
    store: LawStore, text: str, expected: list[tuple[str, Place]]
) -> None:
    found = find_citations(text, store.titles, host=HOST)

    assert [citation.text for citation in found] == [printed for printed, _ in expected]
    assert [c.reference for c in found] == [_reference(PENALTY, place) for _, place in expected]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    title=st.sampled_from([PENALTY, CODE, CRIMINAL]),
    place=st.tuples(
        st.integers(1, 1300), st.integers(0, 9), st.integers(1, 12), st.integers(0, 40)
    ),
)
def test_a_written_reference_reads_back(store: LawStore, title: str, place: Place) -> None:
    reference = _reference(title, place)

    (found,) = find_citations(f"依据{reference}之规定", store.titles)

    assert found.reference == reference
    assert resolve_query(str(reference), store.titles) == (reference,)


@given(st.text(alphabet="第一二十条款项之（）《》法典、和前款本§ 0９\n。", max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_ordered_spans_that_do_not_overlap(store: LawStore, text: str) -> None:
    found = find_citations(text, store.titles, host=HOST)

    assert all(c.start < c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))

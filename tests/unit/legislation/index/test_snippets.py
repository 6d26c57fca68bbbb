"""Snippets and the places marked in them."""

from hypothesis import given
from hypothesis import strategies as st

from workstation.legislation.analysis import fold
from workstation.legislation.snippets import WIDTH, Snippet, make_snippet, places

_LONG = (
    "当事人应当遵守规定。" * 30 + "任何单位不得占用道路从事经营活动。" + "其他事项另行规定。" * 30
)


def _snippet(text: str, terms: list[str], width: int = WIDTH) -> Snippet:
    folded = fold(text)
    return make_snippet(text, folded, places(folded, terms), width=width)


def test_every_place_of_a_term_is_marked() -> None:
    snippet = _snippet("听证结束后，根据听证笔录作出决定。", ["听证"])

    assert [snippet.text[a:b] for a, b in snippet.spans] == ["听证", "听证"]


def test_terms_that_overlap_are_marked_as_one() -> None:
    snippet = _snippet("倾倒建筑垃圾", ["建筑", "筑垃", "垃圾"])

    assert [snippet.text[a:b] for a, b in snippet.spans] == ["建筑垃圾"]


def test_a_long_text_is_cut_around_the_terms() -> None:
    snippet = _snippet(_LONG, ["占用道路", "经营"])

    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["占用道路", "经营"]


def test_a_text_without_the_terms_is_shown_from_its_beginning() -> None:
    snippet = _snippet(_LONG, ["摊贩"])

    assert snippet.text.startswith("当事人应当")
    assert snippet.spans == ()


def test_traditional_and_full_width_text_is_marked_in_place() -> None:
    snippet = _snippet("依照ＧＢ３０９６處罰", ["gb3096", "处罚"])

    assert [snippet.text[a:b] for a, b in snippet.spans] == ["ＧＢ３０９６處罰"]


def test_line_breaks_become_blanks() -> None:
    snippet = _snippet("第一款。\n第二款。", ["第二"])

    assert snippet.text == "第一款。 第二款。"


@given(
    st.text(alphabet="占道经营、。\n听证罚款", max_size=300),
    st.lists(st.text(alphabet="占道经营听证", min_size=1, max_size=3), max_size=4),
)
def test_spans_lie_in_the_snippet_and_hold_terms(text: str, terms: list[str]) -> None:
    snippet = _snippet(text, terms, width=40)

    marked = [snippet.text[start:end] for start, end in snippet.spans]

    assert all(any(term in part for term in terms) for part in marked)
    assert list(snippet.spans) == sorted(snippet.spans)
    assert len(snippet.text) <= 42

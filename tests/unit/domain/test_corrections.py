"""Corrections in the text of a record."""

import pytest

from workstation.domain.cases import JsonValue
from workstation.domain.corrections import (
    CorrectionKind,
    CorrectionPiece,
    as_corrected,
    broken_marks,
    correction_pieces,
    mark_correction,
)

STRUCK, ADDED = CorrectionKind


def test_marks_side_by_side_are_one_correction() -> None:
    text = "运了【删去：两】【补入：三】车，【补入：当晚】走的"

    assert list(correction_pieces(text)) == [
        CorrectionPiece("运了"),
        CorrectionPiece("两", STRUCK),
        CorrectionPiece("三", ADDED, is_last=True),
        CorrectionPiece("车，"),
        CorrectionPiece("当晚", ADDED, is_last=True),
        CorrectionPiece("走的"),
    ]


@pytest.mark.parametrize("text", ["", "【注】见附件", "【删去】两车"])
def test_other_brackets_are_plain_words(text: str) -> None:
    assert "".join(piece.text for piece in correction_pieces(text)) == text
    assert {piece.kind for piece in correction_pieces(text)} <= {None}
    assert broken_marks(text) == ()


@pytest.mark.parametrize("text", ["运了【删去：两车", "【补入：】车", "【删去：两【补入：三】"])
def test_a_mark_without_end_or_words_is_named(text: str) -> None:
    assert len(broken_marks(text)) == 1


def test_marking_leaves_the_cursor_where_the_right_words_go() -> None:
    marks, place = mark_correction("两")

    assert marks[:place] + "三" + marks[place:] == "【删去：两】【补入：三】"
    assert mark_correction("")[0] == "【补入：】"


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("运了【删去：两】【补入：三】车", "运了三车"),
        ("没有更正【注】", "没有更正【注】"),
        (
            [{"answer": "【删去：是】【补入：不是】", "n": 2}, None],
            [{"answer": "不是", "n": 2}, None],
        ),
        (7, 7),
    ],
)
def test_a_value_stands_as_it_was_corrected(value: JsonValue, standing: JsonValue) -> None:
    assert as_corrected(value) == standing

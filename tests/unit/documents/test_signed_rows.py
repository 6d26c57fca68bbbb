"""Approval cells: the opinion at the top, the signature at the bottom, both on one page."""

import pytest

from tests.form_samples import model_of
from workstation.documents.blocks import Table, VerticalAlign
from workstation.documents.fonts import bundled_library
from workstation.documents.layout import lay_out

SIGNED = "#table widths=1,3\n!96 承办人意见 | >{{ f.a }} @@ 承办人：林问渠 // 2026年8月21日\n#end"


def table_of(body: str) -> Table:
    found = model_of(body, "form", a="同意。").blocks[0]
    assert isinstance(found, Table)
    return found


def test_opinion_and_signature_share_a_box() -> None:
    upper, lower = table_of(SIGNED).rows

    opinion, signature = upper.cells[1], lower.cells[0]

    assert (opinion.vertical_align, signature.vertical_align) == (
        VerticalAlign.TOP,
        VerticalAlign.BOTTOM,
    )
    assert (opinion.borders.bottom, signature.borders.top) == (0.0, 0.0)
    assert upper.height + lower.height == pytest.approx(96)


def test_the_label_covers_both_rows() -> None:
    upper = table_of(SIGNED).rows[0]

    assert (upper.cells[0].row_span, upper.cells[0].paragraphs[0].text) == (2, "承办人意见")


def test_opinion_and_signature_stay_on_one_page() -> None:
    body = f"#gap {{n}}\n{SIGNED}"

    for lines in range(26, 34):
        model = model_of(body.replace("{n}", str(lines)), "form", a="同意。")
        pages = lay_out(model, bundled_library()).pages
        opinions = ["同意。" in page.lines for page in pages]
        signatures = ["2026年8月21日" in page.lines for page in pages]
        assert opinions == signatures


def test_a_signed_cell_may_continue_a_label_and_be_continued() -> None:
    body = "#table widths=1,1\n甲 | 乙\n^ | >意见 @@ 签名\n^ | 丙\n#end"

    rows = table_of(body).rows

    assert len(rows) == 4
    assert rows[0].cells[0].row_span == 4


def test_a_signed_cell_that_goes_on_below_keeps_one_row() -> None:
    body = "#table widths=1,1\n甲 | >意见 @@ 签名\n乙 | ^\n#end"

    rows = table_of(body).rows

    assert len(rows) == 2
    assert rows[0].cells[1].vertical_align is VerticalAlign.BOTTOM


def test_the_last_signature_of_an_approval_takes_the_one_before_it_along() -> None:
    rows = "".join(f"!60 意见{n} | >同意{n}。 @@ 签名{n}\n" for n in (1, 2, 3))
    body = f"#gap {{n}}\n#table widths=1,3\n{rows}#end"

    for lines in range(22, 34):
        model = model_of(body.replace("{n}", str(lines)), "form")
        pages = lay_out(model, bundled_library()).pages
        last = next(page.lines for page in pages if "签名3" in page.lines)
        assert "同意2。" in last

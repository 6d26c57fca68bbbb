import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.unit.documents.layout_samples import (
    METADATA,
    SETUP,
    laid_out,
    model,
    paragraph,
    pdf,
    png,
    run,
    table,
)
from workstation.documents.blocks import PictureRun, RunStyle
from workstation.documents.display_list import LaidOutDocument, LineOperation, Page
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.documents.layout import lay_out
from workstation.documents.pdf import (
    OutlineEntry,
    PageStamp,
    PdfMetadata,
    volume_page_stamp,
    write_pdf,
)
from workstation.documents.rasterise import extract_text

STYLES = tuple(run("行政处罚决定书，赵堃喆、周𬭎。", RunStyle(font=s, size=16)) for s in FontStyle)


def _squeezed(lines: list[str] | tuple[str, ...]) -> str:
    return "".join("".join(lines).split())


def _open(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_the_text_of_a_pdf_is_the_text_of_the_lines() -> None:
    document = laid_out(
        paragraph("送达方式：☑直接送达　☐留置送达；罚款100,000.00元——壹拾万元……"),
        paragraph("", runs=STYLES),
        table(["立案", "结案"], ["行政处罚审批表", "2026年10月15日"]),
    )

    extracted = extract_text(pdf(document))

    assert [_squeezed((text,)) for text in extracted] == [
        _squeezed(page.lines) for page in document.pages
    ]


def test_characters_beyond_the_basic_plane_are_copied_rightly() -> None:
    (text,) = extract_text(pdf(laid_out(paragraph("周𬭎李䶮"))))

    assert text.strip() == "周𬭎李䶮"


def test_no_radical_stands_for_a_character() -> None:
    (text,) = extract_text(pdf(laid_out(paragraph("行文日月"))))

    assert not any(0x2E80 <= ord(char) <= 0x2FDF for char in text)


def test_every_font_is_embedded() -> None:
    opened = _open(pdf(laid_out(paragraph("", runs=STYLES))))

    fonts = opened.pages[0].Resources.Font
    assert len(fonts) >= len(FontStyle)
    assert all("/FontFile2" in font.FontDescriptor for font in fonts.values())


def test_equal_input_gives_equal_bytes() -> None:
    document = laid_out(paragraph("行政处罚决定书"))

    assert pdf(document) == pdf(document)


def test_other_text_gives_another_file_identifier() -> None:
    first, second = (_open(pdf(laid_out(paragraph(text)))) for text in ("甲", "乙"))

    assert first.trailer.ID[0] != second.trailer.ID[0]


def test_the_file_says_title_author_date_and_language() -> None:
    metadata = PdfMetadata(
        title="案卷", author="执法局", created=datetime(2026, 10, 15, tzinfo=UTC)
    )

    opened = _open(pdf(laid_out(paragraph("甲")), metadata=metadata))

    assert (str(opened.docinfo.Title), str(opened.docinfo.Author)) == ("案卷", "执法局")
    assert str(opened.docinfo.CreationDate) == "D:20261015000000+00'00'"
    assert str(opened.Root.Lang) == "zh-CN"


def test_documents_bound_into_one_file_share_their_fonts() -> None:
    document = laid_out(paragraph("行政处罚决定书"))

    bound = pdf(*[document] * 20)

    assert len(_open(bound).pages) == 20
    assert len(bound) < 4 * len(pdf(document))


def test_bookmarks_point_to_the_first_page_of_each_document() -> None:
    document = laid_out(paragraph("甲"))
    outline = [OutlineEntry(title="立案审批表", page=0), OutlineEntry(title="决定书", page=1)]

    opened = _open(pdf(document, document, outline=outline))

    with opened.open_outline() as tree:
        assert [item.title for item in tree.root] == ["立案审批表", "决定书"]


def test_stamps_number_the_pages_at_the_outer_corners() -> None:
    fonts, size = bundled_library(), (SETUP.width, SETUP.height)

    stamps = [volume_page_stamp(number, size, fonts) for number in (1, 2)]

    right, left = (stamp.operations[0] for stamp in stamps)
    assert getattr(right, "x", 0) > SETUP.width / 2 > getattr(left, "x", 999)


def test_stamps_are_printed_and_label_the_pages() -> None:
    document = laid_out(paragraph("甲"))
    stamp = volume_page_stamp(17, (SETUP.width, SETUP.height), bundled_library())

    data = pdf(document, stamps=[stamp])

    assert "17" in extract_text(data)[0]
    opened = _open(data)
    assert str(opened.Root.PageLabels.Nums[1].P) == "17"


def test_a_stamp_is_wanted_for_every_page() -> None:
    with pytest.raises(ValueError, match="1 stamps for 2 pages"):
        pdf(*[laid_out(paragraph("甲"))] * 2, stamps=[PageStamp()])


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        pdf()


def test_a_blank_page_names_no_font() -> None:
    page = Page(width=595.3, height=841.9, operations=(), lines=())

    data = pdf(LaidOutDocument(pages=(page,), faces=()))

    assert b"Helvetica" not in data


def test_pages_may_differ_in_size() -> None:
    wide = Page(width=842, height=595, operations=(), lines=())

    opened = _open(pdf(laid_out(paragraph("甲")), LaidOutDocument(pages=(wide,), faces=())))

    assert [float(page.mediabox[2]) for page in opened.pages] == [260, 842]


def test_a_picture_is_drawn_once_per_file() -> None:
    block = paragraph("", runs=(PictureRun(data=png(), width=40, height=40),))

    opened = _open(pdf(laid_out(block, block)))

    assert len(opened.pages[0].Resources.XObject) == 1


def test_a_draft_bears_its_watermark() -> None:
    document = lay_out(model(paragraph("甲")), bundled_library(), watermark="草稿")

    assert "草稿" in extract_text(pdf(document))[0]


def test_a_path_is_written_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "决定书.pdf"

    write_pdf([laid_out(paragraph("甲"))], target, metadata=METADATA)

    assert target.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [target]


def test_a_cutting_line_is_dashed() -> None:
    line = LineOperation(x0=0, y0=100, x1=200, y1=100, width=0.5, dashed=True)
    page = Page(width=300, height=300, operations=(line,), lines=())

    opened = _open(pdf(LaidOutDocument(pages=(page,), faces=())))

    assert b"[3 2] 0 d" in opened.pages[0].Contents.read_bytes()

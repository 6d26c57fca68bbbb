"""Pages kept in a file come back as they were, or not at all."""

import pytest

from tests.unit.documents.layout_samples import laid_out, model, paragraph, png, table
from workstation.documents.blocks import PictureRun
from workstation.documents.display_list_files import StalePagesError, dump_pages, load_pages
from workstation.documents.fonts import bundled_library
from workstation.documents.layout import lay_out

LIBRARY = bundled_library()
FACES = {face.key: face for face in LIBRARY.faces}


def test_text_lines_boxes_pictures_and_watermark_come_back() -> None:
    picture = PictureRun(data=png(), width=60, height=30)
    blocks = (
        paragraph("送达方式：☑直接送达　☐留置送达，周𬭎"),
        table(["立案", "结案"], ["审批表", "日期"]),
        paragraph("", runs=(picture,)),
    )
    document = lay_out(model(*blocks), LIBRARY, watermark="草稿")

    assert load_pages(dump_pages(document), FACES) == document


def test_a_damaged_file_and_one_of_other_fonts_are_told() -> None:
    data = dump_pages(laid_out(paragraph("立案")))

    for broken, faces in ((data[:-4], FACES), (b"", FACES), (data, {})):
        with pytest.raises(StalePagesError):
            load_pages(broken, faces)

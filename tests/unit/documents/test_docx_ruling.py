"""Rules of record paper behind the text of a .docx."""

import re
from itertools import pairwise

import pytest

from tests.form_samples import fill, make_form
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_reader import read_package
from workstation.documents.docx_ruling import heading_height
from workstation.documents.docx_template import build_template
from workstation.documents.form_language import parse_body
from workstation.documents.presets import load_presets

PRESETS = load_presets()
RECORD = PRESETS["record"]


def heights(package: DocxPackage, part: str) -> list[float]:
    xml = package.parts[f"word/{part}.xml"].decode()
    return [float(y) for y in re.findall(r'from="[\d.]+pt,([\d.]+)pt"', xml)]


def build(body: str, preset: str = "record") -> DocxPackage:
    return build_template(make_form(body, preset=preset), PRESETS)


def test_rules_fill_the_page_at_the_pitch_of_the_text() -> None:
    ys = heights(build("#title 笔录\n#p 问"), "header1")

    assert ys[0] == pytest.approx(RECORD.setup.top + RECORD.body.lead)
    assert {round(b - a, 3) for a, b in pairwise(ys)} == {RECORD.body.lead}
    assert ys[-1] == pytest.approx(RECORD.setup.height - RECORD.setup.bottom, abs=0.6)


def test_the_first_page_has_no_rule_behind_the_heading() -> None:
    ys = heights(build("#org 局\n#title 笔录\n#gap 0.5\n#p 问"), "header2")

    heading = RECORD.lines["org"].lead + RECORD.lines["title"].lead + RECORD.body.lead / 2
    assert ys[0] == pytest.approx(RECORD.setup.top + heading + RECORD.body.lead)


@pytest.mark.parametrize(
    "body",
    ["#title 笔录", "#p 问\n#note 注", "#p 问\n#gap 0.5", "#table widths=1\n甲\n#end\n#p 问"],
)
def test_what_leaves_the_pitch_is_printed_on_plain_paper(body: str) -> None:
    blocks = parse_body(make_form(body, preset="record"))

    assert heading_height(blocks, RECORD) is None
    assert "word/header1.xml" not in build(body).parts


def test_statements_and_page_breaks_keep_the_pitch() -> None:
    body = "{% if f %}\n#p 问\n{% endif %}\n#pagebreak\n#gap 2\n#sign 甲"

    assert heading_height(parse_body(make_form(body, preset="record")), RECORD) == 0


def test_other_presets_have_plain_paper() -> None:
    assert "word/header1.xml" not in build("#p 甲", "official").parts


def test_the_reader_takes_rules_for_ruled_paragraphs() -> None:
    model = read_package(fill(make_form("#title 笔录\n#p 问", preset="record")))

    assert [block.ruled for block in model.blocks] == [False, True]  # type: ignore[union-attr]
    assert model.footers.default

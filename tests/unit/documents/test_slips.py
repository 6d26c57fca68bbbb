"""Counterfoils (存根) and receipts (回执) below a cutting line, sealed over its number (骑缝)."""

import pytest

from tests.demo_papers import blank_paper
from tests.form_samples import fill, make_form, model_of, paragraphs
from workstation.documents.docx_reader import read_package
from workstation.documents.fonts import bundled_library
from workstation.documents.forms import load_forms
from workstation.documents.layout import lay_out

NUMBER = "屿综执协字〔2026〕0037号"
SLIP = "#cut 骑缝\n#subtitle 回执\n#p 收到。\n#sign 机关 | 日期"


def test_a_cutting_line_carries_the_number_at_its_middle() -> None:
    line = next(paragraphs(model_of("#cut {{ f.a }}", a=NUMBER))).text

    left, right = line.split(f"　{NUMBER}　")
    assert left == right == "－" * len(left)
    # Digits are half as wide: 41 characters of 10.5 points fill the line.
    assert 40 <= len(line) - 8 / 2 <= 41


@pytest.mark.parametrize(("lines", "pages"), [(17, 1), (18, 2)])
def test_a_slip_below_a_cutting_line_is_not_parted(lines: int, pages: int) -> None:
    package = fill(make_form("#p 正文\n" * lines + SLIP))

    layout = lay_out(read_package(package), bundled_library())
    cut = layout.pages[-1].lines[-6]
    assert len(layout.pages) == pages
    assert cut.strip("－") == "　骑缝　"


def test_slips_are_kept_whole_each_by_itself() -> None:
    model = model_of("#p 正文\n#cut 一\n#l 甲\n#cut 二\n#l 乙\n#l 丙\n#pagebreak\n#l 丁")

    kept = [paragraph.keep_next for paragraph in paragraphs(model)]
    assert kept == [False, True, False, True, True, False, False]


def test_every_cutting_line_carries_the_number_of_its_paper() -> None:
    bodies = {form.id: form.body for form in load_forms() if "#cut" in form.body}

    assert set(bodies) == {"D05", "D20", "D33", "D55", "D64"}
    for name, body in bodies.items():
        cuts = [line for line in body.splitlines() if line.startswith("#cut")]
        assert all("document.number" in line and "骑缝章" in line for line in cuts), name


@pytest.mark.parametrize("form_id", ["D05", "D20", "D55"])
def test_a_letter_to_another_organ_leaves_a_counterfoil(form_id: str) -> None:
    text = "".join(blank_paper(form_id))

    title = load_forms().get(form_id).title.partition("（")[0]
    slip = text.partition(f"{title}（存根）")[2]
    assert [word for word in ("承 办 人：", "批准人：", "填发日期：") if word not in slip] == []
    assert "（骑缝章）" in text

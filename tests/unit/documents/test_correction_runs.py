"""Corrections of a record on paper: struck and added words, the place of the finger-print."""

import re

import pytest

from tests.form_samples import EXACT, document_of, fill, filler, make_form, run_of
from workstation.documents.blocks import Paragraph, TextRun
from workstation.documents.correction_runs import marked_texts
from workstation.documents.display_list import LaidOutDocument, LineOperation, TextOperation
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, parse_part
from workstation.documents.docx_reader import read_docx, read_package
from workstation.documents.docx_texts import read_printed
from workstation.documents.field_values import complete_values
from workstation.documents.fonts import bundled_library
from workstation.documents.form_source import read_form
from workstation.documents.layout import lay_out
from workstation.documents.read_back import read_back

FRONT = '+++\nid = "D99"\ntitle = "样张"\nkind = "笔录"\npreset = "record"\n'
FIELD = '[[fields]]\nname = "a"\nlabel = "回答"\ntype = "L"\n'
RECORD = read_form(f"{FRONT}{FIELD}+++\n#p 答：{{{{ f.a }}}}\n", source="样张", step=3)
ANSWER = "运了【删去：两】【补入：三】车，【补入：当晚】走的。\n没有了。"


def answered(text: str = ANSWER) -> DocxPackage:
    return fill(RECORD, a=text)


def laid_out(package: DocxPackage) -> LaidOutDocument:
    return lay_out(read_package(package), bundled_library())


def lines_of(layout: LaidOutDocument) -> list[LineOperation]:
    return [o for page in layout.pages for o in page.operations if isinstance(o, LineOperation)]


def test_struck_and_added_words_differ_and_end_in_a_circled_mark() -> None:
    (first, second) = read_package(answered()).blocks

    assert isinstance(first, Paragraph)
    runs = [run for run in first.runs if isinstance(run, TextRun)]
    looks = {run.text: (run.style.struck, run.style.underline) for run in runs}
    assert looks["两"] == (True, False)
    assert looks["三"] == looks["当晚"] == (False, True)
    assert [run.text for run in runs if run.style.circle] == ["印", "印"]
    assert {run.field for run in runs if run.text != "答："} == {"a"}
    assert isinstance(second, Paragraph)
    assert second.text == "没有了。"


def test_the_page_shows_a_line_through_the_words_and_a_circle_around_the_mark() -> None:
    layout = laid_out(answered())

    texts = [o for o in layout.pages[0].operations if isinstance(o, TextOperation)]
    struck = next(o for o in texts if o.text == "两")
    through = [
        o for o in lines_of(layout) if o.y0 == o.y1 and (o.x0, o.x1) == (struck.x, struck.x + 14)
    ]
    marks = [o for o in texts if o.text == "印"]
    assert [o.y0 > struck.y for o in through] == [True]
    dots = [o for o in lines_of(layout) if o.x0 != o.x1 and o.y0 != o.y1]
    for mark in marks:
        middle = mark.x + mark.size / 2
        near = [o for o in dots if abs(o.x0 - middle) <= 11.1]
        assert max(o.x0 for o in near) - min(o.x0 for o in near) == pytest.approx(22, abs=0.5)
    assert len(marks) == 2
    assert len(dots) > 50


def test_a_file_with_corrections_is_read_back_alike() -> None:
    package = answered()

    again = read_docx(package.to_bytes())
    numbers = re.findall(rb'docPr id="(\d+)"', package.parts["word/document.xml"])
    assert again == read_package(package)
    assert len(set(numbers)) == 2


def test_struck_words_are_not_what_the_paper_says() -> None:
    printed = read_printed(answered().to_bytes())

    assert printed.values["a"] == ("运了三车，当晚走的。\n没有了。",)
    assert printed.lines == ("答：运了三车，当晚走的。", "没有了。")


def test_a_correction_changed_in_word_comes_back_with_its_marks() -> None:
    package = answered()
    document = package.parts[DOCUMENT_PART].replace("当晚".encode(), "次日".encode())
    edited = DocxPackage({**package.parts, DOCUMENT_PART: document})

    (change,) = read_back(package, edited, RECORD).fields

    assert change.before == ANSWER
    assert change.after == ANSWER.replace("当晚", "次日")


def test_a_correction_split_in_two_runs_is_no_change() -> None:
    package = answered("【补入：当晚七点】走的。")
    split = answered("【补入：当晚】【补入：七点】走的。")

    assert read_back(package, split, RECORD).fields == ()


def test_an_underlined_blank_is_no_correction() -> None:
    package = fill(make_form("#p 到__{{ f.a }}|9__接受询问", "a"), a="一号室")

    (paragraph,) = parse_part(package.parts[DOCUMENT_PART]).iter(W + "p")

    assert marked_texts(paragraph) == {}
    assert read_printed(package.to_bytes()).values["a"][0].strip() == "一号室"


def test_other_papers_print_the_words_as_they_are() -> None:
    model = read_package(fill(make_form("#p {{ f.a }}", "a"), a="【删去：两】车"))

    (paragraph,) = model.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "【删去：两】车"


def test_words_of_a_correction_are_escaped() -> None:
    assert "A&B<C" in laid_out(answered("【补入：A&B<C】")).pages[0].lines[0]


def test_a_correction_left_open_is_a_fault_of_its_field() -> None:
    environment = filler().environment
    completed = complete_values(RECORD, {}, {"a": "运了【删去：两车"}, environment)

    assert "更正“【删去：两车…”没有写完" in completed.problems["a"]


def test_a_struck_run_of_word_is_read() -> None:
    struck, plain = "<w:strike/>", '<w:strike w:val="0"/>'
    package = document_of(f"<w:p>{EXACT}{run_of('旧', struck)}{run_of('新', plain)}</w:p>")

    (paragraph,) = read_package(package).blocks
    assert isinstance(paragraph, Paragraph)
    runs = [run for run in paragraph.runs if isinstance(run, TextRun)]
    assert [(run.text, run.style.struck) for run in runs] == [("旧", True), ("新", False)]

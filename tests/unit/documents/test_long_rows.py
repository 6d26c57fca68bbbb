"""Rows that hold so much text that they are parted across pages."""

from tests.form_samples import fill, make_form, model_of
from workstation.documents.blocks import Table
from workstation.documents.docx_reader import read_package
from workstation.documents.fonts import bundled_library
from workstation.documents.layout import lay_out
from workstation.documents.long_rows import LONGEST_WHOLE_ROW

# A column of 36 characters at 12 points, less the padding.
_LINE = 35
_TABLE = "#table widths=2,36 header=1\n栏 | 内容\n事实 | >{{ f.a }}\n意见 | >{{ f.b }}\n#end"


def _splits(body: str = _TABLE, **f: str) -> list[bool]:
    found = model_of(body, "form", **f).blocks[0]
    assert isinstance(found, Table)
    return [row.can_split for row in found.rows]


def test_a_row_of_an_account_longer_than_the_limit_may_be_parted() -> None:
    long = "查" * _LINE * (LONGEST_WHOLE_ROW + 1)

    assert _splits(a=long, b="同意。") == [False, True, False]


def test_a_row_within_the_limit_stays_whole() -> None:
    assert _splits(a="查" * _LINE * (LONGEST_WHOLE_ROW - 1), b="同意。") == [False] * 3


def test_every_paragraph_counts_at_least_a_line() -> None:
    many = "\n".join(["查" * 20] * (LONGEST_WHOLE_ROW + 1))

    assert _splits(a=many, b="同意。") == [False, True, False]


def test_a_header_stays_whole() -> None:
    body = "#table widths=2,36 header=1\n栏 | >{{ f.a }}\n事实 | 甲\n#end"

    assert _splits(body, a="查" * 900) == [False, False]


def test_an_opinion_within_the_limit_stays_whole_and_with_its_signature() -> None:
    body = "#table widths=2,36\n意见 | >{{ f.a }} @@ 签名\n#end"

    assert _splits(body, a="查" * _LINE * 10) == [False, False]


def test_a_long_opinion_is_one_row_with_its_signature() -> None:
    body = "#table widths=2,36\n意见 | >{{ f.a }} @@ 签名\n下栏 | >乙 @@ 署名\n#end"

    table = model_of(body, "form", a="查" * _LINE * (LONGEST_WHOLE_ROW + 1)).blocks[0]
    assert isinstance(table, Table)
    first = table.rows[0]
    assert [row.can_split for row in table.rows] == [True, False, False]
    assert [p.text for p in first.cells[1].paragraphs][-1] == "签名"
    assert not any(p.keep_next for cell in first.cells for p in cell.paragraphs)
    assert (first.cells[1].borders.bottom, first.cells[0].row_span) == (0.5, 1)


def test_the_signature_before_a_long_opinion_is_not_kept_with_all_of_it() -> None:
    body = "#table widths=2,36\n上栏 | >{{ f.b }} @@ 署名\n意见 | >{{ f.a }} @@ 签名\n#end"

    table = model_of(body, "form", a="查" * _LINE * 20, b="同意。").blocks[0]
    assert isinstance(table, Table)
    kept = [any(p.keep_next for c in row.cells for p in c.paragraphs) for row in table.rows]
    assert kept == [True, False, False]


def test_a_signature_on_a_new_page_takes_two_lines_of_its_opinion_along() -> None:
    body = "#table widths=2,36\n意见 | >{{ f.a }} @@ 签名：甲 @@ 日期\n#end"
    together = []
    for lines in range(28, 40):
        package = fill(make_form(body, "a", preset="form"), a="\n".join(["查" * 9] * lines))
        layout = lay_out(read_package(package), bundled_library())
        last = next(page.lines for page in reversed(layout.pages) if "日期" in page.lines)
        assert sum(page.lines.count("查" * 9) for page in layout.pages) == lines
        together.append(last.count("查" * 9))

    assert min(together) == 2
    assert max(together) > 27

"""Rows that hold so much text that they are parted across pages."""

from tests.form_samples import model_of
from workstation.documents.blocks import Table
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


def test_an_opinion_kept_with_its_signature_stays_whole() -> None:
    body = "#table widths=2,36\n意见 | >{{ f.a }} @@ 签名\n#end"

    assert _splits(body, a="查" * 900) == [False, False]

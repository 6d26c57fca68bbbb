"""Rows of a filled table that hold so much text that they may be parted across pages.

Forms keep their rows whole, which reads best. A long account in such a row would leave most of a
page empty before it, and programs differ once it is higher than a page: Word starts it on a new
page, LibreOffice where it stands. So filling takes the lock off those rows in the .docx itself,
and every program parts them alike.
"""

import math
from itertools import pairwise

from lxml import etree

from workstation.documents.docx_package import W, parse_part

# A row with more lines of text than this leaves too much of a page empty when it stays whole.
LONGEST_WHOLE_ROW = 12
# Fewer characters in one value than this don't come to so many lines in any cell for accounts.
SHORTEST_LONG_TEXT = 120
_HALF_POINTS, _TWIPS = 2, 20
_VAL = W + "val"


def part_long_rows(xml: bytes) -> bytes:
    """Return the part with ``w:cantSplit`` taken off every row longer than the limit.

    A row that repeats as a header stays whole, and so does one kept with the next. An opinion
    longer than the limit becomes one row with its signature, which every program parts alike:
    LibreOffice keeps no rows together and would put the signature on a page of its own.
    """
    root = parse_part(xml)
    for table in root.iter(W + "tbl"):
        rows = table.findall(W + "tr")
        for upper, lower in pairwise(rows):
            if _is_signed_pair(upper, lower) and _longest(upper) > LONGEST_WHOLE_ROW:
                _join(upper, lower)
                table.remove(lower)
                _release(upper.getprevious())
    for row in root.iter(W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "tblHeader") is not None:
            continue
        if row.find(f".//{W}keepNext") is not None:
            continue
        if _longest(row) > LONGEST_WHOLE_ROW:
            for lock in properties.findall(W + "cantSplit"):
                properties.remove(lock)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _is_signed_pair(upper: etree._Element, lower: etree._Element) -> bool:
    """Tell whether two rows are an opinion and its signature: no line between two of their cells.

    Rows that were joined before have none left.
    """
    below = {_column(cell) for cell in lower.findall(W + "tc") if _is_open(cell, "top")}
    return any(
        _is_open(cell, "bottom") and _column(cell) in below for cell in upper.findall(W + "tc")
    )


def _is_open(cell: etree._Element, side: str) -> bool:
    border = cell.find(f"{W}tcPr/{W}tcBorders/{W}{side}")
    return border is not None and border.get(_VAL) == "nil"


def _column(cell: etree._Element) -> int:
    """Return the first grid column of a cell."""
    spans = (
        before.find(f"{W}tcPr/{W}gridSpan")
        for before in cell.itersiblings(W + "tc", preceding=True)
    )
    return sum(1 if span is None else int(span.get(_VAL, "1")) for span in spans)


def _join(upper: etree._Element, lower: etree._Element) -> None:
    """Put the signatures of the lower row under the opinions of the upper one."""
    above = {_column(cell): cell for cell in upper.findall(W + "tc")}
    for cell in lower.findall(W + "tc"):
        opinion = above.get(_column(cell))
        if opinion is not None and _is_open(cell, "top"):
            opinion.extend(cell.findall(W + "p"))
            for borders in opinion.findall(f"{W}tcPr/{W}tcBorders"):
                borders.getparent().remove(borders)  # type: ignore[union-attr]
    _release(upper)


def _release(row: etree._Element | None) -> None:
    """Keep a row no longer with the next, which may be parted."""
    for properties in () if row is None else row.iter(W + "pPr"):
        for kept in properties.findall(W + "keepNext"):
            properties.remove(kept)


def _longest(row: etree._Element) -> int:
    return max(map(_lines, row.iter(W + "tc")), default=0)


def _lines(cell: etree._Element) -> int:
    """Return about how many lines the text of a cell comes to, every character one em wide."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    points = 0.0 if width is None else float(width.get(W + "w", "0")) / _TWIPS
    return sum(_paragraph_lines(paragraph, points) for paragraph in cell.iter(W + "p"))


def _paragraph_lines(paragraph: etree._Element, width: float) -> int:
    length = sum(len(text.text or "") for text in paragraph.iter(W + "t"))
    size = next(paragraph.iter(W + "sz"), None)
    if size is None or not width:
        return 1
    return max(1, math.ceil(length * float(size.get(_VAL, "0")) / _HALF_POINTS / width))

"""Rows of a filled table that hold so much text that they may be parted across pages.

Forms keep their rows whole, which reads best. A long account in such a row would leave most of a
page empty before it, and programs differ once it is higher than a page: Word starts it on a new
page, LibreOffice where it stands. So filling takes the lock off those rows in the .docx itself,
and every program parts them alike.
"""

import math

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

    A row that repeats as a header stays whole, and so does one kept with the next: an opinion with
    its signature starts on a new page in Word and LibreOffice alike.
    """
    root = parse_part(xml)
    for row in root.iter(W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "tblHeader") is not None:
            continue
        if row.find(f".//{W}keepNext") is not None:
            continue
        if max(map(_lines, row.iter(W + "tc")), default=0) > LONGEST_WHOLE_ROW:
            for lock in properties.findall(W + "cantSplit"):
                properties.remove(lock)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=False)


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

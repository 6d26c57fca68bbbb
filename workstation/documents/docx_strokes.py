"""Strokes (划线) in a .docx: straight lines anchored to a paragraph, which take no room.

A stroke through the unused cells of a list has the size of its cell. One through the unused lines
of a record reaches from its paragraph (“以下空白”) to the foot of the page: the layout draws it
there, and the file gets its height from the layout, for Word, WPS and LibreOffice.
"""

import re

from lxml import etree

from workstation.documents.blocks import Stroke
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, parse_part

VML = "urn:schemas-microsoft-com:vml"
V_LINE = f"{{{VML}}}line"
PICT = W + "pict"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = _COMPATIBILITY + "AlternateContent"
_FALLBACK = _COMPATIBILITY + "Fallback"
# Alternative text survives when Word or LibreOffice writes the file again.
_TO_FOOT = "以下空白处划线至页底"
_IN_CELL = "空栏划线"
_WEIGHT = "0.75pt"
_POINT = re.compile(r"(-?[\d.]+)(?:pt)?,(-?[\d.]+)(?:pt)?\Z")
_POSITION = (
    "position:absolute;z-index:1;mso-position-horizontal-relative:text;"
    "mso-position-vertical-relative:text"
)


def write_stroke(stroke: Stroke) -> etree._Element:
    """Return a ``w:r`` that draws a stroke from its paragraph."""
    run = etree.Element(W + "r")
    line = etree.SubElement(etree.SubElement(run, PICT), V_LINE, nsmap={"v": VML})
    line.set("alt", _TO_FOOT if stroke.to_foot else _IN_CELL)
    line.set("style", _POSITION)
    _set_ends(line, stroke)
    line.set("strokeweight", _WEIGHT)
    return run


def _set_ends(line: etree._Element, stroke: Stroke) -> None:
    line.set("from", f"{stroke.x0:g}pt,{stroke.y0:g}pt")
    line.set("to", f"{stroke.x1:g}pt,{stroke.y1:g}pt")


def read_stroke(picture: etree._Element) -> Stroke | None:
    """Return the stroke that a ``w:pict`` or ``mc:AlternateContent`` draws, or ``None``.

    Word and LibreOffice write a drawing with the older form behind it; that form is read.
    """
    if picture.tag != PICT:
        picture = next(iter(picture.iterfind(f"{_FALLBACK}/{PICT}")), picture)
    shapes = list(picture)
    if picture.tag != PICT or len(shapes) != 1 or shapes[0].tag != V_LINE:
        return None
    return _stroke_of(shapes[0])


def _stroke_of(line: etree._Element) -> Stroke | None:
    start, end = (_POINT.match(str(line.get(name, ""))) for name in ("from", "to"))
    style = str(line.get("style"))
    if start is None or end is None or "relative:page" in style:
        return None
    x0, x1 = float(start[1]), float(end[1])
    if "flip:x" in style:
        x0, x1 = x1, x0
    y0, y1 = float(start[2]), float(end[2])
    return Stroke(x0, y0, x1, y1, to_foot=line.get("alt") == _TO_FOOT)


def with_strokes(package: DocxPackage, layout: LaidOutDocument) -> DocxPackage:
    """Return the file with its strokes to the foot as high as the layout drew them."""
    data = package.parts[DOCUMENT_PART]
    if _TO_FOOT.encode() not in data:
        return package
    root = parse_part(data)
    heights = iter(layout.stroke_heights)
    for paragraph in root.iter(W + "p"):
        for run in paragraph.findall(W + "r"):
            line = run.find(f"{PICT}/{V_LINE}")
            if line is None or line.get("alt") != _TO_FOOT:
                continue
            stroke = _stroke_of(line)
            height = next(heights)
            if height and stroke is not None:
                _set_ends(line, stroke._replace(y1=stroke.y0 + height))
            else:
                paragraph.remove(run)
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return DocxPackage({**package.parts, DOCUMENT_PART: written})

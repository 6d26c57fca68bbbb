"""The rules of record paper (笔录横线) in a .docx: lines anchored in the headers.

Word can rule a paragraph but not its lines, so the lines of the whole page stand behind the text
at the pitch of the text. That holds only where everything after the heading stands on the pitch;
a record with a table or remarks in between is printed on plain paper by Word, while our own
layout rules it line by line.
"""

from lxml import etree

from workstation.documents.docx_package import RELATIONSHIP, WORD, W
from workstation.documents.docx_paragraphs import ParagraphFormat, element, write_paragraph
from workstation.documents.docx_strokes import V_LINE, VML
from workstation.documents.form_language import BodyBlock, Line, Statement
from workstation.documents.presets import LineStyle, PagePreset

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE = f"{{{_DRAWING}/main}}prstGeom"
_EXTENT = f"{{{_DRAWING}/wordprocessingDrawing}}extent"
_TOLERANCE = 0.5
_WEIGHT = "0.5pt"


def header_references(blocks: tuple[BodyBlock, ...], preset: PagePreset) -> dict[str, str]:
    """Return the header parts a body needs: reference type to part name; none for plain paper."""
    if not preset.ruled or heading_height(blocks, preset) is None:
        return {}
    return {"default": "header1.xml", "first": "header2.xml"}


def build_headers(blocks: tuple[BodyBlock, ...], preset: PagePreset) -> dict[str, etree._Element]:
    """Return the header parts by name; the first page has no rules behind its heading."""
    height = heading_height(blocks, preset)
    if not preset.ruled or height is None:
        return {}
    return {"header1.xml": _header(preset, 0), "header2.xml": _header(preset, height)}


def heading_height(blocks: tuple[BodyBlock, ...], preset: PagePreset) -> float | None:
    """Return the height of what stands above the first ruled line, in points.

    ``None`` when what follows leaves the pitch, or the heading's height can't be known.
    """
    height = 0.0
    ruled = False
    for block in blocks:
        if isinstance(block, Statement):
            continue
        if not isinstance(block, Line):
            return None
        ruled = ruled or block.kind in preset.ruled
        lead = _lead(block, preset)
        if not ruled:
            height += lead
        elif not _is_on_pitch(lead, preset.body.lead):
            return None
    return height if ruled else None


def _lead(line: Line, preset: PagePreset) -> float:
    if line.kind == "gap":
        return preset.body.lead * float(line.text)
    return 0.0 if line.kind == "pagebreak" else preset.lines[line.kind].lead


def _is_on_pitch(lead: float, pitch: float) -> bool:
    return abs(lead / pitch - round(lead / pitch)) < 0.001


def _header(preset: PagePreset, offset: float) -> etree._Element:
    setup, pitch = preset.setup, preset.body.lead
    count = int((setup.text_height - offset + _TOLERANCE) / pitch)
    root = etree.Element(
        W + "hdr",
        nsmap={
            "w": WORD,
            "r": RELATIONSHIP,
            "v": VML,
            "o": "urn:schemas-microsoft-com:office:office",
        },
    )
    thin = LineStyle(font=preset.body.font, size=1, lead=1)
    paragraph = write_paragraph((), ParagraphFormat(style=thin))
    for number in range(1, count + 1):
        y = setup.top + offset + number * pitch
        paragraph.append(_rule(number, setup.left, setup.width - setup.right, y))
    root.append(paragraph)
    return root


def _rule(number: int, left: float, right: float, y: float) -> etree._Element:
    run = element("r")
    picture = etree.SubElement(run, W + "pict")
    line = etree.SubElement(picture, V_LINE, nsmap={"v": VML})
    line.set("id", f"ruling{number}")
    line.set(
        "style",
        "position:absolute;z-index:-251658240;mso-position-horizontal-relative:page;"
        "mso-position-vertical-relative:page",
    )
    line.set("from", f"{left:g}pt,{y:g}pt")
    line.set("to", f"{right:g}pt,{y:g}pt")
    line.set("strokeweight", _WEIGHT)
    return run


def is_ruling(header: etree._Element) -> bool:
    """Return whether a header holds nothing but horizontal rules.

    LibreOffice writes each rule twice, as a drawing and as the VML it was.
    """
    shapes = [shape.tag for picture in header.iter(W + "pict") for shape in picture]
    drawings = list(header.iter(W + "drawing"))
    texts = any((text.text or "").strip() for text in header.iter(W + "t"))
    ruled = all(tag == V_LINE for tag in shapes) and all(map(_is_rule, drawings))
    return bool(shapes or drawings) and not texts and ruled


def _is_rule(drawing: etree._Element) -> bool:
    forms = [str(shape.get("prst")) for shape in drawing.iter(_SHAPE)]
    extent = next(drawing.iter(_EXTENT), None)
    return forms == ["line"] and extent is not None and extent.get("cy") == "0"

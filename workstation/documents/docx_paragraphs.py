"""Paragraphs of a .docx with everything that decides their lines written out.

Exact leading, kinsoku, no hanging punctuation, no automatic spacing between scripts, no grid: so
Word, WPS, LibreOffice and our own layout come to the same lines.
"""

import re
from dataclasses import dataclass

from lxml import etree

from workstation.documents.blocks import Align
from workstation.documents.docx_package import WORD, W
from workstation.documents.docx_parts import RULED_STYLE, font_attributes
from workstation.documents.fonts import FontStyle
from workstation.documents.form_language import InlinePiece
from workstation.documents.presets import LineStyle

_TWIPS = 20
_JUSTIFICATION = {
    Align.JUSTIFY: "both",
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
}
_SWITCHES = ("kinsoku", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WHOLE_TAG = re.compile(r"\{\{(.*)\}\}\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphFormat:
    """Everything of a paragraph but its text; lengths are points."""

    style: LineStyle
    left: float = 0.0
    right: float = 0.0
    keep_next: bool = False
    page_break_before: bool = False
    ruled: bool = False
    rule_below: bool = False
    at_least: bool = False


def element(name: str, /, **attributes: object) -> etree._Element:
    """Return an element of the WordprocessingML namespace with its attributes."""
    made = etree.Element(W + name)
    for key, value in attributes.items():
        made.set(W + key, str(value))
    return made


def twips(points: float) -> int:
    """Return points in twentieths, as .docx counts lengths."""
    return round(points * _TWIPS)


def write_paragraph(pieces: tuple[InlinePiece, ...], shape: ParagraphFormat) -> etree._Element:
    """Return a ``w:p`` with all switches written out; children in the schema's order."""
    style = shape.style
    properties = element("pPr")
    if shape.ruled:
        properties.append(element("pStyle", val=RULED_STYLE))
    if shape.keep_next:
        properties.append(element("keepNext"))
    if shape.page_break_before:
        properties.append(element("pageBreakBefore"))
    properties.append(element("widowControl", val=int(shape.keep_next)))
    if shape.rule_below:
        border = element("pBdr")
        border.append(element("bottom", val="single", sz=4, space=0, color="000000"))
        properties.append(border)
    for switch in _SWITCHES:
        properties.append(element(switch, val=int(switch == "kinsoku")))
    properties.append(element("snapToGrid", val=0))
    properties.append(
        element(
            "spacing",
            before=0,
            after=0,
            line=twips(style.lead),
            lineRule="atLeast" if shape.at_least else "exact",
        )
    )
    properties.append(
        element(
            "ind",
            left=twips(shape.left),
            right=twips(shape.right),
            firstLine=twips(style.indent * style.size),
        )
    )
    properties.append(element("jc", val=_JUSTIFICATION[style.align]))
    properties.append(_run_properties(style.font, style.size))
    paragraph = element("p")
    paragraph.append(properties)
    paragraph.extend(write_run(piece, style) for piece in pieces)
    return paragraph


def write_run(piece: InlinePiece, style: LineStyle) -> etree._Element:
    """Return a ``w:r``; an emphasised piece is 黑体, a blank is underlined and padded."""
    font = FontStyle.HEI if piece.emphasis else style.font
    run = element("r")
    run.append(_run_properties(font, style.size, underline=piece.blank is not None))
    text = element("t")
    text.set(_SPACE, "preserve")
    text.text = piece.text if piece.blank is None else _blank(piece.text, piece.blank)
    run.append(text)
    return run


def _run_properties(font: FontStyle, size: float, *, underline: bool = False) -> etree._Element:
    fonts = f'<w:rPr xmlns:w="{WORD}"><w:rFonts {font_attributes(font)}/></w:rPr>'
    properties = etree.fromstring(fonts)
    properties.append(element("sz", val=round(size * 2)))
    properties.append(element("szCs", val=round(size * 2)))
    if underline:
        properties.append(element("u", val="single"))
    return properties


def _blank(text: str, width: int) -> str:
    match = WHOLE_TAG.match(text)
    if match:
        return f"{{{{ ({match[1].strip()})|blank({width}) }}}}"
    return "{{ " + repr(text) + f"|blank({width}) " + "}}"

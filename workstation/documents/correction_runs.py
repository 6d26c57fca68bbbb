"""Runs of a .docx for corrections of a record: struck words, added words, where to finger-print.

The place is the small character 印 in a dotted circle, which takes no room of its own.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from workstation.documents.docx_package import W
from workstation.documents.docx_pictures import EMU
from workstation.domain.corrections import CorrectionKind, correction_mark, correction_pieces

THUMB = "印"
THUMB_SIZE = 8.0
_GAP = "\u3000"
_OFF = frozenset({"off", "0", "false", "none"})
_DIAMETER = 22.0
_DROP = 5.0
_SIZE = re.compile(r"<w:sz(Cs)? w:val=\"[\d.]+\"/>")
_SPACING = re.compile(r"<w:spacing [^>]*/>")
_CLOSE = "</w:t></w:r>"
_ADDED = '<w:u w:val="single"/>'
_STRUCK = "<w:strike/>"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WP = f"{{{_DRAWING}/wordprocessingDrawing}}"
_GEOMETRY = f"{{{_DRAWING}/main}}prstGeom"
_CIRCLE = (
    f'<w:r><w:drawing><wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0"'
    ' distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0"'
    ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="character"><wp:posOffset>'
    f"{round((THUMB_SIZE - _DIAMETER) / 2 * EMU)}</wp:posOffset></wp:positionH>"
    f'<wp:positionV relativeFrom="line"><wp:posOffset>{round(_DROP * EMU)}</wp:posOffset>'
    f'</wp:positionV><wp:extent cx="{round(_DIAMETER * EMU)}" cy="{round(_DIAMETER * EMU)}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="{number}" name="更正处捺印"/><wp:cNvGraphicFramePr/>'
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_SHAPE}">'
    f'<wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    f'<a:ext cx="{round(_DIAMETER * EMU)}" cy="{round(_DIAMETER * EMU)}"/></a:xfrm>'
    '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="6350"><a:solidFill>'
    '<a:srgbClr val="000000"/></a:solidFill><a:prstDash val="sysDash"/></a:ln></wps:spPr>'
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
)


def corrected_line(
    line: str, open_run: str, escape: Callable[[str], str], numbers: Iterator[int]
) -> str:
    """Return a line as the content of a run that ``open_run`` begins, with its corrections.

    The run is closed and begun again around every correction; ``numbers`` number the circles.
    """
    written = ""
    for text, kind, is_last in correction_pieces(line):
        if kind is None:
            written += escape(text)
            continue
        look = (
            _with_property(open_run, _STRUCK, before="<w:sz ")
            if kind is CorrectionKind.STRUCK
            else _with_property(open_run, _ADDED, before="</w:rPr>")
        )
        written += _CLOSE + look + escape(text) + _CLOSE
        written += (_thumb(open_run, next(numbers)) if is_last else "") + open_run
    return written


def _with_property(open_run: str, xml: str, *, before: str) -> str:
    place = before if before in open_run else "</w:rPr>"
    if place not in open_run:
        return open_run.replace("<w:t", f"<w:rPr>{xml}</w:rPr><w:t", 1)
    return open_run.replace(place, xml + place, 1)


def _thumb(open_run: str, number: int) -> str:
    """Return the place of a finger-print: a gap, the circle, the character and a gap."""
    plain = _SIZE.sub("", _SPACING.sub("", open_run))
    half_points = round(THUMB_SIZE * 2)
    small = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    gap = _with_property(plain, small, before="</w:rPr>")
    spaced = f'<w:spacing w:val="{round(THUMB_SIZE * 20)}"/>{small}'
    mark = _with_property(plain, spaced, before="</w:rPr>")
    circle = _CIRCLE.replace("{number}", str(number))
    return f"{gap}{_GAP}{_CLOSE}{circle}{mark}{THUMB}{_CLOSE}"


def read_circle(drawing: etree._Element) -> float:
    """Return the diameter in points of the circle that a drawing is, 0 for anything else."""
    anchor = next(drawing.iter(_WP + "anchor"), None)
    shapes = [shape.get("prst") for shape in drawing.iter(_GEOMETRY)]
    extent = None if anchor is None else anchor.find(_WP + "extent")
    if extent is None or shapes != ["ellipse"] or next(drawing.iter(W + "t"), None) is not None:
        return 0.0
    return int(extent.get("cx", "0")) / EMU


def bears_corrections(root: etree._Element) -> bool:
    """Whether a part of a .docx may hold struck words or a place to finger-print."""
    return next(root.iter(W + "strike", _GEOMETRY), None) is not None


def is_left_out(text: etree._Element) -> bool:
    """Whether a ``w:t`` is no word of the paper: struck out, or the place of a finger-print."""
    return _kind_of(text) is CorrectionKind.STRUCK or _is_thumb(text)


def marked_texts(paragraph: etree._Element) -> dict[etree._Element, str]:
    """Return what the ``w:t`` of corrections were typed as, marks included.

    Words are underlined for other reasons too: those before a place to finger-print were put in.
    """
    typed: dict[etree._Element, str] = {}
    underlined: list[etree._Element] = []
    for text in paragraph.iter(W + "t"):
        kind = _kind_of(text)
        if _is_thumb(text):
            typed |= {put: _marked(put, CorrectionKind.ADDED) for put in underlined}
            typed[text] = ""
            underlined = []
        elif kind is CorrectionKind.STRUCK:
            typed[text] = _marked(text, kind)
        elif kind is CorrectionKind.ADDED:
            underlined.append(text)
        elif text.text:
            underlined = []
    return typed


def _marked(text: etree._Element, kind: CorrectionKind) -> str:
    return correction_mark(text.text or "", kind)


def _kind_of(text: etree._Element) -> CorrectionKind | None:
    if _property(text, "strike") not in _OFF:
        return CorrectionKind.STRUCK
    return CorrectionKind.ADDED if _property(text, "u") not in _OFF else None


def _is_thumb(text: etree._Element) -> bool:
    small = _property(text, "sz") == str(round(THUMB_SIZE * 2))
    return small and text.text in {THUMB, _GAP}


def _property(text: etree._Element, name: str) -> str:
    """Return the value of a property of the run of a ``w:t``; one without a value is on."""
    run = text.getparent()
    found = None if run is None else run.find(f"{W}rPr/{W}{name}")
    return "off" if found is None else str(found.get(W + "val", "on"))

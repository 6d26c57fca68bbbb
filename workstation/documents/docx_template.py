"""Compiling a form source to a .docx template with its Jinja tags as visible text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from workstation.documents.blocks import Align, Stroke
from workstation.documents.docx_footers import build_footers, footer_references
from workstation.documents.docx_package import DOCUMENT_PART, RELATIONSHIP, WORD, DocxPackage, R, W
from workstation.documents.docx_paragraphs import (
    WHOLE_TAG,
    ParagraphFormat,
    element,
    twips,
    write_paragraph,
)
from workstation.documents.docx_parts import static_parts, story_id
from workstation.documents.docx_ruling import build_headers, header_references
from workstation.documents.docx_strokes import write_stroke
from workstation.documents.docx_tables import write_table
from workstation.documents.filters import cut
from workstation.documents.form_language import (
    BodyBlock,
    CellPart,
    CellSource,
    InlinePiece,
    Line,
    RowSource,
    Statement,
    TableSource,
    parse_body,
    parse_inline,
    split_columns,
)
from workstation.documents.form_records import FieldType, FormDefinition, FormSourceError
from workstation.documents.presets import LineStyle, PagePreset

# Ends a letter; whom it goes to follows on a line of its own.
_SALUTATION = "此致"
# What stands under a signature.
_SIGNED_OFF = frozenset({"note", "blank"})
# The least line Word allows, in points.
_PARTING = 0.7
_FIELD = re.compile(r"(?<![\w.])f\.([a-z]\w*)")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def build_template(form: FormDefinition, presets: Mapping[str, PagePreset]) -> DocxPackage:
    """Compile a form source to a .docx template.

    Raises:
        FormSourceError: the body breaks the form language, or names an unknown preset.
    """
    preset = presets.get(form.preset)
    if preset is None:
        raise FormSourceError(form.source, 1, f"没有名为“{form.preset}”的页面预设。")
    blocks = parse_body(form)
    headers = build_headers(blocks, preset)
    footers = build_footers(form, preset)
    document = _BodyWriter(preset).document(blocks, _long_fields(form))
    stories = dict.fromkeys(headers, "header") | dict.fromkeys(footers, "footer")
    parts = static_parts(preset, title=form.title, stories=stories)
    parts[DOCUMENT_PART] = _serialise(document)
    stored = headers | footers
    parts |= {f"word/{name}": _serialise(root) for name, root in stored.items()}
    return DocxPackage(parts)


def _serialise(root: etree._Element) -> bytes:
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


class _BodyWriter:
    """Turns blocks into the children of ``w:body``."""

    def __init__(self, preset: PagePreset) -> None:
        self._preset = preset
        self._break_pending = False

    def document(
        self, blocks: tuple[BodyBlock, ...], long_fields: frozenset[str]
    ) -> etree._Element:
        root = etree.Element(W + "document", nsmap={"w": WORD, "r": RELATIONSHIP})
        body = etree.SubElement(root, W + "body")
        kept = _kept_with_signature(blocks) | _headings_of_text(blocks)
        kept |= _kept_in_slips(blocks, long_fields)
        parted = _tables_to_part(blocks)
        for position, block in enumerate(blocks):
            if position in parted:
                # Thinner than a twentieth of a line, so that the borders read as one.
                body.append(write_paragraph((), ParagraphFormat(style=self._thin(_PARTING))))
            body.extend(self._block(block, keep_next=position in kept))
        if len(body) == 0 or body[-1].tag == W + "tbl":
            # Word wants a paragraph after a table; as low as it gets, so as to need no page.
            body.append(write_paragraph((), ParagraphFormat(style=self._thin())))
        body.append(self._section(header_references(blocks, self._preset)))
        return root

    def _thin(self, lead: float = 1.0) -> LineStyle:
        return replace(self._preset.body, size=1, lead=lead, indent=0, align=Align.LEFT)

    def _block(self, block: BodyBlock, *, keep_next: bool) -> list[etree._Element]:
        if isinstance(block, Statement):
            return [self._paragraph("l", block.text)]
        if isinstance(block, TableSource):
            broken = self._take_break()
            before = [write_paragraph((), self._broken_thin())] if broken else []
            return [*before, self._table(block)]
        if block.kind == "pagebreak":
            self._break_pending = True
            return []
        return self._line(block, keep_next=keep_next)

    def _broken_thin(self) -> ParagraphFormat:
        return ParagraphFormat(style=self._thin(), page_break_before=True)

    def _take_break(self) -> bool:
        pending, self._break_pending = self._break_pending, False
        return pending

    def _line(self, line: Line, *, keep_next: bool) -> list[etree._Element]:
        if line.kind == "sign":
            return self._signature(line, keep_next=keep_next)
        if line.kind == "signs":
            return [self._signature_columns(line)]
        text = line.text
        style = self._preset.lines[line.kind]
        if line.kind == "gap":
            style = replace(style, lead=self._preset.body.lead * float(text))
            text = ""
        elif line.kind == "blank":
            text = text or "（以下空白）"
        elif line.kind == "cut":
            text = self._cutting_line(text, style)
        elif line.kind == "picture":
            text = _picture_tag(text)
        shape = ParagraphFormat(
            style=style,
            keep_next=keep_next or line.kind == "h",
            page_break_before=self._take_break(),
            ruled=line.kind in self._preset.ruled,
            rule_below=line.kind == "rule",
            at_least=line.kind == "picture",
        )
        written = write_paragraph(parse_inline(text), shape)
        if shape.ruled and line.kind == "blank":
            written.append(write_stroke(self._through_unused_lines()))
        return [written]

    def _through_unused_lines(self) -> Stroke:
        lead = self._preset.body.lead
        width = self._preset.setup.text_width
        return Stroke(x0=width, y0=lead, x1=0.0, y1=2 * lead, to_foot=True)

    def _paragraph(self, kind: str, text: str) -> etree._Element:
        shape = ParagraphFormat(style=self._preset.lines[kind])
        return write_paragraph((InlinePiece(text=text),), shape)

    def _cutting_line(self, text: str, style: LineStyle) -> str:
        width = int(self._preset.setup.text_width / style.size) - 1
        tag = WHOLE_TAG.match(text)
        return f"{{{{ ({tag[1].strip()})|cut({width}) }}}}" if tag else cut(text, width)

    def _signature(self, line: Line, *, keep_next: bool) -> list[etree._Element]:
        texts = split_columns(line.text)
        left = self._preset.setup.text_width / 2
        style = self._preset.lines["sign"]
        broken = self._take_break()
        return [
            write_paragraph(
                parse_inline(text),
                ParagraphFormat(
                    style=style,
                    left=left,
                    keep_next=keep_next or position < len(texts) - 1,
                    page_break_before=broken and position == 0,
                ),
            )
            for position, text in enumerate(texts)
        ]

    def _signature_columns(self, line: Line) -> etree._Element:
        texts = split_columns(line.text)
        cells = tuple(_left_cell(column, text) for column, text in enumerate(texts))
        style = self._preset.lines["signs"]
        table = TableSource(
            number=line.number,
            widths=(1.0,) * len(texts),
            size=style.size,
            lead=style.lead,
            header_rows=0,
            borders=False,
            rows=(RowSource(number=line.number, height=style.lead, cells=cells),),
        )
        return self._table(table)

    def _table(self, source: TableSource) -> etree._Element:
        return write_table(source, self._preset)

    def _section(self, headers: Mapping[str, str]) -> etree._Element:
        setup = self._preset.setup
        section = element("sectPr")
        footers = footer_references(self._preset.footer)
        if headers and footers:
            # Only the header of the first page differs; it needs its reference to the footer.
            footers["first"] = footers["default"]
        section.extend(_reference("headerReference", *entry) for entry in headers.items())
        section.extend(_reference("footerReference", *entry) for entry in footers.items())
        size = element("pgSz", w=twips(setup.width), h=twips(setup.height))
        if self._preset.landscape:
            size.set(W + "orient", "landscape")
        section.append(size)
        section.append(
            element(
                "pgMar",
                top=twips(setup.top),
                right=twips(setup.right),
                bottom=twips(setup.bottom),
                left=twips(setup.left),
                header=twips(30),
                footer=twips(setup.footer_distance),
                gutter=0,
            )
        )
        if headers:
            section.append(element("titlePg"))
        return section


def _reference(tag: str, kind: str, name: str) -> etree._Element:
    reference = element(tag, type=kind)
    reference.set(R + "id", story_id(name))
    return reference


def _left_cell(column: int, text: str) -> CellSource:
    return CellSource(column=column, span=1, merged=False, left=True, parts=(CellPart(text=text),))


def _picture_tag(text: str) -> str:
    expression = text.removeprefix("{{").removesuffix("}}").strip()
    return text if "|picture" in expression else f"{{{{ ({expression})|picture }}}}"


def _headings_of_text(blocks: tuple[BodyBlock, ...]) -> set[int]:
    """Return the positions of headings that text follows: they never end a page."""
    printed = [n for n, block in enumerate(blocks) if not isinstance(block, Statement)]
    return {
        first
        for first, second in pairwise(printed)
        if _is_line(blocks[first], "h", "k") and _is_line(blocks[second], "p", "p0", "k", "l")
    }


def _tables_to_part(blocks: tuple[BodyBlock, ...]) -> set[int]:
    """Return the positions of tables that need a paragraph before them.

    Word and LibreOffice take neighbouring tables for one; a heading in the middle of it would
    not be repeated, one at its top would be on every page of the whole.
    """
    printed = [n for n, block in enumerate(blocks) if not isinstance(block, Statement)]
    parted = set()
    for first, second in pairwise(printed):
        above, below = blocks[first], blocks[second]
        if not isinstance(above, TableSource) or not isinstance(below, TableSource):
            continue
        if above.header_rows or below.header_rows:
            parted.add(second)
    return parted


def _long_fields(form: FormDefinition) -> frozenset[str]:
    return frozenset(field.name for field in form.fields if field.type is FieldType.LONG_TEXT)


def _kept_in_slips(blocks: tuple[BodyBlock, ...], long_fields: frozenset[str]) -> set[int]:
    """Return the positions of what a cutting line and the slip below it need to stay whole.

    A line that prints a long text may be parted from what follows: it could be longer than a page.
    """
    kept: set[int] = set()
    slip: list[int] = []
    for position, block in enumerate(blocks):
        if _is_line(block, "cut", "pagebreak"):
            kept.update(slip[:-1])
            slip = [position] if _is_line(block, "cut") else []
        elif slip and isinstance(block, Line):
            slip.append(position)
    kept.update(slip[:-1])
    return {n for n in kept if long_fields.isdisjoint(_printed_fields(blocks[n]))}


def _printed_fields(block: BodyBlock) -> list[str]:
    return _FIELD.findall(block.text) if isinstance(block, Line) else []


def _is_line(block: BodyBlock, *kinds: str) -> bool:
    return isinstance(block, Line) and block.kind in kinds


def _kept_with_signature(blocks: tuple[BodyBlock, ...]) -> set[int]:
    """Return the positions of what goes to a new page with a signature: gaps and a paragraph.

    A line of a record to be signed (“…（签名）：”) is kept like a signature; a note or “以下空白”
    behind a signature doesn't stand alone either.
    """
    kept: set[int] = set()
    for position, block in enumerate(blocks):
        if isinstance(block, Line) and (block.kind in _SIGNED_OFF or _is_signed(block)):
            kept.update(_before(blocks, position))
        if isinstance(block, Line) and block.text.strip() == _SALUTATION:
            kept.add(position)
    return kept


def _before(blocks: tuple[BodyBlock, ...], position: int) -> Iterator[int]:
    """Yield the positions of the gaps and of the line before a line, none behind a table."""
    for before in range(position - 1, -1, -1):
        previous = blocks[before]
        if isinstance(previous, TableSource):
            return
        if isinstance(previous, Line):
            yield before
            if previous.kind != "gap":
                return


def _is_signed(line: Line) -> bool:
    return line.kind == "sign" or (line.kind == "l" and "签名" in line.text)

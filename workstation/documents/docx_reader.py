"""Reading a filled .docx: the supported subset becomes a document model, the rest is refused.

The subset is written down in ``docs/docx_subset.md``.
"""

from collections.abc import Mapping
from posixpath import normpath

from lxml import etree

from workstation.documents.blocks import Block, DocumentModel, PageSetup, Paragraph
from workstation.documents.docx_faults import Place
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DamagedDocxError,
    DocxPackage,
    R,
    W,
    open_package,
    parse_part,
)
from workstation.documents.docx_parts import RULED_STYLE
from workstation.documents.docx_ruling import is_ruling
from workstation.documents.docx_styles import TWIPS, read_style_sheet
from workstation.documents.paragraph_reader import ParagraphReader
from workstation.documents.table_reader import TableReader

_STYLES = "word/styles.xml"
_SETTINGS = "word/settings.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_EMPTY_STYLES = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()
_TRANSPARENT = frozenset({W + "sdt", W + "sdtContent", W + "customXml"})
_SKIPPED = frozenset(
    W + name
    for name in [
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "permStart",
        "permEnd",
        "sdtPr",
        "sdtEndPr",
    ]
)


def read_docx(data: bytes) -> DocumentModel:
    """Read a .docx file.

    Raises:
        DamagedDocxError: it can't be opened safely.
        UnsupportedDocxError: it holds something outside the subset; the message names the place.
    """
    return read_package(open_package(data))


def read_package(package: DocxPackage) -> DocumentModel:
    """Read the parts of a .docx, as filling returns them or as a file holds them.

    Raises:
        DamagedDocxError: a part is missing or malformed.
        UnsupportedDocxError: it holds something outside the subset; the message names the place.
    """
    return _DocumentReader(package).model()


class _DocumentReader:
    def __init__(self, package: DocxPackage) -> None:
        self._package = package
        self._document = package.parts[DOCUMENT_PART]
        body = parse_part(self._document).find(W + "body")
        section = None if body is None else body.find(W + "sectPr")
        if body is None or section is None:
            raise DamagedDocxError("文件中没有正文或页面设置。", hint="请另存为 .docx 后重试。")
        self._body = body
        self._section = section
        self._targets = self._relationship_targets()
        self._styles = read_style_sheet(package.parts.get(_STYLES, _EMPTY_STYLES))

    def model(self) -> DocumentModel:
        setup = self._setup()
        footers = self._footers()
        self._check_headers()
        reader = ParagraphReader(self._styles, self._pictures())
        tables = TableReader(self._styles, reader, setup.text_width)
        return DocumentModel(
            setup=setup,
            blocks=tuple(self._blocks(self._body, reader, tables)),
            footer=footers.get("default", ()),
            even_footer=footers.get("even", ()) if self._even_and_odd() else (),
        )

    def _blocks(
        self, parent: etree._Element, reader: ParagraphReader, tables: TableReader
    ) -> list[Block]:
        place = reader.place
        blocks: list[Block] = []
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                place.paragraph += 1
                blocks.extend(reader.read(element))
            elif tag == W + "tbl":
                place.table += 1
                blocks.append(tables.read(element))
                place.row = place.cell = 0
            elif tag in _TRANSPARENT:
                blocks.extend(self._blocks(element, reader, tables))
            elif tag not in _SKIPPED and element is not self._section:
                place.paragraph += 1
                raise place.refuse_element(element)
        return blocks

    def _setup(self) -> PageSetup:
        place = Place(story="页面设置")
        size = self._section.find(W + "pgSz")
        margins = self._section.find(W + "pgMar")
        if size is None or margins is None:
            raise DamagedDocxError("文件中没有纸张大小或页边距。", hint="请另存为 .docx 后重试。")
        columns = self._section.find(W + "cols")
        if columns is not None and int(columns.get(W + "num", "1")) > 1:
            raise place.refuse("分栏")

        def points(element: etree._Element, name: str) -> float:
            return float(element.get(W + name, "0")) / TWIPS

        return PageSetup(
            width=points(size, "w"),
            height=points(size, "h"),
            top=points(margins, "top"),
            right=points(margins, "right"),
            bottom=points(margins, "bottom"),
            left=points(margins, "left") + points(margins, "gutter"),
            footer_distance=points(margins, "footer"),
        )

    def _relationship_targets(self) -> Mapping[str, str]:
        data = self._package.parts.get(_RELATIONSHIPS)
        if data is None:
            return {}
        return {
            str(link.get("Id")): normpath(f"word/{link.get('Target')}")
            for link in parse_part(data)
            if link.get("TargetMode") != "External"
        }

    def _pictures(self) -> Mapping[str, bytes]:
        parts = self._package.parts
        return {
            identifier: parts[target]
            for identifier, target in self._targets.items()
            if target.startswith("word/media/") and target in parts
        }

    def _even_and_odd(self) -> bool:
        data = self._package.parts.get(_SETTINGS, b"")
        return b"evenAndOddHeaders" in data and self._has_toggle(data)

    def _has_toggle(self, data: bytes) -> bool:
        toggle = parse_part(data).find(W + "evenAndOddHeaders")
        return toggle is not None and toggle.get(W + "val") not in {"0", "false", "off"}

    def _footers(self) -> dict[str, tuple[Paragraph, ...]]:
        footers: dict[str, tuple[Paragraph, ...]] = {}
        named: dict[str, str] = {}
        for reference in self._section.findall(W + "footerReference"):
            kind = reference.get(W + "type", "default")
            named[kind] = self._targets.get(str(reference.get(R + "id")), "")
            footers[kind] = self._story(named[kind], "页脚")
        first_differs = self._section.find(W + "titlePg") is not None
        if first_differs and named.get("first") != named.get("default"):
            raise Place(story="页脚").refuse("首页不同的页脚")
        return footers

    def _check_headers(self) -> None:
        for reference in self._section.findall(W + "headerReference"):
            target = self._targets.get(str(reference.get(R + "id")), "")
            data = self._package.parts.get(target, b"")
            if data and is_ruling(parse_part(data)) and RULED_STYLE.encode() in self._document:
                continue
            if any(paragraph.runs for paragraph in self._story(target, "页眉")):
                raise Place(story="页眉").refuse("页眉文字")

    def _story(self, target: str, name: str) -> tuple[Paragraph, ...]:
        data = self._package.parts.get(target)
        if data is None:
            raise DamagedDocxError(f"文件缺少{name}部分。", hint="请另存为 .docx 后重试。")
        reader = ParagraphReader(self._styles, {}, Place(story=name))
        paragraphs: list[Paragraph] = []
        for element in parse_part(data):
            reader.place.paragraph += 1
            if element.tag == W + "p":
                paragraphs.extend(reader.read(element))
            elif element.tag not in _SKIPPED:
                raise reader.place.refuse_element(element)
        return tuple(paragraphs)

"""Reading a filled .docx: the supported subset becomes a document model, the rest is refused.

The subset is written down in ``docs/docx_subset.md``.
"""

from collections.abc import Iterator, Mapping
from posixpath import normpath

from lxml import etree

from workstation.documents.blocks import Block, DocumentModel, PageSetup, Paragraph, Stories
from workstation.documents.docx_faults import DocxFault, Place, is_on
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DamagedDocxError,
    DocxPackage,
    R,
    W,
    open_package,
    parse_part,
)
from workstation.documents.docx_revisions import as_final
from workstation.documents.docx_ruling import is_ruling
from workstation.documents.docx_styles import TWIPS, StyleSheet, read_style_sheet
from workstation.documents.paragraph_reader import ParagraphReader
from workstation.documents.table_reader import TableReader

_USES = {"first": "首页", "even": "偶数页"}
_VAL = W + "val"
# Word's own distance of tab stops, half an inch.
_TAB_DISTANCE = 36.0
STYLES_PART = "word/styles.xml"
_SETTINGS = "word/settings.xml"
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
    return read_package(as_final(open_package(data)))


def read_package(package: DocxPackage) -> DocumentModel:
    """Read the parts of a .docx, as filling returns them or as a file holds them.

    Raises:
        DamagedDocxError: a part is missing or malformed.
        UnsupportedDocxError: it holds something outside the subset; the message names the place.
    """
    return _DocumentReader(package).model()


def faults_of(package: DocxPackage) -> tuple[DocxFault, ...]:
    """Return everything outside the subset, each with its place, instead of the first of it.

    Raises:
        DamagedDocxError: a part is missing or malformed.
    """
    found: list[DocxFault] = []
    _DocumentReader(package, found).model()
    return tuple(found)


class _DocumentReader:
    def __init__(self, package: DocxPackage, found: list[DocxFault] | None = None) -> None:
        self._package = package
        self._found = found
        body = parse_part(package.parts[DOCUMENT_PART]).find(W + "body")
        section = None if body is None else body.find(W + "sectPr")
        if body is None or section is None:
            raise DamagedDocxError("文件中没有正文或页面设置。", hint="请另存为 .docx 后重试。")
        self._body = body
        self._section = section
        self._targets = self._relationship_targets()
        sheet = package.parts.get(STYLES_PART, _EMPTY_STYLES)
        strict = found is None
        self._styles = read_style_sheet(sheet) if strict else StyleSheet(parse_part(sheet), found)

    def model(self) -> DocumentModel:
        setup = self._setup()
        headers = self._stories("header", "页眉")
        footers = self._stories("footer", "页脚")
        place = Place(found=self._found)
        reader = ParagraphReader(self._styles, self._pictures(), place, self._tab_distance())
        tables = TableReader(self._styles, reader, setup.text_width)
        return DocumentModel(
            setup=setup,
            blocks=tuple(self._blocks(self._body, reader, tables)),
            headers=headers,
            footers=footers,
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
                place.refuse_element(element)
        return blocks

    def _setup(self) -> PageSetup:
        place = Place(story="页面设置", found=self._found)
        size = self._section.find(W + "pgSz")
        margins = self._section.find(W + "pgMar")
        if size is None or margins is None:
            raise DamagedDocxError("文件中没有纸张大小或页边距。", hint="请另存为 .docx 后重试。")
        columns = self._section.find(W + "cols")
        if columns is not None and int(columns.get(W + "num", "1")) > 1:
            place.refuse("分栏", "在“布局”中把分栏改为一栏。")

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
            header_distance=points(margins, "header"),
        )

    def _relationship_targets(self, part: str = DOCUMENT_PART) -> Mapping[str, str]:
        data = self._package.parts.get(f"word/_rels/{part.removeprefix('word/')}.rels")
        if data is None:
            return {}
        return {
            str(link.get("Id")): normpath(f"word/{link.get('Target')}")
            for link in parse_part(data)
            if link.get("TargetMode") != "External"
        }

    def _pictures(self, story: str = "") -> Mapping[str, bytes]:
        parts = self._package.parts
        targets = self._relationship_targets(story) if story else self._targets
        return {
            identifier: parts[target]
            for identifier, target in targets.items()
            if target.startswith("word/media/") and target in parts
        }

    def _even_and_odd(self) -> bool:
        toggle = self._setting("evenAndOddHeaders")
        return toggle is not None and is_on(toggle)

    def _tab_distance(self) -> float:
        distance = self._setting("defaultTabStop")
        return _TAB_DISTANCE if distance is None else float(distance.get(_VAL, "0")) / TWIPS

    def _setting(self, name: str) -> etree._Element | None:
        data = self._package.parts.get(_SETTINGS, b"")
        return parse_part(data).find(W + name) if name.encode() in data else None

    def _stories(self, kind: str, name: str) -> Stories:
        found: dict[str, tuple[Paragraph, ...]] = {}
        for reference in self._section.findall(f"{W}{kind}Reference"):
            use = reference.get(W + "type", "default")
            target = self._targets.get(str(reference.get(R + "id")), "")
            found[use] = self._story(target, _USES.get(use, "") + name)
        return Stories(
            default=found.get("default", ()),
            even=found.get("even", ()) if self._even_and_odd() else None,
            first=found.get("first", ()) if self._first_differs() else None,
        )

    def _first_differs(self) -> bool:
        switch = self._section.find(W + "titlePg")
        return switch is not None and is_on(switch)

    def _story(self, target: str, name: str) -> tuple[Paragraph, ...]:
        data = self._package.parts.get(target)
        if data is None:
            raise DamagedDocxError(f"文件缺少{name}部分。", hint="请另存为 .docx 后重试。")
        root = parse_part(data)
        if is_ruling(root) and self._is_ruled():
            return ()
        place = Place(story=name, found=self._found)
        pictures = self._pictures(target)
        reader = ParagraphReader(self._styles, pictures, place, self._tab_distance())
        return tuple(self._story_paragraphs(root, reader))

    def _story_paragraphs(
        self, parent: etree._Element, reader: ParagraphReader
    ) -> Iterator[Paragraph]:
        for element in parent:
            if element.tag in _TRANSPARENT:
                yield from self._story_paragraphs(element, reader)
            elif element.tag == W + "p":
                reader.place.paragraph += 1
                yield from reader.read(element)
            elif element.tag not in _SKIPPED:
                reader.place.paragraph += 1
                reader.place.refuse_element(element)

    def _is_ruled(self) -> bool:
        named = {str(style.get(W + "val")) for style in self._body.iter(W + "pStyle")}
        return any(self._styles.style(name).ruled for name in named)

"""A document model laid out on pages: the one layout behind screen, PDF and printer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from workstation.documents.blocks import (
    Block,
    Cell,
    DocumentModel,
    PageField,
    PageFieldRun,
    Paragraph,
    Run,
    Stories,
    Table,
    TextRun,
)
from workstation.documents.display_list import (
    LaidOutDocument,
    Operation,
    Page,
    WatermarkOperation,
    faces_of,
    moved,
)
from workstation.documents.fonts import FontFace, FontLibrary, FontStyle
from workstation.documents.kinsoku import WORD, KinsokuProfile
from workstation.documents.line_breaking import LINE_END, TAB
from workstation.documents.page_flow import DraftPage, PageFlow
from workstation.documents.shaped_lines import LayoutCache, Strip
from workstation.documents.table_flow import TableFlow
from workstation.documents.table_layout import measure_table

_DIGITS = "0123456789"
_UNDRAWN = {ord(TAB): None, ord(LINE_END): None}
_WATERMARK_STYLE = FontStyle.HEI
# Page numbers in the text can move lines, which can move pages; a document that has not settled
# by then never will.
_MOST_PASSES = 4


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The page each block had reached in the pass before, and how many pages there were."""

    pages_of_blocks: tuple[int, ...]
    total: int


def lay_out(
    model: DocumentModel,
    fonts: FontLibrary,
    *,
    profile: KinsokuProfile = WORD,
    watermark: str = "",
    cache: LayoutCache | None = None,
) -> LaidOutDocument:
    """Break a document into lines and pages and resolve its page numbers.

    ``watermark`` is written large and pale beneath the text of every page. A caller that lays the
    same document out again and again passes one ``cache`` so that unchanged paragraphs are kept.

    Raises:
        GlyphMissingError: a character can't be printed; nothing has been laid out.
    """
    require_glyphs(model, fonts, watermark)
    layout = _Layout(model, fonts, profile, cache or LayoutCache())
    return layout.run(watermark)


def require_glyphs(model: DocumentModel, fonts: FontLibrary, watermark: str = "") -> None:
    """Check that every character of a document can be printed in its style.

    Raises:
        GlyphMissingError: names the characters of the first style that lacks any.
    """
    wanted: dict[FontStyle, list[str]] = {}
    for run in _runs(model):
        if isinstance(run, TextRun):
            wanted.setdefault(run.style.font, []).append(run.text.translate(_UNDRAWN))
        elif isinstance(run, PageFieldRun):
            wanted.setdefault(run.style.font, []).append(_DIGITS)
    if watermark:
        wanted.setdefault(_WATERMARK_STYLE, []).append(watermark)
    for style, texts in wanted.items():
        fonts.require("".join(texts), style)


def _runs(model: DocumentModel) -> Iterator[Run]:
    stories = (*model.headers.all, *model.footers.all)
    for paragraph in _paragraphs((*model.blocks, *chain.from_iterable(stories))):
        yield from paragraph.runs


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def _has_fields(blocks: Iterable[Block]) -> bool:
    return any(
        isinstance(run, PageFieldRun)
        for paragraph in _paragraphs(blocks)
        for run in paragraph.runs
    )


def resolve_fields(paragraph: Paragraph, page: int, pages: int) -> Paragraph:
    """Return the paragraph with page numbers written out; the same object if it has none."""
    if not any(isinstance(run, PageFieldRun) for run in paragraph.runs):
        return paragraph
    numbers = {PageField.PAGE: str(page), PageField.PAGES: str(pages)}
    runs = tuple(
        TextRun(text=numbers[run.kind], style=run.style) if isinstance(run, PageFieldRun) else run
        for run in paragraph.runs
    )
    return replace(paragraph, runs=runs)


class _Layout:
    """One document on its way to pages."""

    def __init__(
        self,
        model: DocumentModel,
        fonts: FontLibrary,
        profile: KinsokuProfile,
        cache: LayoutCache,
    ) -> None:
        self._model = model
        self._fonts = fonts
        self._profile = profile
        # LibreOffice lets no punctuation hang out of a cell.
        self._cell_profile = replace(profile, hanging=frozenset())
        self._cache = cache

    def run(self, watermark: str) -> LaidOutDocument:
        """Return the finished pages."""
        flow = self._settle()
        setup = self._model.setup
        beneath: tuple[Operation, ...] = ()
        faces: list[FontFace] = []
        if watermark:
            face = self._cache.tables(self._fonts)[_WATERMARK_STYLE][watermark[0]][0]
            beneath = (WatermarkOperation(text=watermark, face=face),)
            faces.append(face)
        pages = []
        for number, draft in enumerate(flow.pages, start=1):
            self._add_header(draft, number, len(flow.pages))
            self._add_footer(draft, number, len(flow.pages))
            pages.append(
                Page(
                    width=setup.width,
                    height=setup.height,
                    operations=(*beneath, *draft.operations),
                    lines=tuple(draft.lines),
                )
            )
        drawn = faces_of(operation for page in pages for operation in page.operations)
        unique = {face.key: face for face in (*drawn, *faces)}
        return LaidOutDocument(
            pages=tuple(pages),
            faces=tuple(unique.values()),
            stroke_heights=tuple(flow.stroke_heights),
        )

    def _settle(self) -> PageFlow:
        blocks = self._model.blocks
        numbers = _Numbers((1,) * len(blocks), 1)
        flow, found = self._flow(numbers)
        if not _has_fields(blocks):
            return flow
        for _ in range(_MOST_PASSES):
            if found == numbers:
                break
            numbers = found
            flow, found = self._flow(numbers)
        return flow

    def _flow(self, numbers: _Numbers) -> tuple[PageFlow, _Numbers]:
        setup = self._model.setup
        model = self._model
        top = max(setup.top, setup.header_distance + self._height(model.headers))
        bottom = max(setup.bottom, setup.footer_distance + self._height(model.footers))
        flow = PageFlow(setup, bottom, top)
        started: list[int] = []
        kept: list[Strip] = []
        for index, block in enumerate(self._model.blocks):
            place = (numbers.pages_of_blocks[index], numbers.total)
            if isinstance(block, Paragraph):
                self._add_paragraph(flow, self._strips(block, setup.text_width, place), kept)
            else:
                self._add_table(flow, block, kept, place)
            started.append(len(flow.pages))
        self._release(flow, kept)
        return flow, _Numbers(tuple(started), len(flow.pages))

    def _add_paragraph(self, flow: PageFlow, strips: Sequence[Strip], kept: list[Strip]) -> None:
        for strip in strips:
            if strip.breaks_page:
                self._release(flow, kept)
                if not flow.is_at_top:
                    flow.start_page(is_forced=True)
            kept.append(strip)
            if not strip.keeps_next:
                self._release(flow, kept)

    def _release(self, flow: PageFlow, kept: list[Strip], following: float = 0.0) -> None:
        if kept:
            flow.keep_together(kept, following)
        for strip in kept:
            flow.place(strip, self._model.setup.left)
        kept.clear()

    def _add_table(
        self, flow: PageFlow, table: Table, kept: list[Strip], place: tuple[int, int]
    ) -> None:
        if not table.rows:
            return
        resolved = _resolve_table(table, *place) if _has_fields((table,)) else table
        rows = measure_table(resolved, self._model.setup.left, self._shape_in_cell)
        moves = self._profile.moves_long_rows
        table_flow = TableFlow(rows, flow, moves_long_rows=moves)
        self._release(flow, kept, table_flow.first_height)
        table_flow.place_all()

    def _shape_in_cell(self, paragraph: Paragraph, measure: float) -> tuple[Strip, ...]:
        return self._cache.strips(paragraph, measure, self._cell_profile, self._fonts)

    def _shape(self, paragraph: Paragraph, measure: float) -> tuple[Strip, ...]:
        return self._cache.strips(paragraph, measure, self._profile, self._fonts)

    def _strips(
        self, paragraph: Paragraph, measure: float, place: tuple[int, int]
    ) -> tuple[Strip, ...]:
        return self._shape(resolve_fields(paragraph, *place), measure)

    def _story(self, paragraphs: Sequence[Paragraph], number: int, total: int) -> list[Strip]:
        width = self._model.setup.text_width
        return [
            strip
            for paragraph in paragraphs
            for strip in self._strips(paragraph, width, (number, total))
        ]

    def _height(self, stories: Stories) -> float:
        return max(sum(strip.height for strip in self._story(s, 1, 1)) for s in stories.all)

    def _add_header(self, draft: DraftPage, number: int, total: int) -> None:
        setup = self._model.setup
        strips = self._story(self._model.headers.of_page(number), number, total)
        lines = self._draw_story(draft, strips, setup.height - setup.header_distance)
        draft.lines[:0] = lines

    def _add_footer(self, draft: DraftPage, number: int, total: int) -> None:
        strips = self._story(self._model.footers.of_page(number), number, total)
        height = sum(strip.height for strip in strips)
        top = self._model.setup.footer_distance + height
        draft.lines.extend(self._draw_story(draft, strips, top))

    def _draw_story(self, draft: DraftPage, strips: Sequence[Strip], y: float) -> list[str]:
        for strip in strips:
            baseline = y - strip.before - strip.line.ascent
            for operation in strip.line.operations:
                draft.operations.append(moved(operation, self._model.setup.left, baseline))
            y -= strip.height
        return [strip.line.text for strip in strips if strip.line.text.strip()]


def _resolve_table(table: Table, page: int, pages: int) -> Table:
    def resolved(cell: Cell) -> Cell:
        return replace(
            cell, paragraphs=tuple(resolve_fields(p, page, pages) for p in cell.paragraphs)
        )

    rows = tuple(replace(row, cells=tuple(map(resolved, row.cells))) for row in table.rows)
    return replace(table, rows=rows)

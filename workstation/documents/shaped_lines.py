"""Paragraphs as finished lines, drawn relative to their own left edge and baseline.

A shaped paragraph depends only on the paragraph, the measure and the break rules, so the owner of
a live preview keeps a :class:`LayoutCache` and only changed paragraphs are broken anew.
"""

from collections import OrderedDict
from dataclasses import dataclass

from workstation.documents.blocks import (
    Align,
    Paragraph,
    PictureRun,
    TabLeader,
    TextRun,
)
from workstation.documents.display_list import (
    CheckBoxOperation,
    LineOperation,
    Operation,
    PictureOperation,
    TextOperation,
)
from workstation.documents.fonts import FontFace, FontLibrary
from workstation.documents.kinsoku import KinsokuProfile
from workstation.documents.line_breaking import (
    LINE_END,
    PICTURE,
    TAB,
    BrokenLine,
    GlyphRow,
    GlyphTables,
    break_lines,
    glyph_tables,
    shape,
)
from workstation.documents.strokes import (
    EM_MIDDLE,
    UnusedLines,
    marks_of,
    rule_at,
    strokes_of,
    unused_below,
)
from workstation.documents.tab_stops import TabRuler

# What takes no ink of its own, and what the text of a line shows of it.
_UNSEEN = frozenset({" ", LINE_END, TAB})
_AS_TEXT = {ord(PICTURE): None, ord(LINE_END): None, ord(TAB): " "}
_UNDERLINE_DEPTH = 0.16
_UNDERLINE_WIDTH = 0.6
_BOX_INSET, _BOX_DEPTH, _BOX_SIDE = 0.09, 0.03, 0.82
# A gap wider than this share of the type size tears the line apart; it is then left ragged.
_WIDEST_GAP = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapedLine:
    """One line; ``operations`` count x from the paragraph's left edge and y from the baseline.

    ``ascent`` is the distance from the top of the line down to the baseline; ``width`` the
    distance from the first to the last glyph as drawn, ``natural_width`` the same before
    justification. ``text`` has no pictures.
    """

    height: float
    ascent: float
    width: float
    natural_width: float
    text: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One line of a paragraph in its place between its neighbours.

    ``before`` and ``after`` are the paragraph's spaces, at its first and last line;
    ``keeps_next`` glues the line to whatever follows. ``unused`` says how to strike the lines
    that are left below it on the page, at their pitch.
    """

    line: ShapedLine
    before: float = 0.0
    after: float = 0.0
    keeps_next: bool = False
    breaks_page: bool = False
    unused: UnusedLines | None = None

    @property
    def height(self) -> float:
        """Return the height with both spaces."""
        return self.before + self.line.height + self.after


class LayoutCache:
    """Shaped paragraphs of one font library, the least recently used dropped first."""

    def __init__(self, size: int = 2000) -> None:
        self._size = size
        self._fonts: FontLibrary | None = None
        self._tables: GlyphTables | None = None
        self._paragraphs: OrderedDict[
            tuple[Paragraph, float, KinsokuProfile], tuple[Strip, ...]
        ] = OrderedDict()

    def tables(self, fonts: FontLibrary) -> GlyphTables:
        """Return the widths known so far; another library than last time empties the cache."""
        if self._tables is None or fonts is not self._fonts:
            self._fonts = fonts
            self._tables = glyph_tables(fonts)
            self._paragraphs.clear()
        return self._tables

    def strips(
        self, paragraph: Paragraph, measure: float, profile: KinsokuProfile, fonts: FontLibrary
    ) -> tuple[Strip, ...]:
        """Return the lines of a paragraph set to ``measure`` points."""
        tables = self.tables(fonts)
        key = (paragraph, measure, profile)
        known = self._paragraphs.get(key)
        if known is not None:
            self._paragraphs.move_to_end(key)
            return known
        made = _strips(paragraph, measure, profile, tables)
        self._paragraphs[key] = made
        if len(self._paragraphs) > self._size:
            self._paragraphs.popitem(last=False)
        return made


def _strips(
    paragraph: Paragraph, measure: float, profile: KinsokuProfile, tables: GlyphTables
) -> tuple[Strip, ...]:
    lines = shape_paragraph(paragraph, measure, profile, tables)
    last = len(lines) - 1
    # Not one line alone on either page, as Word's widow control does for such paragraphs.
    kept = range(last + 1) if profile.keeps_paragraphs else (0, last - 1, last)
    return tuple(
        Strip(
            line=line,
            before=paragraph.space_before if index == 0 else 0.0,
            after=paragraph.space_after if index == last else 0.0,
            keeps_next=paragraph.keep_next and index in kept,
            breaks_page=paragraph.page_break_before and index == 0,
            unused=unused_below(paragraph, measure) if index == last else None,
        )
        for index, line in enumerate(lines)
    )


def shape_paragraph(
    paragraph: Paragraph, measure: float, profile: KinsokuProfile, tables: GlyphTables
) -> tuple[ShapedLine, ...]:
    """Break a paragraph without page fields into lines and place every glyph.

    ``measure`` is the width in points between the edges that the indents count from.

    Raises:
        GlyphMissingError: a character has no glyph.
    """
    row = shape(paragraph.runs, tables, profile)
    room = measure - paragraph.left_indent - paragraph.right_indent
    ruler = TabRuler(paragraph)
    broken = break_lines(row, room, paragraph.first_line_indent, profile, ruler)
    setter = _LineSetter(row, paragraph, measure, profile)
    last = len(broken) - 1
    return tuple(
        setter.set(line, is_first=index == 0, is_last=index == last)
        for index, line in enumerate(broken)
    )


class _LineSetter:
    """Turns glyphs into operations, line by line."""

    def __init__(
        self, row: GlyphRow, paragraph: Paragraph, measure: float, profile: KinsokuProfile
    ) -> None:
        self._row = row
        self._paragraph = paragraph
        self._measure = measure
        self._profile = profile

    def set(self, line: BrokenLine, *, is_first: bool, is_last: bool) -> ShapedLine:
        """Place one line; the last line of a justified paragraph keeps its natural width."""
        row, paragraph = self._row, self._paragraph
        end = line.end
        ended_by_hand = end > line.start and row.text[end - 1] == LINE_END
        while end > line.start and row.text[end - 1] in _UNSEEN:
            end -= 1
        natural = self._natural_width(line.start, end)
        left = paragraph.left_indent + (paragraph.first_line_indent if is_first else 0.0)
        slack = self._measure - paragraph.right_indent - left - natural
        gap = 0.0
        if paragraph.align is Align.CENTER:
            left += slack / 2
        elif paragraph.align is Align.RIGHT:
            left += slack
        elif paragraph.align is Align.JUSTIFY and not is_last and not ended_by_hand:
            gap = self._gap(line, end, slack)
        pen = _Pen(row, line.ends, gap, left)
        pen.place(line.start, end)
        operations = pen.finish(end)
        height, ascent = self._vertical(line.start, end)
        if paragraph.ruled:
            operations.append(rule_at(ascent - height, self._measure))
        if is_first:
            operations.extend(strokes_of(paragraph, ascent))
        return ShapedLine(
            height=height,
            ascent=ascent,
            width=pen.right - left if end > line.start else 0.0,
            natural_width=natural,
            text=row.text[line.start : line.end].translate(_AS_TEXT),
            operations=tuple(operations),
        )

    def _natural_width(self, start: int, end: int) -> float:
        if start == end:
            return 0.0
        row = self._row
        return sum(row.advances[start:end]) + sum(row.after[start : end - 1])

    def _gap(self, line: BrokenLine, end: int, slack: float) -> float:
        gaps = sum(1 for place in line.ends if place < end)
        if slack <= 0 or not gaps:
            return 0.0
        gap = slack / gaps
        return gap if gap <= _WIDEST_GAP * self._size(line.start, end) else 0.0

    def _size(self, start: int, end: int) -> float:
        sizes = {
            run.style.size for run in self._row.runs[start:end] if isinstance(run, TextRun)
        } or {run.style.size for run in self._paragraph.runs if isinstance(run, TextRun)}
        return max(sizes, default=0.0)

    def _vertical(self, start: int, end: int) -> tuple[float, float]:
        leading = self._leading(start, end)
        if self._profile.baseline is None:
            ascent = leading / 2 + EM_MIDDLE * self._size(start, end)
        else:
            ascent = leading * self._profile.baseline
        pictures = [run.height for run in self._row.runs[start:end] if isinstance(run, PictureRun)]
        tallest = max(pictures, default=0.0)
        if tallest <= leading:
            return leading, ascent
        return tallest, tallest - (leading - ascent)

    def _leading(self, start: int, end: int) -> float:
        """Return the height of a line; at-least leading grows with its tallest face."""
        leading = self._paragraph.leading
        if not self._paragraph.at_least:
            return leading
        row = self._row
        heights = (
            (face.ascent - face.descent) * run.style.size
            for face, run in zip(row.faces[start:end], row.runs[start:end], strict=True)
            if face is not None and isinstance(run, TextRun)
        )
        return max(leading, *heights, 0.0)


class _Pen:
    """Collects neighbouring glyphs of one look into as few operations as possible."""

    def __init__(self, row: GlyphRow, ends: frozenset[int], gap: float, left: float) -> None:
        self._row = row
        self._ends = ends
        self._gap = gap
        self._x = left
        self._operations: list[Operation] = []
        self._underlines: list[Operation] = []
        self._start = -1
        self._start_x = left
        self._space = 0.0
        self._last_space = 0.0
        self._underlined: tuple[float, float] | None = None
        self._underline_end = left
        self.right = left

    def place(self, start: int, end: int) -> None:
        """Put glyphs ``start:end`` at the pen, one behind the other."""
        row, gap, ends = self._row, self._gap, self._ends
        last_face: FontFace | None = None
        last_run: TextRun | PictureRun | None = None
        for index in range(start, end):
            face, run = row.faces[index], row.runs[index]
            after = row.after[index]
            if gap and index + 1 in ends:
                after += gap
            if face is None:
                self._flush(index)
                self._draw_unlettered(index, run)
            elif (
                self._start < 0
                or last_face is not face
                or last_run is not run
                or self._last_space != self._space
            ):
                self._flush(index)
                self._start, self._start_x, self._space = index, self._x, after
            last_face, last_run = face, run
            self._last_space = after
            self.right = self._x + row.advances[index]
            if self._underlined is not None or (isinstance(run, TextRun) and run.style.underline):
                self._underline(run)
            self._x = self.right + after

    def finish(self, end: int) -> list[Operation]:
        """Return all operations up to glyph ``end``, underlines last."""
        self._flush(end)
        self._end_underline()
        return self._operations + self._underlines

    def _flush(self, end: int) -> None:
        if self._start < 0:
            return
        row, start = self._row, self._start
        face, run = row.faces[start], row.runs[start]
        if isinstance(run, TextRun) and face is not None:
            self._operations.append(
                TextOperation(
                    x=self._start_x,
                    y=0.0,
                    face=face,
                    size=run.style.size,
                    text=row.text[start:end],
                    advances=tuple(row.advances[start:end]),
                    char_space=self._space if end - start > 1 else 0.0,
                    field=run.field,
                )
            )
            width = sum(row.advances[start:end]) + self._space * (end - start - 1)
            self._operations.extend(marks_of(run.style, self._start_x, width))
        self._start = -1

    def _draw_unlettered(self, index: int, run: TextRun | PictureRun) -> None:
        if isinstance(run, PictureRun):
            self._operations.append(
                PictureOperation(
                    x=self._x, y=0.0, width=run.width, height=run.height, data=run.data
                )
            )
            return
        size = run.style.size
        char = self._row.text[index]
        if char in _UNSEEN:
            self._lead(index, size)
            return
        self._operations.append(
            CheckBoxOperation(
                x=self._x + _BOX_INSET * size,
                y=-_BOX_DEPTH * size,
                side=_BOX_SIDE * size,
                checked=char == "☑",
                field=run.field,
            )
        )

    def _lead(self, index: int, size: float) -> None:
        leader = self._row.leaders.get(index, TabLeader.NONE)
        if leader is not TabLeader.NONE:
            y = -_UNDERLINE_DEPTH * size if leader is TabLeader.LINE else 0.0
            end = self._x + self._row.advances[index]
            dashed = leader is not TabLeader.LINE
            self._operations.append(
                LineOperation(
                    x0=self._x, y0=y, x1=end, y1=y, width=_UNDERLINE_WIDTH, dashed=dashed
                )
            )

    def _underline(self, run: TextRun | PictureRun) -> None:
        if isinstance(run, TextRun) and run.style.underline:
            size = run.style.size
            if self._underlined is None:
                self._underlined = (self._x, size)
            else:
                self._underlined = (self._underlined[0], max(size, self._underlined[1]))
            self._underline_end = self.right
        else:
            self._end_underline()

    def _end_underline(self) -> None:
        if self._underlined is None:
            return
        x, size = self._underlined
        y = -_UNDERLINE_DEPTH * size
        self._underlines.append(
            LineOperation(x0=x, y0=y, x1=self._underline_end, y1=y, width=_UNDERLINE_WIDTH)
        )
        self._underlined = None

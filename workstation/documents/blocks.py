"""What a filled .docx says, after reading: page set-up, paragraphs, tables, footers.

The reader produces these records, the layout consumes them. Lengths are points.
Anything a .docx holds that these records can't say is refused by the reader with its place.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from workstation.documents.fonts import FontStyle


class Align(StrEnum):
    """Horizontal alignment of a paragraph."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class VerticalAlign(StrEnum):
    """Vertical alignment of a cell's content."""

    TOP = "top"
    CENTER = "center"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStyle:
    """Font style, size and spacing of a run; ``spacing`` is added after every character.

    ``circle`` is the diameter of a dotted circle around every character, 0 for none.
    """

    font: FontStyle
    size: float
    underline: bool = False
    spacing: float = 0.0
    struck: bool = False
    circle: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """Characters of one style; ``field`` names the form field the text came from, or is empty.

    ``text`` may hold ``☐`` and ``☑``, which are drawn as boxes one em wide, not as glyphs, tabs
    and line feeds (a line break by hand).
    """

    text: str
    style: RunStyle
    field: str = ""


class PageField(StrEnum):
    """A number known only after pagination."""

    PAGE = "page"
    PAGES = "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFieldRun:
    """The current page number or the number of pages."""

    kind: PageField
    style: RunStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRun:
    """An inline picture; ``data`` is a PNG or JPEG file."""

    data: bytes
    width: float
    height: float


Run = TextRun | PageFieldRun | PictureRun


class TabAlign(StrEnum):
    """Which part of the text behind a tab stands at its stop."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class TabLeader(StrEnum):
    """What fills the way to a tab stop."""

    NONE = "none"
    DOTS = "dot"
    DASHES = "hyphen"
    LINE = "underscore"


class TabStop(NamedTuple):
    """A tab stop; ``position`` in points from the left edge of the text, indents not counted."""

    position: float
    align: TabAlign = TabAlign.LEFT
    leader: TabLeader = TabLeader.NONE


class Stroke(NamedTuple):
    """A straight line (划线) that takes no room.

    Its ends count in points from the left edge of the text rightwards and from the top of the
    paragraph downwards. ``to_foot``: whatever ``y1`` says, it ends at the foot of the page.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    to_foot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph with exact leading, or at least that where ``at_least`` is set.

    ``keep_next`` keeps it on the page of the next block; ``ruled`` draws a rule under every line.
    Behind the last of ``tab_stops`` there is one every ``tab_distance`` points.
    """

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    leading: float
    first_line_indent: float = 0.0
    left_indent: float = 0.0
    right_indent: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_next: bool = False
    page_break_before: bool = False
    ruled: bool = False
    at_least: bool = False
    tab_stops: tuple[TabStop, ...] = ()
    tab_distance: float = 36.0
    strokes: tuple[Stroke, ...] = ()

    @property
    def text(self) -> str:
        """Return the characters, without page numbers and pictures."""
        return "".join(run.text for run in self.runs if isinstance(run, TextRun))


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """Width in points of each side of a cell; 0 is no line."""

    top: float = 0.5
    right: float = 0.5
    bottom: float = 0.5
    left: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; ``column`` is its first grid column, ``row_span`` counts merged rows."""

    column: int
    span: int = 1
    row_span: int = 1
    paragraphs: tuple[Paragraph, ...]
    vertical_align: VerticalAlign = VerticalAlign.CENTER
    borders: Borders = field(default_factory=Borders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; ``height`` is a minimum. A row that can't be split moves to the next page whole."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    repeats_as_header: bool = False
    can_split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with fixed column widths; ``padding`` is left and right inside every cell."""

    column_widths: tuple[float, ...]
    rows: tuple[Row, ...]
    left_indent: float = 0.0
    padding: float = 4.0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetup:
    """Page size, margins and the distances of header and footer from their edges."""

    width: float = 595.3
    height: float = 841.9
    top: float
    right: float
    bottom: float
    left: float
    footer_distance: float
    header_distance: float = 0.0

    @property
    def text_width(self) -> float:
        """Return the width of the type area (版心)."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Return the height of the type area (版心)."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """Headers or footers; ``even`` and ``first`` are ``None`` where such pages have no other."""

    default: tuple[Paragraph, ...] = ()
    even: tuple[Paragraph, ...] | None = None
    first: tuple[Paragraph, ...] | None = None

    @property
    def all(self) -> tuple[tuple[Paragraph, ...], ...]:
        """Return every header or footer that some page may show."""
        return (self.default, self.even or (), self.first or ())

    def of_page(self, number: int) -> tuple[Paragraph, ...]:
        """Return what page ``number`` (from 1) shows."""
        if number == 1 and self.first is not None:
            return self.first
        if number % 2 == 0 and self.even is not None:
            return self.even
        return self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentModel:
    """A whole document."""

    setup: PageSetup
    blocks: tuple[Block, ...]
    headers: Stories = Stories()
    footers: Stories = Stories()

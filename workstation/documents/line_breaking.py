"""From the runs of a paragraph to lines of glyphs: widths, kinsoku, forced breaks.

Greedy like Word: a line takes what fits; what may not start or end a line is pushed out to the
next one (追い出し), and the layout spreads the slack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from workstation.documents.blocks import PictureRun, Run, TabLeader, TextRun
from workstation.documents.fonts import FontFace, FontLibrary, FontStyle
from workstation.documents.kinsoku import KinsokuProfile, takes_autospace
from workstation.documents.tab_stops import TabRuler

CHECK_BOXES = frozenset("☐☑")
PICTURE = "\ufffc"
TAB = "\t"
LINE_END = "\n"
_UNLETTERED = {TAB: 0.0, LINE_END: 0.0} | dict.fromkeys(CHECK_BOXES, 1.0)

# Word and LibreOffice count in twips (1/20 pt): a sum may be off by less than one.
_TOLERANCE = 0.01


class GlyphTable(dict[str, tuple[FontFace, float]]):
    """Face and advance in em of every character met so far in one style of writing."""

    def __init__(self, fonts: FontLibrary, style: FontStyle) -> None:
        super().__init__()
        self._fonts = fonts
        self._style = style

    def __missing__(self, char: str) -> tuple[FontFace, float]:
        """Ask the font library once for each character."""
        found = self._fonts.resolve(self._style, char)
        self[char] = found
        return found


@lru_cache(maxsize=4)
def glyph_tables(fonts: FontLibrary) -> "GlyphTables":
    """Return the tables of a library, shared by all documents."""
    return GlyphTables(fonts)


class GlyphTables(dict[FontStyle, GlyphTable]):
    """One :class:`GlyphTable` for each style, filled on demand."""

    def __init__(self, fonts: FontLibrary) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, style: FontStyle) -> GlyphTable:
        """Open the table of a style at its first use."""
        table = GlyphTable(self._fonts, style)
        self[style] = table
        return table


class Atom(NamedTuple):
    """Glyphs ``start:end`` that are not parted; ``width`` in points, with all spacing.

    ``trail`` is the part of it that is not needed at the end of a line.
    """

    start: int
    end: int
    width: float
    trail: float
    is_space: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphRow:
    """The glyphs of a whole paragraph as parallel sequences.

    ``faces`` holds ``None`` for check boxes, pictures, tabs and line ends; ``runs`` the run each
    glyph came from; ``after`` the extra space behind a glyph (the run's spacing and autospace).
    ``leaders`` says by index what fills a tab, once the lines are broken.
    """

    text: str
    faces: list[FontFace | None]
    advances: list[float]
    after: list[float]
    runs: list[TextRun | PictureRun]
    atoms: list[Atom]
    leaders: dict[int, TabLeader] = field(default_factory=dict)


class BrokenLine(NamedTuple):
    """Glyphs ``start:end`` of one line; ``ends`` are the glyph ends where slack may be added."""

    start: int
    end: int
    ends: frozenset[int]


def shape(runs: Sequence[Run], tables: GlyphTables, profile: KinsokuProfile) -> GlyphRow:
    """Find face and width of every character and cut the text into atoms.

    Page fields must have been replaced by text before.

    Raises:
        GlyphMissingError: a character has no glyph in any face of its style.
    """
    pieces: list[str] = []
    faces: list[FontFace | None] = []
    advances: list[float] = []
    after: list[float] = []
    owners: list[TextRun | PictureRun] = []
    for run in runs:
        if isinstance(run, TextRun):
            _append_text(run, tables, faces, advances)
            pieces.append(run.text)
            after.extend([run.style.spacing] * len(run.text))
            owners.extend([run] * len(run.text))
        elif isinstance(run, PictureRun):
            pieces.append(PICTURE)
            faces.append(None)
            advances.append(run.width)
            after.append(0.0)
            owners.append(run)
    text = "".join(pieces)
    trails = _add_autospace(text, owners, after, profile.autospace) if profile.autospace else {}
    atoms = []
    spaces = profile.spaces
    start = 0
    for token in profile.tokens(text):
        end = start + len(token)
        if end - start == 1:
            width = advances[start] + after[start]
        else:
            width = sum(advances[start:end]) + sum(after[start:end])
        atoms.append(Atom(start, end, width, trails.get(end - 1, 0.0), token in spaces))
        start = end
    return GlyphRow(
        text=text, faces=faces, advances=advances, after=after, runs=owners, atoms=atoms
    )


def _append_text(
    run: TextRun,
    tables: Mapping[FontStyle, GlyphTable],
    faces: list[FontFace | None],
    advances: list[float],
) -> None:
    table = tables[run.style.font]
    size = run.style.size
    if _UNLETTERED.keys().isdisjoint(run.text):
        glyphs = [table[char] for char in run.text]
        faces.extend([face for face, _ in glyphs])
        advances.extend([advance * size for _, advance in glyphs])
        return
    for char in run.text:
        if char in _UNLETTERED:
            faces.append(None)
            advances.append(_UNLETTERED[char] * size)
        else:
            face, advance = table[char]
            faces.append(face)
            advances.append(advance * size)


def _add_autospace(
    text: str, owners: Sequence[TextRun | PictureRun], after: list[float], share: float
) -> dict[int, float]:
    added = {}
    for index in range(len(text) - 1):
        owner = owners[index]
        if isinstance(owner, TextRun) and takes_autospace(text[index], text[index + 1]):
            added[index] = share * owner.style.size
            after[index] += added[index]
    return added


def break_lines(
    row: GlyphRow,
    measure: float,
    first_indent: float,
    profile: KinsokuProfile,
    ruler: TabRuler | None = None,
) -> list[BrokenLine]:
    """Break a paragraph into lines not wider than ``measure`` points.

    ``first_indent`` shortens the first line (or lengthens it, when negative). Spaces that do not
    fit stay at the end of their line. A word wider than a whole line is broken anywhere; where
    kinsoku leaves no place to break, the line is broken where it is full. A tab is given its width
    by ``ruler``. Always returns at least one line.
    """
    atoms = list(row.atoms)
    lines: list[BrokenLine] = []
    start = index = 0
    width = 0.0
    room = measure - first_indent
    while index < len(atoms):
        atom = atoms[index]
        if row.text[atom.start] == TAB:
            x = width + (0.0 if lines else first_indent)
            atom = atoms[index] = _measured_tab(row, atoms, index, x, ruler or TabRuler())
        if row.text[atom.start] == LINE_END:
            index += 1
            lines.append(_line(row.text, atoms[start:index]))
            start, width, room = index, 0.0, measure
            continue
        if atom.is_space or width + atom.width - atom.trail <= room + _TOLERANCE:
            width += atom.width
            index += 1
            continue
        if index > start:
            end = _end_of_line(row.text, atoms, start, index, profile)
        else:
            atoms[index : index + 1] = _split(row, atom, room)
            end = index + 1
        lines.append(_line(row.text, atoms[start:end]))
        start = index = end
        width = 0.0
        room = measure
    if start < len(atoms) or not lines or row.text.endswith(LINE_END):
        lines.append(_line(row.text, atoms[start:]))
    return lines


def _measured_tab(
    row: GlyphRow, atoms: Sequence[Atom], index: int, x: float, ruler: TabRuler
) -> Atom:
    """Return the tab ``index`` with the width it has ``x`` points from the indent of the text."""
    following = 0.0
    for atom in atoms[index + 1 :]:
        if row.text[atom.start] in {TAB, LINE_END}:
            break
        following += atom.width
    atom = atoms[index]
    width, leader = ruler.measure(x, following)
    row.advances[atom.start] = width
    row.leaders[atom.start] = leader
    return atom._replace(width=width)


def _end_of_line(
    text: str, atoms: list[Atom], start: int, full: int, profile: KinsokuProfile
) -> int:
    hangs = text[atoms[full].start] in profile.hanging
    if hangs and not text[atoms[full].start - 1].isascii():
        following = atoms[full].end
        if following == len(text) or profile.allows_break(text[following - 1], text[following]):
            return full + 1
    for end in range(full, start, -1):
        if profile.allows_break(text[atoms[end].start - 1], text[atoms[end].start]):
            return end
    return full


def _split(row: GlyphRow, atom: Atom, room: float) -> list[Atom]:
    width = row.advances[atom.start] + row.after[atom.start]
    cut = atom.start + 1
    while cut < atom.end:
        step = row.advances[cut] + row.after[cut]
        if width + step > room + _TOLERANCE:
            break
        width += step
        cut += 1
    head = Atom(atom.start, cut, width, 0.0, is_space=False)
    if cut == atom.end:
        return [head]
    return [head, Atom(cut, atom.end, atom.width - width, atom.trail, is_space=False)]


def _line(text: str, atoms: Sequence[Atom]) -> BrokenLine:
    if not atoms:
        return BrokenLine(0, 0, frozenset())
    # What stands before a tab keeps its width; only the text behind the last one is stretched.
    tabs = [position for position, atom in enumerate(atoms) if text[atom.start] == TAB]
    stretched = atoms[tabs[-1] + 1 :] if tabs else atoms
    ends = [
        atom.end
        for atom, following in pairwise(stretched)
        if not following.is_space and not _are_latin(text[atom.end - 1], text[atom.end])
    ]
    return BrokenLine(atoms[0].start, atoms[-1].end, frozenset(ends))


def _are_latin(before: str, after: str) -> bool:
    return before != " " and before.isascii() and after.isascii()

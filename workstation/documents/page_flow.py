"""Pages being filled from top to bottom: where lines go and when a new page starts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workstation.documents.blocks import PageSetup
from workstation.documents.display_list import Operation, moved
from workstation.documents.shaped_lines import ShapedLine, Strip
from workstation.documents.strokes import UnusedLines

# Lengths in a .docx are twips (1/20 pt); sums of them may be off by rounding.
_TOLERANCE = 0.06


@dataclass(slots=True)
class DraftPage:
    """A page under construction."""

    operations: list[Operation] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class PageFlow:
    """The pages so far and the height reached on the last one; y counts from the lower edge.

    ``bottom`` and ``top`` are the margins, which a tall footer or header may have widened.
    """

    def __init__(self, setup: PageSetup, bottom: float, top: float) -> None:
        self._top = setup.height - top
        self._bottom = bottom
        self.pages = [DraftPage()]
        self.stroke_heights: list[float] = []
        self.y = self._top
        self._is_forced = True

    @property
    def page(self) -> DraftPage:
        """Return the page being filled."""
        return self.pages[-1]

    @property
    def capacity(self) -> float:
        """Return the height of the type area."""
        return self._top - self._bottom

    @property
    def room(self) -> float:
        """Return the height left on the page."""
        return self.y - self._bottom

    @property
    def is_at_top(self) -> bool:
        """Tell whether nothing has been placed on the page."""
        return self.y == self._top

    def fits(self, height: float) -> bool:
        """Tell whether ``height`` points are left on the page."""
        return height <= self.room + _TOLERANCE

    def start_page(self, *, is_forced: bool = False) -> None:
        """Go to the top of a new page; ``is_forced`` when the document asks for it."""
        self.pages.append(DraftPage())
        self.y = self._top
        self._is_forced = is_forced

    def place(self, strip: Strip, x: float) -> None:
        """Put a line at the height reached; start a new page where it doesn't fit."""
        if not self.is_at_top and not self.fits(strip.before + strip.line.height):
            self.start_page()
        before = strip.before if self._is_forced or not self.is_at_top else 0.0
        self.draw(strip.line, x, self.y - before)
        self.y -= before + strip.line.height + strip.after
        if strip.unused:
            self._strike(strip.unused, x)

    def _strike(self, unused: UnusedLines, x: float) -> None:
        """Strike the lines left on the page, which is full from then on."""
        count = int((self.room + _TOLERANCE) / unused.pitch)
        height = count * unused.pitch
        self.stroke_heights.append(height)
        if count:
            drawn = unused.operations(count)
            self.page.operations.extend(moved(operation, x, self.y) for operation in drawn)

    def draw(self, line: ShapedLine, x: float, top: float) -> None:
        """Draw a line with its upper edge at ``top`` and its left edge at ``x``."""
        page = self.page
        baseline = top - line.ascent
        for operation in line.operations:
            page.operations.append(moved(operation, x, baseline))
        if line.text.strip():
            page.lines.append(line.text)

    def keep_together(self, strips: Sequence[Strip], following: float = 0.0) -> None:
        """Start a new page when ``strips`` and ``following`` points don't fit on this one.

        What fits no page starts on a new one too and flows on, as in Word and LibreOffice.
        """
        height = sum(strip.height for strip in strips) + following
        if not self.is_at_top and not self.fits(height):
            self.start_page()

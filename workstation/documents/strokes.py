"""Drawing strokes (划线) and the rules of record paper; y is upwards, in points."""

from collections.abc import Iterator
from dataclasses import dataclass

from workstation.documents.blocks import Paragraph
from workstation.documents.display_list import LineOperation

_RULE_WIDTH = 0.4
_STROKE_WIDTH = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedLines:
    """A stroke through the lines left on a page: from ``x0`` at the top to ``x1`` at the foot.

    ``pitch`` is the height of a line; ``measure`` the length of the rules where ``ruled``.
    """

    x0: float
    x1: float
    pitch: float
    measure: float
    ruled: bool

    def operations(self, count: int) -> list[LineOperation]:
        """Return the rules of ``count`` lines and the stroke through them, down from 0."""
        ruled = count if self.ruled else 0
        rules = [rule_at(-number * self.pitch, self.measure) for number in range(1, ruled + 1)]
        return [*rules, _stroke(self.x0, 0.0, self.x1, -count * self.pitch)]


def unused_below(paragraph: Paragraph, measure: float) -> UnusedLines | None:
    """Return the lines below a paragraph that it asks to strike, or ``None``."""
    stroke = next((stroke for stroke in paragraph.strokes if stroke.to_foot), None)
    if stroke is None:
        return None
    return UnusedLines(
        x0=stroke.x0,
        x1=stroke.x1,
        pitch=paragraph.leading,
        measure=measure,
        ruled=paragraph.ruled,
    )


def strokes_of(paragraph: Paragraph, ascent: float) -> Iterator[LineOperation]:
    """Yield the other strokes of a paragraph; its top lies ``ascent`` above 0."""
    for stroke in paragraph.strokes:
        if not stroke.to_foot:
            yield _stroke(stroke.x0, ascent - stroke.y0, stroke.x1, ascent - stroke.y1)


def rule_at(y: float, measure: float) -> LineOperation:
    """Return a rule of record paper."""
    return LineOperation(x0=0.0, y0=y, x1=measure, y1=y, width=_RULE_WIDTH)


def _stroke(x0: float, y0: float, x1: float, y1: float) -> LineOperation:
    return LineOperation(x0=x0, y0=y0, x1=x1, y1=y1, width=_STROKE_WIDTH)

"""Drawing strokes (划线) and the rules of record paper; y is upwards, in points."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from workstation.documents.blocks import Paragraph, RunStyle
from workstation.documents.display_list import LineOperation

# The middle of a Han character lies this far above its baseline (em square from -0.12 to 0.88).
EM_MIDDLE = 0.38
_RULE_WIDTH = 0.4
_STRUCK_WIDTH = 0.6
_STROKE_WIDTH = 0.75
_CIRCLE_WIDTH = 0.5
_DOTS = 28


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


def marks_of(style: RunStyle, x: float, width: float) -> Iterator[LineOperation]:
    """Yield what belongs to characters from ``x`` on: a line through them, a circle around."""
    middle = EM_MIDDLE * style.size
    if style.struck:
        end = x + width
        yield LineOperation(x0=x, y0=middle, x1=end, y1=middle, width=_STRUCK_WIDTH)
    if style.circle:
        yield from _dotted_circle(x + width / 2, middle, style.circle)


def _dotted_circle(x: float, y: float, diameter: float) -> Iterator[LineOperation]:
    """Yield a circle of short lines around a point: where a finger-print goes."""
    radius = diameter / 2
    step = 2 * math.pi / _DOTS
    for number in range(_DOTS):
        start = number * step
        end = start + step / 2
        yield LineOperation(
            x0=x + radius * math.cos(start),
            y0=y + radius * math.sin(start),
            x1=x + radius * math.cos(end),
            y1=y + radius * math.sin(end),
            width=_CIRCLE_WIDTH,
        )


def rule_at(y: float, measure: float) -> LineOperation:
    """Return a rule of record paper."""
    return LineOperation(x0=0.0, y0=y, x1=measure, y1=y, width=_RULE_WIDTH)


def _stroke(x0: float, y0: float, x1: float, y1: float) -> LineOperation:
    return LineOperation(x0=x0, y0=y0, x1=x1, y1=y1, width=_STROKE_WIDTH)

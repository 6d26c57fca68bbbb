"""Which article is cited under the mouse, also where the citation runs over a line's end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF

from workstation.documents.display_list import Page, TextOperation
from workstation.legislation.citations import FoundCitation

FindCitations = Callable[[str], Sequence[FoundCitation]]
_ASCENT, _DESCENT = 0.95, 0.3


def citation_at(page: Page, point: QPointF, scale: float, find: FindCitations) -> str:
    """Return the citation printed at ``point`` (pixels from the page's corner), or nothing."""
    text = ""
    hit = -1
    for operation in page.operations:
        if isinstance(operation, TextOperation):
            place = _character_at(operation, page.height, point, scale)
            if place >= 0:
                hit = len(text) + place
            text += operation.text
    if hit < 0:
        return ""
    cited = (c for c in find(text) if c.start <= hit < c.end and c.titles)
    return next((str(c.reference) for c in cited), "")


def _character_at(operation: TextOperation, height: float, point: QPointF, scale: float) -> int:
    x, y = point.x() / scale, height - point.y() / scale
    low, high = operation.y - operation.size * _DESCENT, operation.y + operation.size * _ASCENT
    if not low <= y <= high or not operation.x <= x <= operation.x + operation.width:
        return -1
    left = operation.x
    for place, advance in enumerate(operation.advances):
        left += advance + operation.char_space
        if x < left:
            return place
    return len(operation.text) - 1

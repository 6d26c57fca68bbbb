"""Where the text behind a tab begins."""

from workstation.documents.blocks import Paragraph, TabAlign, TabLeader, TabStop

# Lengths in a .docx are twips (1/20 pt): a stop nearer than one is where the text already is.
_TOLERANCE = 0.05
_WORD_DISTANCE = 36.0


class TabRuler:
    """The tab stops of one paragraph; lengths in points from the left edge of its text.

    A hanging indent is a stop of its own, as in Word.
    """

    def __init__(self, paragraph: Paragraph | None = None) -> None:
        self._left = paragraph.left_indent if paragraph else 0.0
        self._distance = (paragraph.tab_distance if paragraph else 0.0) or _WORD_DISTANCE
        stops = list(paragraph.tab_stops) if paragraph else []
        if paragraph and paragraph.first_line_indent < 0:
            stops.append(TabStop(self._left))
        self._stops = sorted(stops)

    def measure(self, x: float, following: float) -> tuple[float, TabLeader]:
        """Return the width of a tab and what fills it.

        Args:
            x: where the tab begins, from the paragraph's left indent.
            following: the width of the text from it to the next tab or the end of the line.
        """
        place = self._left + x
        stop = self._next(place)
        share = {TabAlign.LEFT: 0.0, TabAlign.CENTER: 0.5, TabAlign.RIGHT: 1.0}[stop.align]
        return max(stop.position - following * share - place, 0.0), stop.leader

    def _next(self, place: float) -> TabStop:
        for stop in self._stops:
            if stop.position > place + _TOLERANCE:
                return stop
        return TabStop((int((place + _TOLERANCE) / self._distance) + 1) * self._distance)

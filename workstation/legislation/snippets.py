"""The part of an article that answers a query, with the places to mark."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 96
_LEAD = 12
_MOST_PLACES = 400
_SENTENCE_ENDS = "。；：，、\n"
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text and the spans (start, end) in it that are marked; spans don't overlap."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def marked(self) -> str:
        """The text with the marked words in ⟦⟧, for the command line."""
        parts, place = [], 0
        for start, end in self.spans:
            parts += [self.text[place:start], f"⟦{self.text[start:end]}⟧"]
            place = end
        return "".join((*parts, self.text[place:]))


def places(folded: str, terms: Iterable[str]) -> Spans:
    """Return every place of every term in folded text, by start."""
    found: Spans = []
    for term in [term for term in terms if term and term in folded]:
        start = folded.find(term)
        while start >= 0 and len(found) < _MOST_PLACES:
            found.append((start, start + len(term)))
            start = folded.find(term, start + 1)
    return sorted(found)


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return sorted spans with those that touch or overlap made one."""
    whole: Spans = []
    first = last = -1
    for start, end in spans:
        if start > last:
            whole.append((first, last))
            first, last = start, end
        elif end > last:
            last = end
    whole.append((first, last))
    return whole[1:]


def make_snippet(text: str, folded: str, found: Spans, *, width: int = WIDTH) -> Snippet:
    """Cut the piece of ``text`` that holds most different words of ``found``.

    ``found`` are places in ``folded``, its folded text, by start. Line breaks become blanks; a cut
    end shows …. Spans count characters of the snippet.
    """
    start = _best_start(folded, found, width) if len(text) > width else 0
    end = min(len(text), start + width)
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    shift = len(before) - start
    spans = tuple(
        (first + shift, last + shift)
        for first, last in merged(found)
        if first >= start and last <= end
    )
    return Snippet(before + text[start:end].replace("\n", " ") + after, spans)


def _best_start(folded: str, found: Spans, width: int) -> int:
    best = found[0][0] if found else 0
    if found and found[-1][1] > best + width - _LEAD:
        best = _fullest_start(folded, found, width - _LEAD)
    start = max(0, min(best - _LEAD, len(folded) - width))
    return _after_punctuation(folded, start, best)


def _fullest_start(folded: str, found: Spans, width: int) -> int:
    """Return the first of the places from which ``width`` holds most different words."""
    best, best_weight = 0, 0
    terms = [folded[start:end] for start, end in found]
    held = dict.fromkeys(terms, 0)
    weight = end = 0
    for number, (start, _) in enumerate(found):
        while end < len(found) and found[end][1] <= start + width:
            weight += 0 if held[terms[end]] else len(terms[end])
            held[terms[end]] += 1
            end += 1
        if weight > best_weight:
            best, best_weight = start, weight
        if number < end:
            held[terms[number]] -= 1
            weight -= 0 if held[terms[number]] else len(terms[number])
        else:
            end = number + 1
    return best


def _after_punctuation(folded: str, start: int, limit: int) -> int:
    if start:
        for place in range(start, min(limit, start + _LEAD)):
            if folded[place] in _SENTENCE_ENDS:
                return place + 1
    return start

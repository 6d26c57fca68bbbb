"""Phrases (常用语) a bureau writes again and again, and the blanks the facts of a case fill."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# {{当事人}}: any words but braces, a Chinese character among them, so that no template tag is one.
BLANK = re.compile(r"\{\{([^{}\s]*[\u4e00-\u9fff][^{}\s]*)\}\}")
_SHORTEST_FACT = 2
_OWN_MATTER, _OWN_FIELD, _OWN_FORM = 8, 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One wording with the provisions it rests on.

    ``matters`` are codes of matters, empty for every case; ``places`` are forms (D51) or fields
    (D51.discretion), empty for every paper. ``basis`` holds references such as 行政处罚法§33第1款.
    It may be used from ``valid_from`` to ``valid_to``, both included. ``own`` marks the bureau's;
    ``author`` and ``reason`` (of the withdrawal) are empty for what is shipped.
    """

    code: str
    name: str
    kind: str
    text: str
    basis: tuple[str, ...]
    valid_from: date
    matters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    valid_to: date | None = None
    verified: bool = False
    own: bool = False
    author: str = ""
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    reason: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it may be used on ``day``."""
        in_term = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_term and self.withdrawn_on is None

    def serves(self, matter: str) -> bool:
        """Whether it is for the matter; one without matters is for all."""
        return not self.matters or matter in self.matters

    def belongs_in(self, form: str, field: str = "") -> bool:
        """Whether it is for the field of the form; without ``field`` for any of the form."""
        if not self.places:
            return True
        wanted = {form, f"{form}.{field}"}
        return any(
            place in wanted or (not field and place.startswith(f"{form}."))
            for place in self.places
        )

    def closeness(self, matter: str, form: str, field: str) -> int:
        """Return how closely it was made for this place; the more the closer."""
        own_matter = _OWN_MATTER if matter in self.matters else 0
        own_field = _OWN_FIELD if f"{form}.{field}" in self.places else 0
        return own_matter + own_field + (_OWN_FORM if form in self.places else 0)


def blanks_in(text: str) -> tuple[str, ...]:
    """Return the names of the blanks in a text in order, each once."""
    return tuple(dict.fromkeys(BLANK.findall(text)))


def fill_blanks(text: str, facts: Mapping[str, str]) -> str:
    """Put facts into their blanks; a blank without a fact stays to be filled by hand."""
    return BLANK.sub(lambda match: facts.get(match[1]) or match[0], text)


def with_blanks(text: str, facts: Mapping[str, str]) -> str:
    """Take the facts of a case out of a text, so that it can serve another; blanks remain.

    The longest facts go first; of several blanks with one fact the first named is taken.
    """
    names = {
        fact: name for name, fact in reversed(list(facts.items())) if len(fact) >= _SHORTEST_FACT
    }
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    found = re.compile("|".join(re.escape(fact) for fact in longest_first))
    return found.sub(lambda match: f"{{{{{names[match[0]]}}}}}", text)

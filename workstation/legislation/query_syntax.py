"""What a query says: words to find, or a condition with AND, OR, NOT, brackets and quotes.

Anything typed is a query: what makes no sense as syntax is left out, nothing raises. Brackets
without AND, OR or NOT, and quotes within a sentence (什么是“热词”商标？), are punctuation.
"""

import re
from dataclasses import dataclass

from workstation.legislation.analysis import fold, statutory_numerals, words

_TOKEN = re.compile(
    r"[\"“”]([^\"“”]*)[\"“”]|[「『]([^」』]*)[」』]|([()（）])|([^\s\"“”「」『』()（）]+)"
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_QUOTED_APART = re.compile(
    r"(?:^|(?<=[\s()（）]))(?:[\"“”][^\"“”]+[\"“”]|[「『][^」』]+[」』])(?=[\s()（）]|$)"
)
_MOST_CHARACTERS = 400
_MOST_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded text that must stand in the article or its title as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not hold."""

    part: "Condition"


Condition = Phrase | AllOf | AnyOf | NoneOf


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """Folded words that are looked for, and the condition where the query states one."""

    words: tuple[str, ...]
    condition: Condition | None


def parse_query(query: str) -> ParsedQuery:
    """Read a query; only its first 400 characters count."""
    query = query[:_MOST_CHARACTERS]
    tokens = _tokens(query)
    condition = _Parser(tokens).parse() if _states_condition(query, tokens) else None
    if condition is None:
        plain: list[str] = []
        for kind, text in tokens:
            if kind == "phrase":
                plain += words(statutory_numerals(text))
            elif kind == "word":
                plain.append(text)
        return ParsedQuery(tuple(dict.fromkeys(plain)), None)
    return ParsedQuery(tuple(dict.fromkeys(_wanted(condition))), condition)


def holds(query: ParsedQuery, folded: str) -> bool:
    """Tell whether a folded text meets the condition of a query, or holds all its words."""
    if query.condition is not None:
        return _meets(query.condition, folded)
    return bool(query.words) and all(word in folded for word in query.words)


def _meets(condition: Condition, folded: str) -> bool:
    if isinstance(condition, Phrase):
        return condition.text in folded
    if isinstance(condition, NoneOf):
        return not _meets(condition.part, folded)
    held = (_meets(part, folded) for part in condition.parts)
    return all(held) if isinstance(condition, AllOf) else any(held)


def _states_condition(query: str, tokens: list[tuple[str, str]]) -> bool:
    """Tell whether an operator, or a phrase quoted apart from any sentence, is in the query."""
    return any(kind in _OPERATORS for kind, _ in tokens) or bool(_QUOTED_APART.search(query))


def _tokens(query: str) -> list[tuple[str, str]]:
    """Return (kind, text) pairs; kinds: word, phrase, AND, OR, NOT, ( and )."""
    tokens: list[tuple[str, str]] = []
    for quoted, bracketed, parenthesis, bare in _TOKEN.findall(query):
        if parenthesis:
            kind = "(" if parenthesis in "(（" else ")"
            tokens.append((kind, kind))
        elif bare in _OPERATORS:
            tokens.append((bare, bare))
        elif bare:
            tokens += [("word", word) for word in words(statutory_numerals(fold(bare)))]
        else:
            phrase = fold(quoted or bracketed).strip()
            if words(phrase):
                tokens.append(("phrase", phrase))
    return tokens


def _wanted(condition: Condition) -> list[str]:
    if isinstance(condition, Phrase):
        return [condition.text]
    if isinstance(condition, NoneOf):
        return []
    return [text for part in condition.parts for text in _wanted(part)]


class _Parser:
    """Recursive descent over any → all → not → phrase or brackets; never fails."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._position = 0

    def parse(self) -> Condition | None:
        parts = []
        while self._position < len(self._tokens):
            part = self._any_of(0)
            if part is not None:
                parts.append(part)
            elif self._kind() is not None:
                self._position += 1
        return _joined(parts)

    def _kind(self) -> str | None:
        more = self._position < len(self._tokens)
        return self._tokens[self._position][0] if more else None

    def _any_of(self, depth: int) -> Condition | None:
        parts = [self._all_of(depth)]
        while self._kind() == "OR":
            self._position += 1
            parts.append(self._all_of(depth))
        held = tuple(part for part in parts if part is not None)
        return AnyOf(held) if len(held) > 1 else next(iter(held), None)

    def _all_of(self, depth: int) -> Condition | None:
        parts = []
        while self._kind() not in {None, "OR", ")"}:
            part = self._one(depth)
            if part is not None:
                parts.append(part)
        return _joined(parts)

    def _one(self, depth: int) -> Condition | None:
        kind, text = self._tokens[self._position]
        self._position += 1
        if kind == "NOT":
            if self._kind() in {None, "OR", ")"}:
                return None
            part = self._one(depth)
            return NoneOf(part) if part is not None else None
        if kind == "(" and depth < _MOST_DEPTH:
            part = self._any_of(depth + 1)
            if self._kind() == ")":
                self._position += 1
            return part
        return Phrase(text) if kind in {"word", "phrase"} else None


def _joined(parts: list[Condition]) -> Condition | None:
    return AllOf(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)

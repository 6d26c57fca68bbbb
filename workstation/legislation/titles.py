"""Finding an instrument by its title, its short title or the way lawyers abbreviate it."""

import re
from collections.abc import Iterable, Iterator

_PREFIX = "中华人民共和国"
_MARKS = re.compile(r"[《》〈〉<>\s\u3000]+")
_YEAR = re.compile(r"（(?:19|20)[0-9]{2}年?[^）]{0,8}）$")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)}
_FULL_WIDTH |= {ord("("): "（", ord(")"): "）"}
_SECONDARY = ("修正案", "解释", "决定", "决议")
_LONGEST_TITLE = 60
_SHORTEST_PART = 2
_SHORTEST_ABBREVIATION = 3


def plain_title(title: str) -> str:
    """Return a title without 《》, blanks and 中华人民共和国, brackets in full width."""
    return _MARKS.sub("", title.translate(_FULL_WIDTH)).removeprefix(_PREFIX)


class TitleIndex:
    """All titles and short names; every answer is a tuple of full titles, the likeliest first."""

    def __init__(
        self, aliases: Iterable[tuple[str, str]], without_text: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Take pairs of plain alias (see :func:`plain_title`) and full title.

        ``without_text`` are instruments that are known by name only: found by their exact title.
        """
        self._exact: dict[str, tuple[str, ...]] = {}
        for alias, title in aliases:
            self._exact[alias] = (*self._exact.get(alias, ()), title)
        self._plain = sorted(
            {
                plain_title(title): title for titles in self._exact.values() for title in titles
            }.items(),
            key=lambda pair: (_is_secondary(pair[0]), len(pair[0]), pair[0]),
        )
        for alias, title in without_text:
            self._exact.setdefault(alias, (title,))

    def exact(self, name: str) -> tuple[str, ...]:
        """Return the instruments that bear ``name`` as title or recorded short name."""
        plain = plain_title(name)
        return self._exact.get(plain) or self._exact.get(_YEAR.sub("", plain), ())

    def cited(self, name: str) -> tuple[str, ...]:
        """Return what ``name`` means in a document: an exact name, else an abbreviation.

        A mere part of a title counts for nothing here: 合同法 is not 劳动合同法.
        """
        found = self.exact(name)
        plain = _YEAR.sub("", plain_title(name))
        if found or len(plain) < _SHORTEST_ABBREVIATION:
            return found
        return tuple(title for known, title in self._primary() if _abbreviates(plain, known))

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return what somebody may mean who types ``name``: as cited, else part of a title.

        More than one answer means that the name is ambiguous; none that it is unknown.
        """
        found = self.exact(name)
        plain = _YEAR.sub("", plain_title(name))
        if found or len(plain) < _SHORTEST_PART:
            return found
        for rule in (str.startswith, str.endswith, str.__contains__):
            found = tuple(title for known, title in self._primary() if rule(known, plain))
            if found:
                return found
        return self.cited(name)

    def ending_at(self, text: str, end: int) -> tuple[int, tuple[str, ...]]:
        """Return the start of the longest known name in ``text`` that ends at ``end``.

        Returns:
            The start and the instruments, or ``(end, ())``.
        """
        for start in range(max(0, end - _LONGEST_TITLE), end - 1):
            name = text[start:end]
            found = self._exact.get(name) or self._exact.get(name.removeprefix(_PREFIX), ())
            if found and name != _PREFIX:
                return start, found
        return end, ()

    def _primary(self) -> Iterator[tuple[str, str]]:
        return ((known, title) for known, title in self._plain if not _is_secondary(known))


def _is_secondary(plain: str) -> bool:
    return any(word in plain for word in _SECONDARY)


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether ``short`` takes its characters in order from ``full``, both ends included."""
    if short[0] != full[0] or short[-1] != full[-1]:
        return False
    characters = iter(full)
    return all(character in characters for character in short)

"""Taking words out of pages and texts before they leave the office (遮蔽).

A masked character is drawn as ×, in the place and width of what stood there, so lines and pages
stay as they were; the word itself is in no layer of the page any more.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workstation.documents.display_list import LaidOutDocument, Operation, Page, TextOperation

MASK = "×"
_STAND_INS = (MASK, "*", "x")
_SHORTEST = 2
# Numbers that name a person wherever they stand: identity card (GB 11643), mobile telephone,
# bank card. A unit's credit code holds letters or is public, and is left.
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15,19}|1[3-9]\d{9})(?![0-9A-Za-z])")
# A name after the word that announces it; 张某、李×× and a unit's name are no person's name.
_NAMED = re.compile(
    r"(?:当事人|被处罚人|姓名|法定代表人|负责人|经营者|原告|被告|申请人|证人|驾驶员)"
    r"(?:（[^）]{1,12}）)?[：:]\s*(?P<name>[\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff×*＊])"
)
_NO_PERSON = re.compile("[某甲乙丙丁]|公司|工厂|商店|中心|[店厂场部局院]$")


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out: words, and where ``numbers`` is set every number that names a person."""

    words: tuple[str, ...] = ()
    numbers: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is taken out."""
        return not self.words and not self.numbers

    def text(self, text: str) -> str:
        """Return ``text`` with × in the place of every character taken out."""
        if self.is_empty:
            return text
        characters = [(at, char) for at, char in enumerate(text) if not char.isspace()]
        closed = "".join(char for _, char in characters)
        taken = {characters[at][0] for at in self._taken(closed)} | self._numbers_in(text)
        return "".join(MASK if at in taken else char for at, char in enumerate(text))

    def value(self, value: Any) -> Any:
        """Return a JSON value with every text in it redacted; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(part) for part in value]
        return value

    def document(self, document: LaidOutDocument) -> LaidOutDocument:
        """Return the pages redacted; a word is found across line breaks, not across pages."""
        if self.is_empty:
            return document
        return replace(document, pages=tuple(self._page(page) for page in document.pages))

    def _page(self, page: Page) -> Page:
        places = [
            (number, at)
            for number, operation in enumerate(page.operations)
            if isinstance(operation, TextOperation)
            for at, char in enumerate(operation.text)
            if not char.isspace()
        ]
        texts = [o.text if isinstance(o, TextOperation) else "" for o in page.operations]
        closed = "".join(texts[number][at] for number, at in places)
        taken: dict[int, set[int]] = {}
        for position in self._taken(closed):
            number, at = places[position]
            taken.setdefault(number, set()).add(at)
        # Digits of the next cell would hide where a number ends, so each run is asked alone too.
        for number, text in enumerate(texts):
            alone = self._numbers_in(text)
            if alone:
                taken.setdefault(number, set()).update(alone)
        operations: list[Operation] = []
        for number, operation in enumerate(page.operations):
            if isinstance(operation, TextOperation) and number in taken:
                operations += _masked(operation, taken[number])
            else:
                operations.append(operation)
        lines = self.text("\n".join(page.lines)).split("\n")
        return replace(page, operations=tuple(operations), lines=tuple(lines))

    def _taken(self, closed: str) -> set[int]:
        """Return the positions taken out of a text that holds no white space."""
        taken: set[int] = set()
        for word in self.words:
            wanted = "".join(word.split())
            for match in re.finditer(re.escape(wanted), closed):
                taken.update(range(*match.span()))
        return taken | self._numbers_in(closed)

    def _numbers_in(self, text: str) -> set[int]:
        if not self.numbers:
            return set()
        return {at for match in _NUMBERS.finditer(text) for at in range(*match.span())}


def redaction_of(words: Iterable[str], *, numbers: bool) -> Redaction:
    """Return a redaction of these words, the longest first; single characters are no names."""
    wanted = {"".join(word.split()) for word in words}
    long_enough = (word for word in wanted if len(word) >= _SHORTEST)
    return Redaction(tuple(sorted(long_enough, key=len, reverse=True)), numbers)


def unmasked_in(text: str) -> tuple[str, ...]:
    """Say what in a text may name a person and is not masked, e.g. 身份证号、电话或者卡号2处.

    Names are only guessed, from the word before them (当事人：); a person must look.
    """
    numbers = {match[0] for match in _NUMBERS.finditer(text)}
    names = {m["name"] for m in _NAMED.finditer(text) if not _NO_PERSON.search(m["name"])}
    found = []
    if numbers:
        found.append(f"身份证号、电话或者卡号{len(numbers)}处")
    if names:
        found.append(f"疑似姓名{len(names)}个")
    return tuple(found)


def _masked(operation: TextOperation, taken: set[int]) -> list[TextOperation]:
    """Part a run where masking begins and ends; every piece keeps its place."""
    pieces: list[TextOperation] = []
    x, begin = operation.x, 0
    text = operation.text
    while begin < len(text):
        hidden = begin in taken
        end = begin
        while end < len(text) and (end in taken) == hidden:
            end += 1
        advances = operation.advances[begin:end]
        piece = replace(operation, x=x, text=text[begin:end], advances=advances)
        pieces += _covered(piece) if hidden else [piece]
        x += sum(advances) + operation.char_space * (end - begin)
        begin = end
    return pieces


def _covered(piece: TextOperation) -> list[TextOperation]:
    """Return the stand-ins for a run, or nothing where its face has none."""
    face, size, count = piece.face, piece.size, len(piece.text)
    for char in _STAND_INS:
        width = face.advance(char)
        if width is not None:
            # They share the room evenly, so what follows stands where it stood.
            whole = sum(piece.advances) + piece.char_space * count
            space = whole / count - width * size
            advances = (width * size,) * count
            return [replace(piece, text=char * count, advances=advances, char_space=space)]
    return []

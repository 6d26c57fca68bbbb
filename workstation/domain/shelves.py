"""The shelves of the e助理 beside the law: decisions (案例) and the bureau's notes (办案实务)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_SECTION_CHARACTERS = 240


class Shelf(StrEnum):
    """Where is searched; the value is what the command line takes."""

    LAWS = "laws"
    CASES = "cases"
    NOTES = "notes"

    @property
    def label(self) -> str:
        """The name that is shown."""
        return {"laws": "法律法规", "cases": "案例", "notes": "办案实务"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfText:
    """A decision or a note as it was last written.

    ``day`` is the day of the decision (None: not known) or of the note; ``articles`` are citations
    in full; ``version`` counts from 1 with every change. ``warnings`` tell of persons that may not
    be masked. ``removed`` marks what was taken off the shelf, with the reason.
    """

    shelf: Shelf
    code: str
    kind: str
    title: str
    text: str
    day: date | None
    version: int
    author: str
    written_at: datetime
    number: str = ""
    matters: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    file: str = ""
    warnings: tuple[str, ...] = ()
    removed: bool = False
    reason: str = ""

    @property
    def mark(self) -> str:
        """What the index knows this version of the text by."""
        return f"{self.code}@{self.version}"

    @property
    def heading(self) -> str:
        """What is searched beside title and text."""
        return " ".join(filter(None, (self.number, *self.matters, *self.tags)))


def sections_of(text: str) -> tuple[str, ...]:
    """Return a text in sections of some paragraphs each, so that a result shows its place."""
    sections: list[str] = []
    open_lines: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        open_lines.append(line)
        if sum(map(len, open_lines)) >= _SECTION_CHARACTERS:
            sections.append("\n".join(open_lines))
            open_lines = []
    if open_lines:
        sections.append("\n".join(open_lines))
    return tuple(sections)

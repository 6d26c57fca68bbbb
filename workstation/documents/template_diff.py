"""What two .docx say differently, paragraph by paragraph, with the place in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, parse_part
from workstation.documents.template_compiling import story_of
from workstation.documents.template_tags import located_paragraphs

_STORY_FOLDER = "word/"


class ChangeKind(StrEnum):
    """What happened to a paragraph; the value is shown."""

    CHANGED = "改动"
    ADDED = "增加"
    REMOVED = "删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """One paragraph that differs; an added one has no ``before``, a removed one no ``after``.

    ``place`` is where it stands in the newer of the two, for a removed one in the older.
    """

    kind: ChangeKind
    place: str
    before: str = ""
    after: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the change as the command line prints it."""
        return {
            "kind": self.kind.value,
            "place": self.place,
            "before": self.before,
            "after": self.after,
        }


def changes_between(older: DocxPackage, newer: DocxPackage) -> tuple[TextChange, ...]:
    """Return the paragraphs whose text differs, in the order of the newer one.

    Raises:
        DamagedDocxError: a part can't be parsed.
    """
    return changes_of(list(_texts(older)), list(_texts(newer)))


def changes_of(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> tuple[TextChange, ...]:
    """Return what differs between two lists of places with their texts."""
    matcher = SequenceMatcher(
        None, [text for _, text in before], [text for _, text in after], autojunk=False
    )
    changes: list[TextChange] = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation != "equal":
            changes.extend(_changes(before[i1:i2], after[j1:j2]))
    return tuple(changes)


def _changes(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> Iterator[TextChange]:
    shared = min(len(before), len(after))
    for (_, old), (place, new) in zip(before[:shared], after[:shared], strict=True):
        yield TextChange(kind=ChangeKind.CHANGED, place=place, before=old, after=new)
    for place, old in before[shared:]:
        yield TextChange(kind=ChangeKind.REMOVED, place=place, before=old)
    for place, new in after[shared:]:
        yield TextChange(kind=ChangeKind.ADDED, place=place, after=new)


def _texts(package: DocxPackage) -> Iterator[tuple[str, str]]:
    """Yield place and text of every paragraph that has some, the body first."""
    stories = [
        name
        for name in sorted(package.parts)
        if name.startswith((f"{_STORY_FOLDER}header", f"{_STORY_FOLDER}footer"))
    ]
    for name in (DOCUMENT_PART, *stories):
        for paragraph, place in located_paragraphs(
            parse_part(package.parts[name]), story_of(name)
        ):
            text = "".join(node.text or "" for node in paragraph.iter(W + "t")).strip()
            if text:
                yield place, text

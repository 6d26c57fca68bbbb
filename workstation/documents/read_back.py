"""Reading back a .docx of ours that was edited in Word or WPS: which fields and words changed.

Every value was printed inside a bookmark named after its field (``f_facts``, ``v_party__name``);
Word and WPS keep bookmarks while the text in them is edited. Corrections of a record are read as
they were typed: 【删去：…】【补入：…】.
"""

import re
from dataclasses import dataclass

from lxml import etree

from workstation.documents.correction_runs import marked_texts
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, parse_part
from workstation.documents.form_records import FormDefinition
from workstation.documents.template_compiling import story_of
from workstation.documents.template_diff import ChangeKind, TextChange, changes_of
from workstation.documents.template_tags import located_paragraphs
from workstation.domain.corrections import joined_marks

_BOOKMARK = re.compile(r"([fv])_(.+?)(?:__(\d+))?\Z")
_START, _END, _TEXT = W + "bookmarkStart", W + "bookmarkEnd", W + "t"
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A printed value whose text was changed by hand.

    ``field`` is a field of the form, or a datum of the case such as ``party.name``; ``after`` is
    ``None`` where the value, or its bookmark, was deleted.
    """

    field: str
    label: str
    place: str
    before: str
    after: str | None

    def as_json(self) -> dict[str, str]:
        """Return the change as the command line prints it."""
        return {
            "field": self.field,
            "name": self.label,
            "place": self.place,
            "before": self.before,
            "after": "" if self.after is None else self.after,
            "kind": ChangeKind.REMOVED.value if self.after is None else ChangeKind.CHANGED.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What was changed by hand: values, and wording around them."""

    fields: tuple[FieldChange, ...]
    wording: tuple[TextChange, ...]


@dataclass(slots=True)
class _Value:
    place: str
    text: str


def read_back(issued: DocxPackage, edited: DocxPackage, form: FormDefinition) -> ReadBack:
    """Return what ``edited`` says differently from ``issued``, the file it was made from.

    Raises:
        DamagedDocxError: a part can't be parsed.
    """
    before, after = _Story(issued), _Story(edited)
    fields = []
    for name, old in before.values.items():
        new = after.values.get(name)
        if new is None or new.text != old.text:
            fields.append(_field_change(name, old, new, form))
    # Values were compared by their bookmarks; only the words around them are left.
    return ReadBack(fields=tuple(fields), wording=changes_of(before.wording, after.wording))


def _field_change(name: str, old: _Value, new: _Value | None, form: FormDefinition) -> FieldChange:
    match = _BOOKMARK.match(name)
    kind, inner = (match[1], match[2]) if match else ("f", name)
    field = form.field(inner) if kind == "f" else None
    datum = inner.replace("__", ".")
    return FieldChange(
        field=field.name if field else datum,
        label=field.label if field else f"案件数据 {datum}",
        place=old.place if new is None else new.place,
        before=old.text,
        after=None if new is None else new.text,
    )


class _Story:
    """The values of a document by bookmark, and its wording with the values left out."""

    def __init__(self, package: DocxPackage) -> None:
        self.values: dict[str, _Value] = {}
        self.wording: list[tuple[str, str]] = []
        stories = sorted(
            name for name in package.parts if name.startswith(("word/header", "word/footer"))
        )
        for name in (DOCUMENT_PART, *stories):
            self._read(parse_part(package.parts[name]), story_of(name))

    def _read(self, root: etree._Element, story: str) -> None:
        opened: dict[str, str] = {}
        for paragraph, place in located_paragraphs(root, story):
            for name in opened.values():
                self.values[name].text += "\n"
            words = self._paragraph(paragraph, place, opened)
            if words.strip():
                self.wording.append((place, words.strip()))

    def _paragraph(self, paragraph: etree._Element, place: str, opened: dict[str, str]) -> str:
        words = ""
        marked = marked_texts(paragraph)
        for element in paragraph.iter(_START, _END, _TEXT, *_BREAKS):
            if element.tag == _START:
                name = str(element.get(W + "name"))
                if _BOOKMARK.match(name):
                    opened[str(element.get(W + "id"))] = name
                    self.values[name] = _Value(place, "")
                    words += "◇"
            elif element.tag == _END:
                opened.pop(str(element.get(W + "id")), None)
            else:
                plain = _BREAKS.get(str(element.tag), element.text or "")
                text = marked.get(element, plain)
                for name in opened.values():
                    self.values[name].text = joined_marks(self.values[name].text + text)
                words += "" if opened else text
        return words

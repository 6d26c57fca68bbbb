"""Facts of a case by name: what its papers print, and what was recorded once.

A name is a subject and a path:

* ``D51.fine``: a field of the latest paper of a form, as it was printed (as it was typed where
  it is printed nowhere); ``D51/D53.fine`` the latest of either form, ``D12*.person`` all papers
  of the form, ``*.party.name`` all papers. ``number``, ``date``, ``title``, ``served_at`` and
  ``text`` are of the paper itself; ``items.name`` is a column of a table, ``fine#1`` the first
  time a field is printed.
* ``case.party.name`` is the record of the case, ``office.court`` that of the bureau,
  ``office.people`` the names and certificates of its people, ``office.certified`` each name
  with its own number, as ``officers.certified`` is printed in a paper.
* ``event:decision_made.fine`` is of the latest event of a kind (``day``, ``at``, or its data),
  ``own.at`` of the event the paper came with; ``evidence.obtained_on`` of what was accepted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, cached_property
from itertools import pairwise

from workstation.documents.docx_texts import PrintedPaper
from workstation.documents.filters import date_cn, datetime_cn
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument
from workstation.domain.corrections import as_corrected
from workstation.domain.people import Office
from workstation.procedure.case_readings import day_of
from workstation.review.records import Passage

_TIME_ALONE = re.compile(r"\d{1,2}时(\d{1,2}分)?")
_NUMBER = re.compile(r"[A-Za-z]*\d{6,}")
_CERTIFIED = ".certified"
WHOLE_TEXT = "text"
_OF_THE_PAPER = frozenset({"number", "date", "title", "served_at", WHOLE_TEXT})
_MARKS = frozenset({"☑", "☐"})
_NO_PAPER = PrintedPaper(())
EVERY = "*"
_OWN = "own"


@dataclass(frozen=True, kw_only=True)
class FactSource:
    """Where the facts of a case come from; ``printed`` is by the id of the paper."""

    file: CaseFile
    office: Office
    printed: Mapping[str, PrintedPaper] = field(default_factory=dict)

    def papers(self, forms: str) -> tuple[IssuedDocument, ...]:
        """Return the papers of forms such as ``D51/D53``, or all (``*``)."""
        if forms == EVERY:
            return self.file.documents
        wanted = forms.split("/")
        if len(wanted) == 1:
            return self._by_form.get(forms, ())
        return tuple(d for d in self.file.documents if d.form in wanted)

    def stating(self, path: str) -> tuple[IssuedDocument, ...]:
        """Return all papers in which something of a path may stand."""
        if path in _OF_THE_PAPER:
            return self.file.documents
        name = path.partition("#")[0].removesuffix(_CERTIFIED)
        named = self._by_name.get(name, set()) | self._by_name.get(name.partition(".")[0], set())
        return tuple(d for d in self.file.documents if d.id in named)

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        """The ids of the papers in which a name was printed or typed."""
        found: dict[str, set[str]] = {}
        for document in self.file.documents:
            printed = self.printed.get(document.id, _NO_PAPER).values
            for name in (*printed, *document.values):
                found.setdefault(name, set()).add(document.id)
        return found

    @cached_property
    def _by_form(self) -> dict[str, tuple[IssuedDocument, ...]]:
        found: dict[str, list[IssuedDocument]] = {}
        for document in self.file.documents:
            found.setdefault(document.form, []).append(document)
        return {form: tuple(papers) for form, papers in found.items()}


Chosen = Mapping[str, IssuedDocument]


@cache
def forms_of(name: str) -> str:
    """Return the forms a name chooses one paper of (``D51/D53``), or nothing."""
    subject = _subject(name)[0]
    single = subject[:1] == "D" and subject[1:2].isdigit() and not subject.endswith(EVERY)
    return subject if single else ""


def paper_of(name: str, chosen: Chosen) -> IssuedDocument | None:
    """Return the one paper of ``chosen`` on which the facts of a name hang, or None."""
    if _subject(name)[0] == _OWN:
        return next(iter(chosen.values()), None)
    return chosen.get(forms_of(name))


def find_facts(name: str, source: FactSource, chosen: Chosen) -> list[Passage]:
    """Return the facts of a name, each with its place.

    ``chosen`` says which paper stands for forms of which one is asked for.
    """
    subject, path = _subject(name)
    if forms_of(name):
        paper = paper_of(name, chosen)
        return list(_of_paper(paper, path, source)) if paper else []
    if subject[0] in {"D", EVERY}:
        every = subject == EVERY
        papers = source.stating(path) if every else source.papers(subject.removesuffix(EVERY))
        return [fact for paper in papers for fact in _of_paper(paper, path, source)]
    if subject == "case":
        return _recorded("案件登记", _at_path(source.file.case, path))
    if subject == "office":
        return _of_office(source.office, path)
    if subject == "evidence":
        return list(_of_evidence(source.file, path))
    return list(_of_event(_event(subject, source.file, paper_of(name, chosen)), path))


def _subject(name: str) -> tuple[str, str]:
    subject, _, path = name.partition(".")
    return subject, path


def _of_paper(paper: IssuedDocument, path: str, source: FactSource) -> Iterator[Passage]:
    for text in _texts(paper, path, source):
        yield Passage(
            title=f"《{paper.title}》",
            text=text,
            document=paper.key,
            field=path.partition("#")[0].removesuffix(_CERTIFIED),
            step=paper.step,
        )


def _texts(paper: IssuedDocument, path: str, source: FactSource) -> Iterator[str]:
    printed = source.printed.get(paper.id, _NO_PAPER)
    if path in _OF_THE_PAPER:
        yield from _own(paper, path, source, printed)
        return
    if path.endswith(_CERTIFIED):
        yield from _certified(printed.values.get(path.removesuffix(_CERTIFIED), ()))
        return
    path, _, only = path.partition("#")
    times = [text for text in printed.values.get(path, ()) if text not in _MARKS]
    times = times[int(only) - 1 : int(only)] if only else times
    name, _, column = path.partition(".")
    value = as_corrected(paper.values.get(name))
    if times:
        yield from (_with_day(text, value, paper) for text in times)
        return
    if column and isinstance(value, list):
        value = [row.get(column) for row in value if isinstance(row, dict)]
    yield from _plain(value)


def _certified(pieces: tuple[str, ...]) -> Iterator[str]:
    """Yield each name with the certificate number printed right after it."""
    for name, number in pairwise(pieces):
        if _NUMBER.fullmatch(number.strip()) and not _NUMBER.fullmatch(name.strip()):
            yield f"{name.strip()}{number.strip()}"


def _with_day(text: str, value: object, paper: IssuedDocument) -> str:
    """Return a printed time of day with the day it belongs to, any other text as it is."""
    if not _TIME_ALONE.fullmatch(text.strip()):
        return text
    day = day_of(value) if isinstance(value, str) else None
    return f"{date_cn(day or paper.dated)}{text.strip()}"


def _own(
    paper: IssuedDocument, path: str, source: FactSource, printed: PrintedPaper
) -> Iterator[str]:
    if path == WHOLE_TEXT:
        yield "\n".join(printed.lines)
    elif path == "served_at":
        delivery = source.file.delivery_of(paper)
        yield from _plain(delivery.at if delivery else None)
    else:
        shown = printed.values.get(f"document.{path}", ())
        kept = {"number": paper.number, "date": paper.dated, "title": paper.title}[path]
        yield from shown[:1] or _plain(kept)


def _plain(value: object) -> Iterator[str]:
    """Yield what stands in a value; yes, no and nothing are no facts."""
    if isinstance(value, list | tuple | frozenset):
        for part in value:
            yield from _plain(part)
    elif isinstance(value, datetime):
        yield datetime_cn(value)
    elif isinstance(value, date):
        yield date_cn(value)
    elif isinstance(value, Enum):
        yield str(value.value)
    elif value is not None and not isinstance(value, bool | dict) and str(value).strip():
        yield str(value)


def _at_path(record: object, path: str) -> object:
    for part in path.split("."):
        if isinstance(record, Mapping):
            record = record.get(part)
        elif is_dataclass(record) and part in {f.name for f in fields(record)}:
            record = getattr(record, part)
        else:
            return None
    return record


def _recorded(title: str, value: object) -> list[Passage]:
    return [Passage(title=title, text=text) for text in _plain(value)]


def _of_office(office: Office, path: str) -> list[Passage]:
    if path == "certified":
        pairs = tuple(f"{p.name}{p.certificate}" for p in office.people if p.certificate)
        return _recorded("本机关人员", pairs)
    if path != "people":
        return _recorded("本机关设置", _at_path(office.agency, path))
    known = (
        value
        for person in office.people
        for value in (person.name, person.certificate, person.valid_from, person.valid_to)
    )
    return _recorded("本机关人员", tuple(known))


def _of_evidence(file: CaseFile, path: str) -> Iterator[Passage]:
    for piece in file.evidence:
        for text in _plain(_at_path(piece, path)) if piece.accepted else ():
            yield Passage(title=f"证据{piece.position} {piece.name}", text=text, step=3)


def _event(subject: str, file: CaseFile, paper: IssuedDocument | None) -> CaseEvent | None:
    if subject == _OWN:
        position = paper.event_position if paper else None
        return next((e for e in file.events if e.position == position), None)
    return file.last(subject.removeprefix("event:"))


def _of_event(event: CaseEvent | None, path: str) -> Iterator[Passage]:
    if event is None:
        return
    value = getattr(event, path) if path in {"day", "at"} else event.data.get(path)
    for text in _plain(value):
        yield Passage(title=f"登记的“{event.title}”", text=text, step=event.step)

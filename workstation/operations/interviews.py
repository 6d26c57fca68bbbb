"""The 询问笔录: questions to choose from, and people who would be in two places at once.

The questions are data; the first sentences of every record (certificates, rights and duties,
recusal; 行政处罚法§43, §55) stand in the form D12 itself and are filled from the case.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.domain.cases import CaseEvent, CaseFile, paper_key
from workstation.domain.citations import parse_reference
from workstation.errors import DataFileError
from workstation.procedure.case_readings import (
    ends_at,
    moment_of,
    names_of,
    officers_of,
    text_of,
)
from workstation.storage.database import Database, Unit

FORM = "D12"
_FILE = "templates/03_investigation/question_sets.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, the element of fact it establishes, and its basis (may be empty)."""

    ask: str
    element: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """Questions for some matters; without ``matters`` for every case."""

    name: str
    matters: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A span of time in which people are bound by one record (笔录), of a case or a draft."""

    case_id: str
    case: str
    what: str
    start: datetime
    end: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """The same name stands in two records whose times overlap."""

    name: str
    one: Sitting
    other: Sitting

    @property
    def sentence(self) -> str:
        """What is wrong, to the minute."""
        return told_of(self.other, (self.name,))


def told_of(other: Sitting, names: Sequence[str]) -> str:
    """Say that people sit in ``other`` at the time of the record at hand, to the minute."""
    return (
        f"{'、'.join(names)}在{other.start:%Y-%m-%d %H:%M}至{other.end:%H:%M}"
        f"另有“{other.what}”（{other.case}），与本笔录的时段重叠；请核对起止时分，同名的请核对身份。"
    )


def load_question_sets(home: Path | None = None) -> tuple[QuestionSet, ...]:
    """Return the sets of questions; the bureau's own file under ``own/`` wins.

    Raises:
        DataFileError: the file is malformed or a basis is no article.
    """
    path = overlay(_FILE, home)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> tuple[QuestionSet, ...]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_set(entry) for entry in table["sets"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataFileError(
            f"询问问题组 {path.name} 有误：{error}。",
            hint="请对照程序自带的 question_sets.toml 改正；依据写作“行政处罚法§33第2款”。",
        ) from error


def _set(entry: Mapping[str, Any]) -> QuestionSet:
    questions = tuple(Question(**question) for question in entry["questions"])
    for question in questions:
        if question.basis:
            parse_reference(question.basis)
    return QuestionSet(
        name=str(entry["name"]), matters=tuple(entry["matters"]), questions=questions
    )


class InterviewOperations:
    """Every call is one short reading transaction; safe to call from any thread."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self._home = home

    def questions(self, matter: str = "") -> tuple[QuestionSet, ...]:
        """Return the sets that serve a matter, its own first; without ``matter`` all of them.

        Raises:
            DataFileError: the file of questions is malformed.
        """
        sets = load_question_sets(self._home)
        if not matter:
            return sets
        own = tuple(each for each in sets if matter in each.matters)
        return own + tuple(each for each in sets if not each.matters)

    def questions_for(self, wanted: str) -> tuple[QuestionSet, ...]:
        """Return the sets for the matter of a case, by the case's id or number.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        with self._database.reading() as unit:
            matter = unit.cases.get(unit.cases.find(wanted)).matter_code
        return self.questions(matter)

    def clashes(self, wanted: str) -> tuple[Clash, ...]:
        """Return where an officer or the person asked is in two records at once, in any case.

        Recorded events of every case count, and the drafts of this case's 询问笔录.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            own = _sittings_of(file)
            own += [
                sitting
                for draft in unit.drafts.of_case(file.case.id)
                if draft.form == FORM and not _is_issued(file, draft.form, draft.occurrence)
                if (sitting := _of_values(file, draft.values)) is not None
            ]
            found: list[Clash] = []
            for place, sitting in enumerate(own):
                found += _against(sitting, own[place + 1 :] + _elsewhere(unit, sitting))
        return tuple(found)

    def clashes_of_paper(self, wanted: str, values: Mapping[str, Any]) -> tuple[Clash, ...]:
        """Return the clashes of one 询问笔录 as its fields stand, while it is being typed.

        The event that issued this very record (same begin, same person) is not another one.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            sitting = _of_values(file, values)
            if sitting is None:
                return ()
            person = text_of(values.get("person"))
            own = [
                other
                for other in _sittings_of(file)
                if not (other.start == sitting.start and (not person or person in other.people))
            ]
            return _against(sitting, own + _elsewhere(unit, sitting))


def _is_issued(file: CaseFile, form: str, occurrence: int) -> bool:
    return any(document.key == paper_key(form, occurrence) for document in file.documents)


def _sittings_of(file: CaseFile) -> list[Sitting]:
    name = file.case.number or file.case.lead.number
    found = (
        _of_event(file.case.id, name, event, officers_of(event, file.case))
        for event in file.events
    )
    return [sitting for sitting in found if sitting is not None]


def _of_event(
    case_id: str, case: str, event: CaseEvent, officers: tuple[str, ...]
) -> Sitting | None:
    end = ends_at(event)
    if end is None or end <= event.at:
        return None
    person = text_of(event.data.get("person"))
    return Sitting(
        case_id=case_id,
        case=case,
        what=event.title,
        start=event.at,
        end=end,
        people=_once(*officers, person),
    )


def _of_values(file: CaseFile, values: Mapping[str, Any]) -> Sitting | None:
    start, end = moment_of(values.get("started_at")), moment_of(values.get("ended_at"))
    if start is None or end is None or end <= start:
        return None
    person, recorder = text_of(values.get("person")), text_of(values.get("recorder"))
    return Sitting(
        case_id=file.case.id,
        case=file.case.number or file.case.lead.number,
        what="询问笔录（草稿）",
        start=start,
        end=end,
        people=_once(*file.case.officers, recorder, person),
    )


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _elsewhere(unit: Unit, sitting: Sitting) -> list[Sitting]:
    """Return the records of other cases of that day and the evening before."""
    begin = datetime.combine(sitting.start.date(), time.min) - timedelta(days=1)
    found: list[Sitting] = []
    for case_id, event in unit.events.between(begin, sitting.end, except_case=sitting.case_id):
        if ends_at(event) is None:
            continue
        case = unit.cases.get(case_id)
        # As in the guard: an officer counts in another case where its event names them.
        officers = names_of(event.data.get("officers"))
        other = _of_event(case_id, case.number or case.lead.number, event, officers)
        found += [other] if other is not None else []
    return found


def _against(sitting: Sitting, others: list[Sitting]) -> tuple[Clash, ...]:
    return tuple(
        Clash(name=name, one=sitting, other=other)
        for other in others
        if sitting.start < other.end and other.start < sitting.end
        for name in sitting.people
        if name in other.people
    )

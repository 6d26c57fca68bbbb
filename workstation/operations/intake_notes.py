"""Noting in an event that replaces registered values what stood before, and what prints it."""

from collections.abc import Mapping
from dataclasses import replace

from workstation.documents.docx_texts import read_printed
from workstation.domain.cases import Case, CaseEvent, CaseFile, JsonValue
from workstation.domain.intake import (
    CAUSE,
    CORRECTED,
    FACT,
    MATTER,
    OVERWRITTEN,
    corrected,
    differing,
    intake_values,
    is_moment,
    stands_in,
    table_of,
    with_values,
)
from workstation.errors import InvalidInputError
from workstation.operations.papers import PaperMaker
from workstation.operations.printed_values import record_paths, typed_fields
from workstation.storage.database import Unit

# Shorter words stand in a text by chance; they count where the form itself prints the value.
_TELLING = 4


def with_intake_noted(
    unit: Unit,
    file: CaseFile,
    event: CaseEvent,
    facts: Mapping[str, JsonValue],
    papers: PaperMaker,
) -> CaseEvent:
    """Return an event with all that it changes of the record, what stood before, and the papers.

    ``changes`` then holds every value that differs, also what follows from those asked for, and
    ``papers`` the issued papers that print a value of before, by key with its paths: in the data
    of a correction, in ``overwritten`` of any other event. ``facts`` are those of the act that
    come with the event.

    Raises:
        InvalidInputError: a path, value or matter is unknown or can't be read.
        InvalidIdentityNumberError, InvalidCreditCodeError: a check digit is wrong.
    """
    told = {f"{FACT}{name}": value for name, value in facts.items()}
    if event.kind == CORRECTED:
        asked = told | _with_cause(unit, event, table_of(event, "changes"))
        noted = _noted(unit, file, corrected(file.case, asked), papers)
        return replace(event, data={**event.data, **noted})
    noted = _noted(unit, file, with_values(file.case, told), papers)
    return replace(event, data={**event.data, OVERWRITTEN: noted}) if noted["changes"] else event


def _noted(unit: Unit, file: CaseFile, after: Case, papers: PaperMaker) -> dict[str, JsonValue]:
    paths = differing(file.case, after)
    before, now = intake_values(file.case), intake_values(after)
    return {
        "changes": {path: now.get(path) for path in paths},
        "before": {path: before.get(path) for path in paths},
        "papers": _issued(unit, file, paths, papers),
    }


def _with_cause(
    unit: Unit, event: CaseEvent, changes: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """Return the changes with the cause that a changed matter brings."""
    code = changes.get(MATTER)
    if code is None:
        return dict(changes)
    matter = unit.matters.as_of(str(code), event.day)
    if matter is None:
        message = f"{event.day.isoformat()}的权力事项清单中没有“{code}”。"
        raise InvalidInputError(message, hint="请填写清单中的事项代码，用 matters list 查看。")
    return {CAUSE: matter.cause, **changes}


def _issued(
    unit: Unit, file: CaseFile, paths: tuple[str, ...], papers: PaperMaker
) -> dict[str, JsonValue]:
    before = intake_values(file.case)
    typed = typed_fields(unit, file.case.id)
    found: dict[str, JsonValue] = {}
    for document in file.documents:
        names = typed.get(document.key, frozenset())
        printed = tuple(record_paths(papers.forms.get(document.form), names))
        lines = read_printed(unit.documents.docx_of(document.id)).lines
        text = _closed_up("".join(lines))
        carried: list[JsonValue] = [
            path for path in paths if _carries(path, before.get(path), text, printed)
        ]
        if carried:
            found[document.key] = carried
    return found


def _carries(path: str, old: JsonValue, text: str, printed: tuple[str, ...]) -> bool:
    """Whether a paper prints a value; where it is printed in other words, its form alone tells."""
    by_form = any(stands_in(path, at) for at in printed)
    if not old:
        return False
    if path == MATTER or not isinstance(old, str) or is_moment(old):
        return by_form
    return _closed_up(old) in text and (by_form or len(old) >= _TELLING)


def _closed_up(text: str) -> str:
    return "".join(text.split())

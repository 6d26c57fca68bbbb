"""Noting in a correction of the intake what stood before, and which papers print it."""

from collections.abc import Mapping
from dataclasses import replace

from workstation.documents.docx_texts import read_printed
from workstation.domain.cases import CaseEvent, CaseFile, JsonValue, paper_key
from workstation.domain.intake import (
    CAUSE,
    CORRECTED,
    MATTER,
    corrected,
    differing,
    intake_values,
    is_moment,
    stands_in,
)
from workstation.errors import InvalidInputError
from workstation.operations.papers import PaperMaker
from workstation.operations.printed_values import record_paths, typed_fields
from workstation.procedure.intake_corrections import table_of
from workstation.storage.database import Unit

# Shorter words stand in a text by chance; they count where the form itself prints the value.
_TELLING = 4


def with_intake_noted(
    unit: Unit, file: CaseFile, event: CaseEvent, papers: PaperMaker
) -> CaseEvent:
    """Return a correction with all that it changes, what stood before, and the papers concerned.

    ``changes`` then holds every value that differs, also what follows from those asked for;
    ``papers`` the issued papers that print a value of before by key with its paths, ``drafts``
    the drafts that print what changes. Other events are returned as they are.

    Raises:
        InvalidInputError: a path, value or matter is unknown or can't be read.
        InvalidIdentityNumberError, InvalidCreditCodeError: a check digit is wrong.
    """
    if event.kind != CORRECTED:
        return event
    asked = _with_cause(unit, event, table_of(event, "changes"))
    after = corrected(file.case, asked)
    paths = differing(file.case, after)
    now = intake_values(after)
    noted = {
        "changes": {path: now.get(path) for path in paths},
        "before": {path: intake_values(file.case).get(path) for path in paths},
        "papers": _issued(unit, file, paths, papers),
        "drafts": _drafted(unit, file, paths, papers),
    }
    return replace(event, data={**event.data, **noted})


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


def _drafted(
    unit: Unit, file: CaseFile, paths: tuple[str, ...], papers: PaperMaker
) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for draft in unit.drafts.of_case(file.case.id):
        printed = tuple(record_paths(papers.forms.get(draft.form), frozenset(draft.values)))
        changed: list[JsonValue] = [
            path for path in paths if any(stands_in(path, at) for at in printed)
        ]
        if changed:
            found[paper_key(draft.form, draft.occurrence)] = changed
    return found


def _closed_up(text: str) -> str:
    return "".join(text.split())

"""Corrections of what was registered at intake, and the issued papers that still say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, JsonValue
from workstation.domain.intake import CORRECTED, FACT, TITLE, is_moment
from workstation.procedure.case_readings import text_of

WRONG, CHANGED = "登记有误", "事后变更"
NATURES = (WRONG, CHANGED)
DOCUMENT_CORRECTED = "document_corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePaper:
    """An issued paper that prints what a later correction found wrong.

    ``paths`` names the values; ``served`` says whether it went out, and so how it is mended.
    """

    document: IssuedDocument
    correction: CaseEvent
    paths: tuple[str, ...]
    served: bool

    def was(self, path: str) -> str:
        """Return what the paper prints at a path."""
        return _shown(table_of(self.correction, "before").get(path))

    def now(self, path: str) -> str:
        """Return what is registered instead."""
        return _shown(table_of(self.correction, "changes").get(path))


def table_of(event: CaseEvent, key: str) -> Mapping[str, JsonValue]:
    """Return one of the tables a correction keeps: ``changes``, ``before`` or ``papers``."""
    table = event.data.get(key)
    return table if isinstance(table, dict) else {}


def facts_written(event: CaseEvent) -> tuple[str, ...]:
    """Return the facts of the act that a correction wrote, by key; none for other events."""
    if event.kind != CORRECTED:
        return ()
    changes = table_of(event, "changes")
    return tuple(path.removeprefix(FACT) for path in changes if path.startswith(FACT))


def paths_in(event: CaseEvent, key: str) -> tuple[str, ...]:
    """Return the wrong values that the paper ``key`` prints according to a correction."""
    if event.kind != CORRECTED or event.data.get("nature") != WRONG:
        return ()
    paths = table_of(event, "papers").get(key)
    return tuple(map(str, paths)) if isinstance(paths, list) else ()


def stale_papers(file: CaseFile) -> tuple[StalePaper, ...]:
    """Return the issued papers that are neither corrected nor issued anew since a correction."""
    served = {delivery.document_id for delivery in file.deliveries}
    return tuple(
        StalePaper(document=d, correction=event, paths=paths, served=d.id in served)
        for event in file.all_of(CORRECTED)
        for d in file.documents
        if (paths := paths_in(event, d.key)) and not _mended(file, d, event, paths)
    )


def _mended(
    file: CaseFile, document: IssuedDocument, event: CaseEvent, paths: tuple[str, ...]
) -> bool:
    again = any(
        d.form == document.form and d.event_position > event.position for d in file.documents
    )
    return again or all(is_noted(file, document, event, path) for path in paths)


def is_noted(file: CaseFile, document: IssuedDocument, event: CaseEvent, path: str) -> bool:
    """Whether a correction of the paper itself (更正文书) says what is registered at ``path``."""
    new = _shown(table_of(event, "changes").get(path))
    return path == TITLE or any(
        _says(text_of(noted.data.get("new")), new)
        for noted in file.all_of(DOCUMENT_CORRECTED)
        if noted.data.get("document") == document.key
    )


def _says(text: str, new: str) -> bool:
    """Whether a correction names the new value; days and moments are written otherwise there."""
    return new in text or is_moment(new)


def _shown(value: JsonValue) -> str:
    return "" if value is None else str(value)

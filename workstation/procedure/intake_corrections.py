"""Changes of what was registered of a case, and the issued papers that still say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument, JsonValue
from workstation.domain.intake import CORRECTED, FACT, TITLE, is_moment, table_of
from workstation.procedure.case_readings import text_of

WRONG, CHANGED = "登记有误", "事后变更"
NATURES = (WRONG, CHANGED)
DOCUMENT_CORRECTED = "document_corrected"
BY_SEAL = "校对章"


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePaper:
    """An issued paper that prints what a later event replaced in the record.

    ``change`` is a correction, or any event that gave a fact of the act another value; ``paths``
    names the values, ``values`` what is registered now; ``served`` says whether the paper went
    out, and so how it is mended.
    """

    document: IssuedDocument
    change: CaseEvent
    paths: tuple[str, ...]
    values: Mapping[str, JsonValue]
    served: bool

    @property
    def is_wrong(self) -> bool:
        """Whether the record says that the paper was wrong; otherwise a person has to judge."""
        return self.change.kind == CORRECTED

    def was(self, path: str) -> str:
        """Return what the paper prints at a path."""
        return _shown(table_of(self.change, "before").get(path))

    def now(self, path: str) -> str:
        """Return what is registered instead."""
        return _shown(self.values.get(path))


def facts_written(event: CaseEvent) -> tuple[str, ...]:
    """Return the facts of the act that an event gave another value, by key."""
    changes = table_of(event, "changes")
    return tuple(path.removeprefix(FACT) for path in changes if path.startswith(FACT))


def paths_in(event: CaseEvent, key: str) -> tuple[str, ...]:
    """Return what the paper ``key`` prints of the values that an event replaced.

    Nothing for what only changed after it was registered (事后变更): the paper was right then.
    """
    if event.kind == CORRECTED and event.data.get("nature") != WRONG:
        return ()
    paths = table_of(event, "papers").get(key)
    return tuple(map(str, paths)) if isinstance(paths, list) else ()


def stale_papers(file: CaseFile) -> tuple[StalePaper, ...]:
    """Return the issued papers that are neither corrected nor issued anew since a change."""
    served = {delivery.document_id for delivery in file.deliveries}
    values = {p: value for e in file.events for p, value in table_of(e, "changes").items()}
    found = []
    for event in file.events:
        before = table_of(event, "before")
        for d in file.documents:
            paths = tuple(p for p in paths_in(event, d.key) if values.get(p) != before.get(p))
            if paths and not _mended(file, d, event, paths):
                stale = StalePaper(
                    document=d, change=event, paths=paths, values=values, served=d.id in served
                )
                found.append(stale)
    return tuple(found)


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

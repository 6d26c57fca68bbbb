"""Which recorded values of a case its papers print."""

from collections.abc import Iterator, Mapping
from typing import Any

from workstation.documents.forms import FormDefinition
from workstation.documents.value_paths import EVENT_MARK, value_paths
from workstation.operations.contexts import Context
from workstation.storage.database import Unit

_ROOTS = frozenset({"case", "party", "officers", "matter"})


def record_paths(form: FormDefinition, typed: frozenset[str]) -> Iterator[str]:
    """Yield the paths of the case that a paper prints: in its text, or in fields left to it.

    ``typed`` names the fields that were filled in by hand.
    """
    for source in (form.body, *(f.default for f in form.fields if f.name not in typed)):
        yield from value_paths(source, _is_recorded)


def printed_beside(form: FormDefinition, context: Context) -> dict[str, Any]:
    """Return what the text of a form prints of the case beside its fields, by path."""
    return {path: value_at(context, path) for path in value_paths(form.body, _is_recorded)}


def value_at(context: Context, path: str) -> Any:
    """Return what stands at a path of ``value_paths``; None where nothing does."""
    path, _, kind = path.partition(EVENT_MARK)
    found: Any = context
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return [event for event in found if event["kind"] == kind] if kind else found


def _is_recorded(path: str) -> bool:
    return path.partition(".")[0] in _ROOTS


def typed_fields(unit: Unit, case_id: str) -> dict[str, frozenset[str]]:
    """Return the fields typed by hand of every issued paper, by its key, as the log noted them."""
    found: dict[str, frozenset[str]] = {}
    for entry in unit.log.of_case(case_id):
        noted = entry.payload.get("typed")
        for key, names in noted.items() if isinstance(noted, dict) else ():
            found[key] = frozenset(map(str, names)) if isinstance(names, list) else frozenset()
    return found

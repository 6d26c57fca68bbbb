"""Reading the 63 checks from ``statutes/checks.toml``, with the guards that hang on each."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from workstation import data_files
from workstation.documents.filters import parse_compact
from workstation.documents.sandbox import load_titles
from workstation.domain.citations import ArticleReference
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.procedure.records import GuardRule
from workstation.review.records import Check, Level, Mode


def load_checks(guards: Mapping[str, GuardRule], home: Path | None = None) -> tuple[Check, ...]:
    """Return all checks in the order of the file.

    A guard hangs on the check its own particulars name, and on those whose ``guards`` name it.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    path = data_files.overlay("statutes/checks.toml", home)
    rows = read_table(path).get("checks", {})
    return tuple(
        convert(path, f"checks.{id_}", _check, id_, row, guards) for id_, row in rows.items()
    )


def full_references(value: object) -> tuple[ArticleReference, ...]:
    """Return the articles of a ``basis``, each with the full title of its law."""
    return tuple(_in_full(parse_compact(text)) for text in words(value))


def _in_full(reference: ArticleReference) -> ArticleReference:
    return replace(reference, title=load_titles().get(reference.title, reference.title))


def _check(id_: str, row: Table, guards: Mapping[str, GuardRule]) -> Check:
    own = [rule.name for rule in guards.values() if rule.check == id_]
    more = words(row.get("guards", []))
    unknown = [name for name in more if name not in guards]
    if unknown:
        message = f"没有名为 {'、'.join(unknown)} 的闸门"
        raise ValueError(message)
    return Check(
        id=id_,
        group=str(row["group"]),
        item=str(row["item"]),
        mode=Mode(row["mode"]),
        level=Level(row["level"]),
        basis=full_references(row["basis"]),
        look_at=str(row["look_at"]),
        standard=str(row.get("standard", "")),
        guards=tuple(dict.fromkeys([*own, *more])),
        deadlines=words(row.get("deadlines", [])),
    )

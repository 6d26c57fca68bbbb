"""Reading the relations of the proof of consistency from ``statutes/relations.toml``."""

from decimal import Decimal
from pathlib import Path

from workstation import data_files
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.review.catalogue import full_references
from workstation.review.fact_values import READINGS
from workstation.review.records import Level, Relation, Tie


def load_relations(home: Path | None = None) -> tuple[Relation, ...]:
    """Return all relations in the order of the file.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    path = data_files.overlay("statutes/relations.toml", home)
    rows = read_table(path).get("relations", {})
    return tuple(
        convert(path, f"relations.{id_}", _relation, id_, row) for id_, row in rows.items()
    )


def _relation(id_: str, row: Table) -> Relation:
    reads = str(row.get("reads", "text"))
    if reads not in READINGS:
        message = f"reads 只能是 {'、'.join(READINGS)}"
        raise ValueError(message)
    return Relation(
        id=id_,
        tie=Tie(row["tie"]),
        reads=reads,
        left=words(row["left"]),
        right=words(row.get("right", [])),
        says=str(row["says"]),
        basis=full_references(row["basis"]),
        check=str(row["check"]),
        level=Level(row["level"]) if "level" in row else None,
        guard=str(row.get("guard", "")),
        gap=int(row.get("gap", 0)),
        within=int(row["within"]) if "within" in row else None,
        tolerance=Decimal(str(row.get("tolerance", 0))),
        paired=bool(row.get("paired", False)),
        only=str(row.get("only", "")),
    )

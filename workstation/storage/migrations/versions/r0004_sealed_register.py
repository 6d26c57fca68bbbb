"""Add the sealed register of interventions, its readers and the passwords of people."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision = "0003"

_TABLES = {
    "interventions": (
        "case_id", "person", "post", "at", "manner", "content", "materials", "recorded_by",
        "recorded_at",
    ),
    "intervention_readers": ("case_id", "name", "granted_by", "reason", "entered_at"),
    "passwords": ("person", "salt", "digest", "set_by", "set_at"),
}  # fmt: skip


def upgrade() -> None:
    """Create the tables and the triggers that keep them append-only."""
    for table, columns in _TABLES.items():
        _create(table, columns)
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _create(table: str, columns: tuple[str, ...]) -> None:
    parts: list[Any] = [_required("id", sa.Integer())]
    parts += [_required(name, sa.Text()) for name in columns]
    if table == "intervention_readers":
        parts.append(_required("withdrawn", sa.Boolean()))
    parts.append(sa.PrimaryKeyConstraint("id", name=f"pk_{table}"))
    if "case_id" in columns:
        name = f"fk_{table}_case_id_cases"
        parts.append(sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=name))
    op.create_table(table, *parts)
    looked_up = "case_id" if "case_id" in columns else "person"
    op.create_index(f"ix_{table}_{looked_up}", table, [looked_up])

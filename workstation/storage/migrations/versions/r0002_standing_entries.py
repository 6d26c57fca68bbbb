"""Add what an office decides for itself: dated entries."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

_APPEND_ONLY = ("dated_entries",)


def upgrade() -> None:
    """Create the tables and the triggers that keep them append-only."""
    _create_dated_entries()
    op.add_column("matters", sa.Column("ranges", sa.Text(), nullable=False, server_default="[]"))
    for table in _APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _create_dated_entries() -> None:
    op.create_table(
        "dated_entries",
        _required("id", sa.Integer()),
        _required("kind", sa.Text()),
        _required("key", sa.Text()),
        _required("content", sa.Text()),
        _required("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        _required("source", sa.Text()),
        _required("verified", sa.Boolean()),
        _required("entered_by", sa.Text()),
        _required("entered_at", sa.Text()),
        _required("withdrawn", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_dated_entries"),
    )
    op.create_index("ix_dated_entries_kind_key", "dated_entries", ["kind", "key"])

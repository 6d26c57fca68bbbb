"""Add what an office decides for itself: dated entries."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

_APPEND_ONLY = ("dated_entries", "matter_notices")


def upgrade() -> None:
    """Create the tables and the triggers that keep them append-only."""
    _create_dated_entries()
    op.add_column("deadlines", sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deadlines", sa.Column("holder", sa.Text(), nullable=False, server_default=""))
    op.add_column("matters", sa.Column("ranges", sa.Text(), nullable=False, server_default="[]"))
    _widen_matters()
    _create_matter_notices()
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


_MATTER_COLUMNS = {
    "violated_also": "[]",
    "penalty_also": "[]",
    "implementation": "{}",
    "marks": "{}",
    "list_kind": "",
    "notice_number": "",
    "supersedes": "",
}


def _widen_matters() -> None:
    for name, default in _MATTER_COLUMNS.items():
        column = sa.Column(name, sa.Text(), nullable=False, server_default=default)
        op.add_column("matters", column)
    tested = sa.Column("alternatives", sa.Text(), nullable=False, server_default="[]")
    op.add_column("discretion_tiers", tested)


def _create_matter_notices() -> None:
    op.create_table(
        "matter_notices",
        _required("id", sa.Integer()),
        _required("number", sa.Text()),
        _required("title", sa.Text()),
        _required("list_kind", sa.Text()),
        sa.Column("published", sa.Date()),
        _required("effective", sa.Date()),
        _required("complete", sa.Boolean()),
        _required("added", sa.Integer()),
        _required("changed", sa.Integer()),
        _required("withdrawn", sa.Integer()),
        _required("unchanged", sa.Integer()),
        _required("file_name", sa.Text()),
        _required("file_sha256", sa.Text()),
        _required("entered_by", sa.Text()),
        _required("entered_at", sa.Text()),
        _required("ended", sa.Text()),
        _required("reverses", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_matter_notices"),
    )
    op.create_index("ix_matter_notices_number", "matter_notices", ["number"])

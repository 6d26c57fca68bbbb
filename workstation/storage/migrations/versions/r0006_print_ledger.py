"""Add the ledger of what was printed."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table and the triggers that keep it append-only."""
    op.create_table(
        "printings",
        _required("id", sa.Integer()),
        _required("case_id", sa.Text()),
        _required("document", sa.Text()),
        _required("title", sa.Text()),
        _required("version_digest", sa.Text()),
        _required("draft", sa.Boolean()),
        _required("pages", sa.Integer()),
        _required("recipient", sa.Text()),
        _required("copies", sa.Integer()),
        _required("printer", sa.Text()),
        _required("tray", sa.Text()),
        _required("duplex", sa.Boolean()),
        _required("job", sa.Text()),
        _required("printed_by", sa.Text()),
        _required("printed_at", sa.Text()),
        _required("event_position", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_printings"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_printings_case_id_cases"),
    )
    op.create_index("ix_printings_case_id", "printings", ["case_id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER printings_no_{change.lower()} BEFORE {change} ON printings "
            f"BEGIN SELECT RAISE(ABORT, 'printings is append-only'); END"
        )


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)

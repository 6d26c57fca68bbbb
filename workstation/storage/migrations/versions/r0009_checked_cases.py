"""Keep what the review of the whole office found in each case."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table; a row is replaced when its case is checked again."""
    op.create_table(
        "checked_cases",
        _required("case_id", sa.Text()),
        _required("number", sa.Text()),
        _required("title", sa.Text()),
        _required("version", sa.Integer()),
        _required("basis", sa.Text()),
        _required("checked_on", sa.Date()),
        sa.Column("next_day", sa.Date()),
        _required("blocking", sa.Integer()),
        _required("failed", sa.Integer()),
        _required("waiting", sa.Integer()),
        _required("findings", sa.Text()),
        sa.PrimaryKeyConstraint("case_id", name="pk_checked_cases"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_checked_cases_case_id_cases"),
    )


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)

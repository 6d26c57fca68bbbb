"""Keep what the review of the whole office found in each case, check by check."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables; what was found in a case is replaced when it is checked again."""
    op.create_table(
        "checked_cases",
        _required("case_id", sa.Text()),
        _required("number", sa.Text()),
        _required("title", sa.Text()),
        _required("version", sa.Integer()),
        _required("basis", sa.Text()),
        _required("checked_at", sa.Text()),
        sa.Column("next_day", sa.Date()),
        _required("blocking", sa.Integer()),
        _required("failed", sa.Integer()),
        _required("waiting", sa.Integer()),
        sa.PrimaryKeyConstraint("case_id", name="pk_checked_cases"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_checked_cases_case_id_cases"),
    )
    texts = ("case_id", "check_id", "state", "level", "message", "title", "document", "field")
    op.create_table(
        "check_results",
        *(_required(name, sa.Text()) for name in texts),
        _required("step", sa.Integer()),
        _required("places", sa.Text()),
        _required("since", sa.Text()),
        _required("before", sa.Text()),
        sa.PrimaryKeyConstraint("case_id", "check_id", name="pk_check_results"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["checked_cases.case_id"], name="fk_check_results_case_id_checked_cases"
        ),
    )
    op.create_index("ix_check_results_state_since", "check_results", ["state", "since"])


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)

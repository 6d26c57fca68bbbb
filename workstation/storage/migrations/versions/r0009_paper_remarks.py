"""Add the comments and tracked changes that came back in Word files."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables and the triggers that keep them append-only."""
    op.create_table(
        "paper_remarks",
        *_texts("id", "case_id", "document", "kind", "author", "written_at", "anchor"),
        *_texts("text", "field", "place", "received_by", "received_at"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_remarks"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_paper_remarks_case_id_cases"),
    )
    op.create_table(
        "remark_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("case_id", "remark", "verdict", "reason", "person", "decided_at"),
        sa.PrimaryKeyConstraint("id", name="pk_remark_decisions"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_remark_decisions_case_id_cases"
        ),
        sa.ForeignKeyConstraint(
            ["remark"], ["paper_remarks.id"], name="fk_remark_decisions_remark_paper_remarks"
        ),
    )
    op.create_index("ix_paper_remarks_case_id", "paper_remarks", ["case_id"])
    op.create_index("ix_remark_decisions_case_id", "remark_decisions", ["case_id"])
    for table in ("paper_remarks", "remark_decisions"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]

"""Add the capsules that left the office, their replies and the keys that sign them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0008"
down_revision = "0007"

_TABLES = ("signing_keys", "capsules", "capsule_replies", "capsule_decisions")


def upgrade() -> None:
    """Create the tables and the triggers that keep them append-only."""
    op.create_table(
        "signing_keys",
        *_texts("public", "secret", "made_at"),
        sa.PrimaryKeyConstraint("public", name="pk_signing_keys"),
    )
    op.create_table(
        "capsules",
        *_texts("seal", "case_id", "recipient", "chosen", "left_out", "reason"),
        _required("masked", sa.Boolean()),
        *_texts("file", "made_by", "made_at"),
        sa.PrimaryKeyConstraint("seal", name="pk_capsules"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_capsules_case_id_cases"),
    )
    op.create_table(
        "capsule_replies",
        *_texts("digest", "seal", "case_id", "author", "licence", "firm", "statement"),
        *_texts("signature", "signed_at", "items", "received_by", "received_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_capsule_replies"),
        sa.ForeignKeyConstraint(
            ["seal"], ["capsules.seal"], name="fk_capsule_replies_seal_capsules"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_capsule_replies_case_id_cases"
        ),
    )
    op.create_table(
        "capsule_decisions",
        _required("id", sa.Integer()),
        *_texts("case_id", "subject", "conclusion", "reason", "person", "decided_at"),
        sa.PrimaryKeyConstraint("id", name="pk_capsule_decisions"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_capsule_decisions_case_id_cases"
        ),
    )
    op.create_index("ix_capsules_case_id", "capsules", ["case_id"])
    op.create_index("ix_capsule_replies_seal", "capsule_replies", ["seal"])
    op.create_index("ix_capsule_replies_case_id", "capsule_replies", ["case_id"])
    op.create_index("ix_capsule_decisions_case_id", "capsule_decisions", ["case_id"])
    for table in _TABLES:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [_required(name, sa.Text()) for name in names]


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)

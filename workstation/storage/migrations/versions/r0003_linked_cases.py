"""Add links between cases and evidence shared by reference."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables and the triggers that keep links append-only."""
    op.create_table(
        "case_links",
        _required("id", sa.Integer()),
        _required("case_id", sa.Text()),
        _required("other_id", sa.Text()),
        _required("kind", sa.Text()),
        _required("made_on", sa.Date()),
        _reference("case_id", "fk_case_links_case_id"),
        _reference("other_id", "fk_case_links_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_links"),
        sa.UniqueConstraint(
            "case_id", "other_id", "kind", name="uq_case_links_case_id_other_id_kind"
        ),
    )
    op.create_index("ix_case_links_other_id", "case_links", ["other_id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER case_links_no_{change.lower()} BEFORE {change} ON case_links "
            "BEGIN SELECT RAISE(ABORT, 'case_links is append-only'); END"
        )
    _create_shared_evidence()


def _create_shared_evidence() -> None:
    op.create_table(
        "shared_evidence",
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("owner_id", sa.Text()),
        _required("owner_position", sa.Integer()),
        _required("shared_on", sa.Date()),
        sa.Column("accepted", sa.Boolean()),
        _required("reason", sa.Text()),
        _required("version", sa.Integer()),
        _reference("case_id", "fk_shared_evidence_case_id"),
        sa.ForeignKeyConstraint(
            ["owner_id", "owner_position"],
            ["evidence.case_id", "evidence.position"],
            name="fk_shared_evidence_owner_id_owner_position",
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_shared_evidence"),
    )
    op.create_index(
        "ix_shared_evidence_owner_id_owner_position",
        "shared_evidence",
        ["owner_id", "owner_position"],
    )


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _reference(column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["cases.id"], name=name)

"""Find events by their kind: in which cases something happened, or has not yet."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_case_events_kind_case_id", "case_events", ["kind", "case_id"])

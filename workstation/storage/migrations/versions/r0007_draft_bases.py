"""Add to drafts the wording of the case that each edited field started from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; drafts begun before have no base and are never merged."""
    op.add_column("drafts", sa.Column("bases", sa.Text(), nullable=False, server_default="{}"))

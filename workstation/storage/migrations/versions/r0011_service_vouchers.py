"""Add to services what proves them: a recording, a postal number, an electronic receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; services recorded before name nothing."""
    op.add_column("deliveries", sa.Column("voucher", sa.Text(), nullable=False, server_default=""))

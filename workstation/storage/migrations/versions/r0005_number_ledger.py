"""Add the ledger of numbers, filled from the counters and the papers issued so far."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0005"
down_revision = "0004"

# The papers whose number is that of a counter itself, as the shipped rules had it.
_FROM_COUNTERS = """
INSERT INTO paper_numbers
SELECT text, CASE scope WHEN '案件' THEN 'D06' WHEN '案源' THEN 'D01' ELSE '' END,
       year, case_id, scope, serial, state, reason, '', NULL
FROM numbers
"""
_FROM_PAPERS = """
INSERT OR IGNORE INTO paper_numbers
SELECT number, form, CAST(strftime('%Y', dated) AS INTEGER), case_id, '', 0, '已用', '', '', NULL
FROM documents WHERE number <> '' ORDER BY case_id, position
"""
# A number of a counter that a paper bears belongs to that paper's form.
_NAMED_AFTER_PAPERS = """
UPDATE paper_numbers SET form = (
    SELECT d.form FROM documents d WHERE d.number = paper_numbers.text LIMIT 1
) WHERE form = '' AND EXISTS (SELECT 1 FROM documents d WHERE d.number = paper_numbers.text)
"""
_CASES_OF_LEADS = """
UPDATE paper_numbers SET case_id = (
    SELECT d.case_id FROM documents d WHERE d.number = paper_numbers.text LIMIT 1
) WHERE case_id IS NULL
"""


def upgrade() -> None:
    """Create the table and enter what was numbered before it was there."""
    op.create_table(
        "paper_numbers",
        _required("text", sa.Text()),
        _required("form", sa.Text()),
        _required("year", sa.Integer()),
        sa.Column("case_id", sa.Text()),
        _required("scope", sa.Text()),
        _required("serial", sa.Integer()),
        _required("state", sa.Text()),
        _required("reason", sa.Text()),
        _required("entered_by", sa.Text()),
        sa.Column("entered_at", sa.Text()),
        sa.PrimaryKeyConstraint("text", "form", name="pk_paper_numbers"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_paper_numbers_case_id_cases"),
    )
    op.create_index("ix_paper_numbers_case_id", "paper_numbers", ["case_id"])
    op.create_index("ix_paper_numbers_year_form", "paper_numbers", ["year", "form"])
    for statement in (_FROM_COUNTERS, _NAMED_AFTER_PAPERS, _FROM_PAPERS, _CASES_OF_LEADS):
        op.execute(statement)


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)

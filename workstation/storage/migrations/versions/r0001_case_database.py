"""Create the case database: office, cases, case files, ledgers and the log."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

_APPEND_ONLY = ("case_events", "document_files", "event_log")
_FROZEN_COLUMNS = (
    "id, case_id, position, form, occurrence, title, number, dated, step, field_values,"
    " docx_sha256, template_sha256, event_position"
)


def upgrade() -> None:
    """Create all tables and the triggers that keep what happened from being rewritten."""
    _create_office()
    _create_cases()
    _create_files()
    _create_ledgers()
    for table in _APPEND_ONLY:
        _refuse(table, "UPDATE")
        _refuse(table, "DELETE")
    _refuse("documents", f"UPDATE OF {_FROZEN_COLUMNS}")
    _refuse("documents", "DELETE")


def _required(name: str, kind: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _reference(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _refuse(table: str, change: str) -> None:
    name = f"{table}_no_{change.split(maxsplit=1)[0].lower()}"
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _create_office() -> None:
    op.create_table(
        "offices",
        _required("id", sa.Integer()),
        _required("agency", sa.Text()),
        _required("counters", sa.Text()),
        _required("version", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_table(
        "people",
        _required("position", sa.Integer()),
        _required("name", sa.Text()),
        _required("roles", sa.Text()),
        _required("certificate", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        _required("qualification", sa.Text()),
        sa.PrimaryKeyConstraint("position", name="pk_people"),
        sa.UniqueConstraint("name", name="uq_people_name"),
    )
    op.create_table(
        "matters",
        _required("id", sa.Integer()),
        _required("code", sa.Text()),
        _required("name", sa.Text()),
        _required("cause", sa.Text()),
        _required("version", sa.Text()),
        _required("authority", sa.Text()),
        _required("field", sa.Text()),
        _required("violated", sa.Text()),
        _required("penalty", sa.Text()),
        _required("fine_min", sa.Text()),
        _required("fine_max", sa.Text()),
        _required("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        _required("confiscates_gain", sa.Boolean()),
        _required("precondition", sa.Text()),
        sa.Column("coercion", sa.Text()),
        sa.Column("limitation", sa.Text()),
        _required("notice", sa.Text()),
        _required("tier_source", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_matters"),
        sa.UniqueConstraint("code", "version", name="uq_matters_code_version"),
    )
    op.create_index("ix_matters_code_valid_from", "matters", ["code", "valid_from"])
    op.create_table(
        "discretion_tiers",
        _required("matter_id", sa.Integer()),
        _required("position", sa.Integer()),
        _required("name", sa.Text()),
        _required("condition", sa.Text()),
        _required("fine_min", sa.Text()),
        _required("fine_max", sa.Text()),
        _reference("matter_id", "matters.id", "fk_discretion_tiers_matter_id"),
        sa.PrimaryKeyConstraint("matter_id", "position", name="pk_discretion_tiers"),
    )


def _create_cases() -> None:
    op.create_table(
        "cases",
        _required("id", sa.Text()),
        _required("title", sa.Text()),
        _required("cause", sa.Text()),
        _required("matter_code", sa.Text()),
        _required("summary", sa.Text()),
        _required("number", sa.Text()),
        _required("serial", sa.Integer()),
        _required("version", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_number", "cases", ["number"])
    op.create_table(
        "leads",
        _required("case_id", sa.Text()),
        _required("number", sa.Text()),
        _required("source", sa.Text()),
        _required("received_at", sa.Text()),
        _required("found_at", sa.Text()),
        _required("content", sa.Text()),
        _required("reporter", sa.Text()),
        sa.Column("answer_due", sa.Date()),
        _reference("case_id", "cases.id", "fk_leads_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_leads"),
    )
    op.create_index("ix_leads_number", "leads", ["number"])
    op.create_table(
        "parties",
        _required("case_id", sa.Text()),
        _required("kind", sa.Text()),
        _required("name", sa.Text()),
        _required("number", sa.Text()),
        _required("address", sa.Text()),
        _required("phone", sa.Text()),
        _required("representative", sa.Text()),
        _required("representative_title", sa.Text()),
        _required("representative_number", sa.Text()),
        _required("gender", sa.Text()),
        sa.Column("birth_date", sa.Date()),
        _required("guardian", sa.Text()),
        _required("registration_number", sa.Text()),
        _required("description", sa.Text()),
        _reference("case_id", "cases.id", "fk_parties_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_parties"),
    )
    op.create_index("ix_parties_name", "parties", ["name"])
    op.create_index("ix_parties_number", "parties", ["number"])
    op.create_table(
        "case_officers",
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("name", sa.Text()),
        _reference("case_id", "cases.id", "fk_case_officers_case_id"),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_officers"),
    )
    op.create_index("ix_case_officers_name", "case_officers", ["name"])
    op.create_table(
        "case_facts",
        _required("case_id", sa.Text()),
        _required("name", sa.Text()),
        _required("position", sa.Integer()),
        sa.Column("value", sa.Text()),
        _reference("case_id", "cases.id", "fk_case_facts_case_id"),
        sa.PrimaryKeyConstraint("case_id", "name", name="pk_case_facts"),
    )
    op.create_table(
        "case_overviews",
        _required("case_id", sa.Text()),
        _required("number", sa.Text()),
        _required("title", sa.Text()),
        _required("party", sa.Text()),
        _required("cause", sa.Text()),
        _required("officers", sa.Text()),
        _required("search_text", sa.Text()),
        sa.Column("filed_on", sa.Date()),
        _required("step", sa.Integer()),
        _required("last_event", sa.Text()),
        _required("last_at", sa.Text()),
        sa.Column("next_due", sa.Date()),
        _required("next_due_name", sa.Text()),
        _reference("case_id", "cases.id", "fk_case_overviews_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_overviews"),
    )
    op.create_index("ix_case_overviews_last_at_case_id", "case_overviews", ["last_at", "case_id"])


def _create_files() -> None:
    op.create_table(
        "case_events",
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("kind", sa.Text()),
        _required("step", sa.Integer()),
        _required("at", sa.Text()),
        _required("title", sa.Text()),
        _required("data", sa.Text()),
        _required("actor", sa.Text()),
        _required("overrides", sa.Text()),
        _reference("case_id", "cases.id", "fk_case_events_case_id"),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_events"),
    )
    op.create_index("ix_case_events_at", "case_events", ["at"])
    op.create_table(
        "documents",
        _required("id", sa.Text()),
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("form", sa.Text()),
        _required("occurrence", sa.Integer()),
        _required("title", sa.Text()),
        _required("number", sa.Text()),
        _required("dated", sa.Date()),
        _required("step", sa.Integer()),
        _required("field_values", sa.Text()),
        _required("docx_sha256", sa.Text()),
        _required("template_sha256", sa.Text()),
        _required("event_position", sa.Integer()),
        _required("pages", sa.Integer()),
        _reference("case_id", "cases.id", "fk_documents_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint(
            "case_id", "form", "occurrence", name="uq_documents_case_id_form_occurrence"
        ),
        sa.UniqueConstraint("case_id", "position", name="uq_documents_case_id_position"),
    )
    op.create_index("ix_documents_number", "documents", ["number"])
    op.create_table(
        "document_files",
        _required("document_id", sa.Text()),
        _required("docx", sa.LargeBinary()),
        _reference("document_id", "documents.id", "fk_document_files_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_document_files"),
    )
    op.create_table(
        "deliveries",
        _required("id", sa.Integer()),
        _required("document_id", sa.Text()),
        _required("method", sa.Text()),
        _required("receiver", sa.Text()),
        _required("receiver_role", sa.Text()),
        _required("at", sa.Text()),
        _required("place", sa.Text()),
        _required("officers", sa.Text()),
        _required("event_position", sa.Integer()),
        _required("refusal", sa.Text()),
        _required("witness", sa.Text()),
        _reference("document_id", "documents.id", "fk_deliveries_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_document_id", "deliveries", ["document_id"])
    op.create_table(
        "evidence",
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("name", sa.Text()),
        _required("kind", sa.Text()),
        _required("source", sa.Text()),
        _required("obtained_by", sa.Text()),
        _required("obtained_on", sa.Date()),
        _required("proves", sa.Text()),
        _required("pages", sa.Integer()),
        sa.Column("accepted", sa.Boolean()),
        _required("reason", sa.Text()),
        _required("sha256", sa.Text()),
        _required("media_type", sa.Text()),
        _required("version", sa.Integer()),
        _reference("case_id", "cases.id", "fk_evidence_case_id"),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_evidence"),
    )
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])


def _create_ledgers() -> None:
    op.create_table(
        "drafts",
        _required("case_id", sa.Text()),
        _required("form", sa.Text()),
        _required("occurrence", sa.Integer()),
        _required("field_values", sa.Text()),
        _required("base_version", sa.Integer()),
        _required("updated_at", sa.Text()),
        _required("version", sa.Integer()),
        _reference("case_id", "cases.id", "fk_drafts_case_id"),
        sa.PrimaryKeyConstraint("case_id", "form", "occurrence", name="pk_drafts"),
    )
    op.create_table(
        "deadlines",
        _required("case_id", sa.Text()),
        _required("position", sa.Integer()),
        _required("code", sa.Text()),
        _required("name", sa.Text()),
        sa.Column("last_day", sa.Date()),
        _required("provisional", sa.Boolean()),
        _required("done", sa.Boolean()),
        _reference("case_id", "cases.id", "fk_deadlines_case_id"),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_deadlines"),
    )
    op.create_index("ix_deadlines_done_last_day", "deadlines", ["done", "last_day"])
    op.create_table(
        "numbers",
        _required("scope", sa.Text()),
        _required("year", sa.Integer()),
        _required("serial", sa.Integer()),
        _required("text", sa.Text()),
        sa.Column("case_id", sa.Text()),
        _required("state", sa.Text()),
        _required("reason", sa.Text()),
        _reference("case_id", "cases.id", "fk_numbers_case_id"),
        sa.PrimaryKeyConstraint("scope", "year", "serial", name="pk_numbers"),
    )
    op.create_index("ix_numbers_case_id", "numbers", ["case_id"])
    op.create_index("ix_numbers_text", "numbers", ["text"])
    op.create_table(
        "counters",
        _required("scope", sa.Text()),
        _required("year", sa.Integer()),
        _required("base", sa.Integer()),
        _required("last", sa.Integer()),
        sa.PrimaryKeyConstraint("scope", "year", name="pk_counters"),
    )
    op.create_table(
        "event_log",
        _required("position", sa.Integer()),
        _required("at", sa.Text()),
        _required("kind", sa.Text()),
        _required("payload", sa.Text()),
        _required("previous", sa.Text()),
        _required("digest", sa.Text()),
        sa.PrimaryKeyConstraint("position", name="pk_event_log"),
    )
    op.create_index("ix_event_log_kind", "event_log", ["kind"])

"""The declarative base of all tables, and the step from a row to a domain record."""

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

Record = TypeVar("Record")


class Row(DeclarativeBase):
    """Base of the tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def record_of(record: type[Record], row: Row, **others: Any) -> Record:
    """Return ``row`` as a ``record``: columns by field name, the rest from ``others``."""
    names = [field.name for field in fields(record) if field.name not in others]  # type: ignore[arg-type]
    return record(**{name: getattr(row, name) for name in names}, **others)


def columns_of(record: object, *left_out: str) -> dict[str, Any]:
    """Return the fields of ``record`` by name, as keyword arguments of its row."""
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    return {name: getattr(record, name) for name in names if name not in left_out}

"""The fields and columns of the index, for the writer, the reader and stock Whoosh."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.legislation.titles import plain_title
from workstation.legislation.whoosh_engine import COLUMN, TEXT, Schema, columns, formats

INDEX_NAME = "MAIN"
NO_END = 2**31 - 1
# Shorter texts (本法自公布之日起施行) are alike in laws that have nothing else in common.
_TWIN_CHARACTERS = 40
SEARCHED_FIELDS = ("characters", "everyday", "text", "title")
NUMBER_COLUMNS = {
    "article": "q",
    "ends": "i",
    "instrument": "i",
    "kind": "i",
    "place": "q",
    "region": "i",
    "starts": "i",
    "twin": "q",
}
RECORD_COLUMN = columns.PickleColumn(columns.VarBytesColumn())


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """What the index keeps of an article, so that a result needs no look into the store.

    ``everyday`` are the phrases written for it, parted by blanks.
    """

    instrument: str
    label: str
    heading: str
    text: str
    promulgated: date
    everyday: str = ""


def place_key(title: str, label: str) -> int:
    """Return the number under which an article of any version and source is known."""
    named = f"{plain_title(title)}\n{label}".encode()
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), signed=True)


def twin_key(label: str, folded: str) -> int:
    """Return the number that one long text in several laws has everywhere; 0 for a short one."""
    if len(folded) < _TWIN_CHARACTERS:
        return 0
    named = f"{label}\n{folded}".encode()
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), signed=True)


def index_schema() -> Any:  # Whoosh has no types
    """Return the Whoosh schema: four term fields without positions, columns, a record."""
    schema = Schema(record=COLUMN(RECORD_COLUMN))
    for name in SEARCHED_FIELDS:
        field = TEXT(phrase=False)
        field.format = formats.Existence()
        schema.add(name, field)
    for name, typecode in NUMBER_COLUMNS.items():
        schema.add(name, COLUMN(columns.NumericColumn(typecode)))
    return schema

"""Domain records to canonical JSON and back, driven by their type hints.

Dates and times are ISO 8601, money is decimal text, enumerations are their values, tuples are
arrays. Canonical means sorted keys, no spaces, no NaN, UTF-8: equal records give equal bytes.
"""

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from workstation.domain.cases import JsonValue

Record = TypeVar("Record")


def to_plain(value: object) -> JsonValue:
    """Return ``value`` as dictionaries, lists, strings, numbers, booleans and None.

    Raises:
        TypeError: ``value`` holds something no record may hold.
    """
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    return _plain_scalar(value)


def from_plain(record: type[Record], value: JsonValue) -> Record:
    """Return ``value``, as :func:`to_plain` gave it, as a ``record``.

    Raises:
        ValueError, KeyError, TypeError: ``value`` does not have that shape.
    """
    return cast("Record", restore(record, value))


def restore(hint: object, value: JsonValue) -> object:
    """Return ``value`` as a value of the type hint ``hint``: a class, a tuple, X | None.

    Raises:
        ValueError, KeyError, TypeError: ``value`` does not have that shape.
    """
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        members = [member for member in get_args(hint) if member is not types.NoneType]
        # A union of several types is JSON as it stands.
        return value if value is None or len(members) > 1 else restore(members[0], value)
    if isinstance(value, list) and origin is tuple:
        return tuple(restore(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and origin is None:
        return _restore_class(hint, value)
    return value


def canonical_json(value: object) -> str:
    """Return a record, or plain data, as canonical JSON.

    Raises:
        ValueError: it holds NaN or an infinity.
    """
    return json.dumps(
        to_plain(value),
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def record_digest(value: object) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of ``value``, for log entries and seals."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _plain_scalar(value: object) -> JsonValue:
    if isinstance(value, Enum):
        return cast("JsonValue", value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    message = f"not part of a record: {type(value).__name__}"
    raise TypeError(message)


def _restore_class(hint: type, value: JsonValue) -> object:
    if issubclass(hint, Enum):
        return hint(value)
    if issubclass(hint, date):
        return hint.fromisoformat(str(value))
    if issubclass(hint, Decimal):
        return Decimal(str(value))
    if is_dataclass(hint) and isinstance(value, dict):
        hints = _field_hints(hint)
        return hint(**{name: restore(hints[name], item) for name, item in value.items()})
    return value


@lru_cache(maxsize=64)
def _field_hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)

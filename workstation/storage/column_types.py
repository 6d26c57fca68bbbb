"""Column types that keep domain values exact: times without zone, money, enumerations, JSON."""

import json
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from workstation.storage.record_json import canonical_json, restore

EnumValue = TypeVar("EnumValue", bound=Enum)


class LocalDateTime(TypeDecorator[datetime]):
    """Local time of the bureau without a zone, as ISO text that sorts by time."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is not None and value.tzinfo is not None:
            message = f"local time expected, not {value.isoformat()}"
            raise ValueError(message)
        return value.isoformat() if value else None

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class ExactDecimal(TypeDecorator[Decimal]):
    """Yuan as decimal text, because SQLite would round them to floats."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class AsEnum(TypeDecorator[EnumValue], Generic[EnumValue]):
    """An enumeration as its value, the word printed in documents."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[EnumValue]) -> None:
        super().__init__()
        self.members = members

    @override
    def process_bind_param(self, value: EnumValue | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value.value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> EnumValue | None:
        return None if value is None else self.members(value)


class AsJson(TypeDecorator[Any]):
    """A record, mapping or tuple of type ``hint`` as canonical JSON text; None as NULL."""

    impl = Text
    cache_ok = True

    def __init__(self, hint: object) -> None:
        super().__init__()
        self.hint = hint

    @override
    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        return None if value is None else restore(self.hint, json.loads(value))

    @override
    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(x == y)

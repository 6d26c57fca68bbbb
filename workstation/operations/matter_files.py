"""Reading matters with their versions from a JSON file (see ``resources/demo/matters.json``)."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.matters import (
    AuthorityKind,
    DiscretionTier,
    FineMeasure,
    Implementation,
    Matter,
    MatterMarks,
    PenaltyRange,
)
from workstation.domain.tier_conditions import Operator, TierCondition
from workstation.errors import DataFileError


def read_matters(path: Path) -> tuple[Matter, ...]:
    """Read a matters file.

    Raises:
        DataFileError: it is missing or malformed.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_matter(row) for row in content["matters"])
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        message = f"文件“{path.name}”有误：{error}。"
        raise DataFileError(message, hint="请按 resources/demo 中的样例改正。") from error


def _matter(row: Mapping[str, Any]) -> Matter:
    return Matter(
        code=row["code"],
        name=row["name"],
        cause=row["cause"],
        version=row["version"],
        authority=AuthorityKind(row["authority"]),
        field=row["field"],
        violated=parse_reference(row["violated"]),
        penalty=parse_reference(row["penalty"]),
        fine_min=Decimal(row["fine_min"]),
        fine_max=Decimal(row["fine_max"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_date(row.get("valid_to")),
        confiscates_gain=bool(row.get("confiscates_gain", False)),
        precondition=row.get("precondition", ""),
        coercion=_reference(row.get("coercion")),
        limitation=_reference(row.get("limitation")),
        notice=row.get("notice", ""),
        tier_source=row.get("tier_source", ""),
        tiers=tuple(_tier(tier) for tier in row.get("tiers", ())),
        ranges=tuple(_range(part) for part in row.get("ranges", ())),
        violated_also=tuple(parse_reference(text) for text in row.get("violated_also", ())),
        penalty_also=tuple(parse_reference(text) for text in row.get("penalty_also", ())),
        implementation=Implementation(**row.get("implementation", {})),
        marks=_marks(row.get("marks", {})),
        list_kind=row.get("list_kind", ""),
        notice_number=row.get("notice_number", ""),
        supersedes=row.get("supersedes", ""),
    )


def _marks(row: Mapping[str, Any]) -> MatterMarks:
    return MatterMarks(**{**row, "penalties": tuple(row.get("penalties", ()))})


def _tier(row: Mapping[str, Any]) -> DiscretionTier:
    return DiscretionTier(
        name=row["name"],
        condition=row["condition"],
        fine_min=Decimal(row["fine_min"]),
        fine_max=Decimal(row["fine_max"]),
        alternatives=tuple(
            tuple(_condition(part) for part in every) for every in row.get("alternatives", ())
        ),
    )


def _condition(row: Mapping[str, Any]) -> TierCondition:
    return TierCondition(**{**row, "operator": Operator(row["operator"])})


def _range(row: Mapping[str, Any]) -> PenaltyRange:
    return PenaltyRange(
        provision=parse_reference(row["provision"]),
        fine_min=Decimal(row["fine_min"]),
        fine_max=Decimal(row["fine_max"]),
        subjects=tuple(row.get("subjects", ())),
        condition=row.get("condition", ""),
        others=tuple(row.get("others", ())),
        measure=FineMeasure(row.get("measure", FineMeasure.AMOUNT)),
        base=row.get("base", ""),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reference(text: str | None) -> ArticleReference | None:
    return parse_reference(text) if text else None

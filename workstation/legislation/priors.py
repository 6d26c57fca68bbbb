"""How much a text counts before anything is asked: by its level and by the office's own field."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workstation.errors import DataFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Points added to the score of every article of a level or of an instrument (full title)."""

    levels: Mapping[str, float] = field(default_factory=dict)
    instruments: Mapping[str, float] = field(default_factory=dict)


def load_priors(path: Path) -> Priors:
    """Read ``search_priors.toml``: tables ``levels`` and ``instruments``.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        levels, instruments = (
            {str(name): float(points) for name, points in data[table].items()}
            for table in ("levels", "instruments")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        message = f"检索权重表 {path.name} 缺失或格式不正确：{cause}"
        raise DataFileError(
            message, hint="请改正该文件，或删除本单位的副本以恢复原表。"
        ) from cause
    return Priors(levels=levels, instruments=instruments)

"""The dated overlay ``statutes/overlay.toml``: what the package doesn't know about its texts."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workstation.errors import DataFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDate:
    """The day one dated text took effect (or ended), with its basis."""

    title: str
    promulgated: date
    day: date
    verified: bool
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostOpening:
    """An article whose first words the source lost, so that it runs on from the one before."""

    title: str
    after: int
    number: int
    begins_with: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseBreak:
    """A line break of the source that parts one 款 although a sentence ends there."""

    title: str
    article: int
    before: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """All entries of the overlay, keyed for the importer.

    ``effective`` and ``ended`` are keyed by (title, day of promulgation), ``notes`` likewise;
    ``first_promulgated`` tells that older texts exist than the ones at hand.
    """

    effective: dict[tuple[str, date], KnownDate]
    ended: dict[tuple[str, date], KnownDate]
    notes: dict[tuple[str, date], str]
    first_promulgated: dict[str, date]
    first_part: dict[str, str]
    scanned: frozenset[str]
    lost_openings: tuple[LostOpening, ...]
    false_breaks: dict[tuple[str, int], FalseBreak]


def read_overlay(path: Path) -> Overlay:
    """Read the overlay file.

    Raises:
        DataFileError: it is missing, isn't TOML, or an entry lacks a key.
    """
    hint = "请重新安装程序，或按文件开头的说明改正该文件。"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _overlay(table)
    except OSError as error:
        raise DataFileError(f"缺少法规补正文件 {path.name}。", hint=hint) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataFileError(f"法规补正文件 {path.name} 有误：{error}。", hint=hint) from error


def _overlay(table: dict[str, Any]) -> Overlay:
    return Overlay(
        effective=_known_dates(table.get("effective", []), "effective_from"),
        ended=_known_dates(table.get("ended", []), "effective_to"),
        notes={(n["title"], n["promulgated"]): n["note"] for n in table.get("note", [])},
        first_promulgated=dict(table.get("first_promulgated", {})),
        first_part=dict(table.get("first_part", {})),
        scanned=frozenset(table.get("scanned", [])),
        lost_openings=tuple(LostOpening(**entry) for entry in table.get("lost_opening", [])),
        false_breaks=_false_breaks(table.get("false_break", [])),
    )


def _false_breaks(entries: list[dict[str, Any]]) -> dict[tuple[str, int], FalseBreak]:
    breaks = (FalseBreak(**entry) for entry in entries)
    return {(entry.title, entry.article): entry for entry in breaks}


def _known_dates(entries: list[dict[str, Any]], key: str) -> dict[tuple[str, date], KnownDate]:
    known = (
        KnownDate(
            title=entry["title"],
            promulgated=entry["promulgated"],
            day=entry[key],
            verified=entry["verified"],
            basis=entry["basis"],
        )
        for entry in entries
    )
    return {(date_.title, date_.promulgated): date_ for date_ in known}


def read_short_names(path: Path) -> dict[str, tuple[str, ...]]:
    """Return short name → full titles from ``statutes/short_names.toml``.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    hint = "请重新安装程序，或改正该文件。"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: tuple(titles) for name, titles in table["short_names"].items()}
    except OSError as error:
        raise DataFileError(f"缺少法规简称文件 {path.name}。", hint=hint) from error
    except (tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        raise DataFileError(f"法规简称文件 {path.name} 有误：{error}。", hint=hint) from error

"""The shipped phrases and the blanks a case fills, as ``templates/phrases.toml`` has them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.documents.filters import filters
from workstation.documents.sandbox import load_titles
from workstation.domain.citations import parse_reference
from workstation.domain.phrases import Phrase
from workstation.errors import DataFileError

_FILE = "templates/phrases.toml"
# How a fact may be written, by the names of the filters of forms.
_WRITINGS = ("date_cn", "datetime_cn", "cite")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseFile:
    """The phrases, and of each blank the path into the data of a case (party.name)."""

    phrases: tuple[Phrase, ...]
    blanks: Mapping[str, str]


def load_phrases(home: Path | None = None) -> PhraseFile:
    """Return the phrases; the bureau's own file under ``own/`` wins.

    Raises:
        DataFileError: the file is malformed, a code stands twice, or a basis is no article.
    """
    path = overlay(_FILE, home)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> PhraseFile:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        phrases = tuple(_phrase(entry) for entry in table["phrases"])
        blanks = {str(name): _path(str(source)) for name, source in table["blanks"].items()}
        _check_codes(phrases)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataFileError(
            f"常用语文件 {path.name} 有误：{error}。",
            hint="请对照程序自带的 phrases.toml 改正；依据写作“行政处罚法§33第2款”。",
        ) from error
    return PhraseFile(phrases=phrases, blanks=blanks)


def _phrase(entry: Mapping[str, Any]) -> Phrase:
    lists: dict[str, Any] = {
        name: tuple(entry.get(name, ())) for name in ("matters", "places", "basis")
    }
    for reference in lists["basis"]:
        parse_reference(reference)
    code = entry.get("id")
    if not code:
        message = f"“{entry['name']}”没有写编号 id"
        raise ValueError(message)
    plain: dict[str, Any] = {k: v for k, v in entry.items() if k not in {"id", *lists}}
    return Phrase(code=str(code), **plain, **lists)


def _path(source: str) -> str:
    form = source.partition("|")[2]
    if form and form not in _WRITINGS:
        message = f"空白的写法“{form}”不是 {'、'.join(_WRITINGS)} 之一"
        raise ValueError(message)
    return source


def _check_codes(phrases: tuple[Phrase, ...]) -> None:
    codes = [phrase.code for phrase in phrases]
    twice = [code for code in codes if codes.count(code) > 1]
    if twice:
        message = f"编号“{twice[0]}”用了两次"
        raise ValueError(message)


def facts_of(
    context: Mapping[str, Any], blanks: Mapping[str, str], home: Path | None = None
) -> dict[str, str]:
    """Return the text each blank takes from the data of a case; one without a fact is left out."""
    write = filters(load_titles(home))
    found = {}
    for name, source in blanks.items():
        path, _, form = source.partition("|")
        value: Any = context
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        text = _words(value)
        if text:
            found[name] = write[form](text) if form else text
    return found


def _words(value: object) -> str:
    """Return a value in words; people are named one after another."""
    if isinstance(value, list):
        return "、".join(
            _words(one.get("name") if isinstance(one, dict) else one) for one in value
        )
    return "" if value is None or isinstance(value, (dict, bool)) else str(value)

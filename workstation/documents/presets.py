"""Page presets: margins, sizes and leadings of each family of documents, read from data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from workstation.data_files import overlay
from workstation.documents.blocks import Align, PageSetup
from workstation.documents.fonts import FontStyle
from workstation.errors import DataFileError

PAGE_LONG = 841.9
PAGE_SHORT = 595.3


class FooterKind(StrEnum):
    """What is printed at the foot of every page."""

    NONE = "none"
    OFFICIAL = "official"
    FORM = "form"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle:
    """Font, size, leading and alignment of one kind of line; ``indent`` counts characters."""

    font: FontStyle
    size: float
    lead: float
    align: Align = Align.JUSTIFY
    indent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePreset:
    """One preset; ``ruled`` names the kinds of lines that stand on rules."""

    name: str
    label: str
    setup: PageSetup
    landscape: bool
    footer: FooterKind
    footer_style: LineStyle
    body: LineStyle
    table: LineStyle
    lines: Mapping[str, LineStyle]
    ruled: frozenset[str]


def load_presets(home: Path | None = None) -> Mapping[str, PagePreset]:
    """Return the presets by name; those of the bureau's own ``templates/presets.toml`` win.

    Raises:
        DataFileError: the file is malformed.
    """
    shipped, own = (overlay("templates/presets.toml", at) for at in (None, home))
    return {**_read(shipped), **_read(own)}


@lru_cache(maxsize=4)
def _read(path: Path) -> Mapping[str, PagePreset]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            name: _preset(name, entry, table["lines"], table["footers"])
            for name, entry in table["presets"].items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataFileError(
            f"页面预设 {path.name} 有误：{error}。", hint="请对照程序自带的 presets.toml 改正。"
        ) from error


def _preset(
    name: str, entry: Mapping[str, Any], shared: Mapping[str, Any], footers: Mapping[str, Any]
) -> PagePreset:
    body = _style(entry["body"], None)
    own = entry.get("lines", {})
    top, right, bottom, left = entry["margins"]
    landscape = bool(entry.get("landscape", False))
    footer = FooterKind(entry["footer"])
    return PagePreset(
        name=name,
        label=entry["label"],
        setup=PageSetup(
            width=PAGE_LONG if landscape else PAGE_SHORT,
            height=PAGE_SHORT if landscape else PAGE_LONG,
            top=top,
            right=right,
            bottom=bottom,
            left=left,
            footer_distance=entry["footer_distance"],
        ),
        landscape=landscape,
        footer=footer,
        footer_style=_style(footers.get(footer.value, {}), body),
        body=body,
        table=_style(entry["table"], body),
        lines={kind: _style(style | own.get(kind, {}), body) for kind, style in shared.items()},
        ruled=frozenset(entry.get("ruled", ())),
    )


def _style(entry: Mapping[str, Any], body: LineStyle | None) -> LineStyle:
    return LineStyle(
        font=FontStyle(entry["font"]) if "font" in entry or body is None else body.font,
        size=entry.get("size") or (body.size if body else 0),
        lead=entry.get("lead") or (body.lead if body else 0),
        align=Align(entry.get("align", Align.JUSTIFY)),
        indent=entry.get("indent", 0),
    )

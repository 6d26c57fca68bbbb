"""Which printer, tray and side this desk prints a form on; kept in a small file of its home.

Printers belong to a machine, so this is no record of the office: two desks may differ.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from workstation.atomic_files import write_text_atomically
from workstation.errors import DataFileError

FILE_NAME = "printers.json"
DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChoice:
    """What a desk sets for a form; what is empty or None is left to the rules of the bureau.

    ``tray`` is a media-source as the printer names it (tray-1); ``copies`` says how many go to
    whom.
    """

    printer: str = ""
    tray: str = ""
    duplex: bool | None = None
    copies: tuple[tuple[str, int], ...] = ()

    def as_rule(self) -> dict[str, Any]:
        """Return what is set, under the names of ``printing.toml``."""
        named: dict[str, Any] = {"printer": self.printer, "tray": self.tray}
        named |= {"copies": dict(self.copies)}
        rule = {name: value for name, value in named.items() if value}
        return rule if self.duplex is None else rule | {"duplex": self.duplex}


class DeskPrinters:
    """The choices of this desk by form id, :data:`DEFAULT` for all the others."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._lock = Lock()
        self._known: tuple[int, dict[str, PrinterChoice]] = (0, {})

    def choices(self) -> Mapping[str, PrinterChoice]:
        """Return every choice; the file is read again when it changed.

        Raises:
            DataFileError: the file can't be read; nothing is printed where it was not meant to.
        """
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if changed != self._known[0]:
            self._known = changed, self._read()
        return self._known[1]

    def rule(self, key: str) -> Mapping[str, Any]:
        """Return what is set for a form, empty where nothing is."""
        choice = self.choices().get(key)
        return choice.as_rule() if choice is not None else {}

    def put(self, key: str, choice: PrinterChoice | None) -> None:
        """Set a choice, or with None leave the form to the rules again.

        Raises:
            DataFileError: the file there can't be read.
            OSError: the home can't be written.
        """
        with self._lock:
            kept = {name: one for name, one in self.choices().items() if name != key}
            if choice is not None and choice.as_rule():
                kept[key] = choice
            rules = {name: kept[name].as_rule() for name in sorted(kept)}
            write_text_atomically(self._path, json.dumps(rules, ensure_ascii=False, indent=1))
            self._known = (0, {})

    def _read(self) -> dict[str, PrinterChoice]:
        try:
            rules = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): _choice(rule) for key, rule in rules.items()}
        except (ValueError, TypeError, AttributeError) as error:
            raise DataFileError(
                f"本机的打印机设置 {self._path.name} 读不出：{error}。",
                hint="请改正或者删除数据文件夹中的这个文件，再在“设置 · 打印机”中重新设置。",
            ) from error


def _choice(rule: Mapping[str, Any]) -> PrinterChoice:
    duplex = rule.get("duplex")
    return PrinterChoice(
        printer=str(rule.get("printer", "")),
        tray=str(rule.get("tray", "")),
        duplex=None if duplex is None else bool(duplex),
        copies=tuple((str(name), int(count)) for name, count in rule.get("copies", {}).items()),
    )

"""What all commands share: what a command is, where it is added, how days are typed."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from workstation.bootstrap import Workstation

Json = dict[str, Any]
Command = Callable[[Workstation, argparse.Namespace], tuple[Json, int]]


class CommandGroups:
    """Where commands are added: at the top, or in a group (案件, 法规库) that topics share."""

    def __init__(self, top: Any) -> None:
        self._top = top
        self._groups: dict[str, Any] = {}

    def add(self, name: str, explanation: str) -> argparse.ArgumentParser:
        """Add the command ``name`` at the top."""
        parser: argparse.ArgumentParser = self._top.add_parser(name, help=explanation)
        return parser

    def group(self, name: str, explanation: str) -> Any:
        """Return the group ``name``, made by the first topic that asks; it has add_parser."""
        if name not in self._groups:
            parser = self.add(name, explanation)
            self._groups[name] = parser.add_subparsers(required=True)
        return self._groups[name]


def day_argument(text: str) -> date:
    """Read a day such as 2026-09-21; the parser's ``type`` of every day.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}”不是日期，应写作 2026-09-21"
        raise argparse.ArgumentTypeError(message) from error


def progress(arguments: argparse.Namespace) -> Callable[[int, int], None]:
    """Return what shows done and total on a terminal, and nothing elsewhere."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty() and not arguments.json:
            sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return show

"""Commands on what this desk searched and pinned: ``law pin``, ``law suggest``, …."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json


def add_commands(groups: CommandGroups) -> None:
    """Add the commands on recent queries and pinned articles to ``law``."""
    law = groups.group("law", "法规库")
    suggest = law.add_parser(
        "suggest", help="输入未完时可能要找的：常用条文、最近检索、法规、事项"
    )
    suggest.add_argument("typed")
    suggest.set_defaults(run=_suggest)
    recent = law.add_parser("recent", help="最近的检索")
    recent.add_argument("--forget", action="store_true", help="清空最近的检索（常用条文保留）")
    recent.set_defaults(run=_recent)
    pinned = law.add_parser("pinned", help="列出常用条文")
    pinned.set_defaults(run=_pinned)
    pin = law.add_parser("pin", help="把一条列为常用，例如：行政处罚法 六十三")
    pin.add_argument("reference")
    pin.set_defaults(run=_pin)
    unpin = law.add_parser("unpin", help="不再列为常用")
    unpin.add_argument("citation")
    unpin.set_defaults(run=_unpin)


def _suggest(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.open_texts()
    found = workstation.searches.suggest(arguments.typed)
    return {"suggestions": [suggestion.as_json() for suggestion in found]}, 0


def _recent(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    if arguments.forget:
        workstation.searches.forget()
    return {"recent": list(workstation.searches.recent())}, 0


def _pinned(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"pinned": list(workstation.searches.pinned())}, 0


def _pin(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.open_texts()
    workstation.searches.pin(arguments.reference)
    return _pinned(workstation, arguments)


def _unpin(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.searches.unpin(arguments.citation)
    return _pinned(workstation, arguments)

"""``case find``: words within one case, with document and page."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add the search to ``case``."""
    find = groups.group("case", "案件").add_parser(
        "find", help="在一个案件的文书、草稿、证据中查找词语，指明页码"
    )
    find.add_argument("id")
    find.add_argument("words", help="词语；写法与法规检索相同（引号、AND、OR、NOT）")
    find.add_argument("--as-of", type=day_argument, help="按某一日的卷面查找")
    find.set_defaults(run=_find)


def _find(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.case_search.find(arguments.id, arguments.words, arguments.as_of)
    return found.as_json(), 0

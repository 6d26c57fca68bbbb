"""The command ``case compare-law``: 从旧兼从轻 side by side."""

import argparse
from datetime import date

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add ``case compare-law``."""
    compare = groups.group("case", "案件").add_parser(
        "compare-law", help="并列比较行为时与现行的处罚规定（从旧兼从轻）"
    )
    compare.add_argument("id")
    compare.add_argument("--on", type=day_argument, help="现行规定取哪一日的，缺省为今天")
    compare.set_defaults(run=_compare)


def _compare(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    compared = workstation.cases.compare_laws(arguments.id, arguments.on or date.today())
    if compared is None:
        return {"needed": False, "why": "违法行为的时间还没有填写，不能比较。"}, 0
    return compared.as_json(), 0

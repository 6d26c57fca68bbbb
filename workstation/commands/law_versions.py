"""Commands on the texts of one law over time: ``law versions``, ``law compare``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add the commands on versions to ``law``."""
    law = groups.group("law", "法规库")
    versions = law.add_parser("versions", help="一部法规的各个文本，被谁废止，废止了谁")
    versions.add_argument("title")
    versions.set_defaults(run=_versions)
    compare = law.add_parser("compare", help="逐款比较两个文本，识别移动的条文，标出改动的词")
    compare.add_argument("title")
    compare.add_argument("--old", type=day_argument, help="旧文本取哪一日的（缺省：前一个文本）")
    compare.add_argument("--new", type=day_argument, help="新文本取哪一日的（缺省：最新文本）")
    compare.add_argument("--with", dest="other", default="", help="与另一部法规比较")
    compare.add_argument("--changes", action="store_true", help="只列有变化的条文")
    compare.set_defaults(run=_compare)


def _versions(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.open_texts()
    return workstation.law.succession(arguments.title).as_json(), 0


def _compare(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.open_texts()
    compared = workstation.law.compare(
        arguments.title, arguments.old, arguments.new, arguments.other
    )
    shown = compared.only_changes() if arguments.changes else compared
    return shown.as_json(), 0

"""Commands on holiday notices: ``holidays list|import|withdraw``."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``holidays``."""
    group = groups.group("holidays", "节假日安排")
    listing = group.add_parser("list", help="列出已有的年份、通知和文号")
    listing.set_defaults(run=_list)
    take = group.add_parser("import", help="导入节假日通知（通知全文或者本程序格式）")
    take.add_argument("file", type=Path)
    take.add_argument("--preview", action="store_true", help="只看识别结果，不收入")
    take.add_argument("--by", default="", help="登记人")
    take.add_argument("--verified", action="store_true", help="已核对原文")
    take.set_defaults(run=_import)
    withdraw = group.add_parser("withdraw", help="撤回本局导入的一件通知")
    withdraw.add_argument("year", type=int)
    withdraw.add_argument("--published", type=day_argument, required=True, help="成文日期")
    withdraw.add_argument("--reason", required=True)
    withdraw.add_argument("--by", required=True, help="登记人")
    withdraw.set_defaults(run=_withdraw)


def _list(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"years": [year.as_json() for year in workstation.holidays.years()]}, 0


def _import(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    preview = workstation.holidays.preview(arguments.file)
    printed = {**preview.as_json(), "taken_in": False}
    if not arguments.preview:
        workstation.holidays.take_in(preview, arguments.by, verified=arguments.verified)
        workstation.due.recompute_all(progress(arguments))
        printed["taken_in"] = True
    return printed, 0


def _withdraw(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.holidays.withdraw(
        arguments.year, arguments.published, arguments.by, arguments.reason
    )
    workstation.due.recompute_all(progress(arguments))
    return _list(workstation, arguments)

"""Commands on parameters: ``parameters list|show|set|withdraw``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.parameters import NewValue, parse_value


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``parameters``."""
    group = groups.group("parameters", "本局参数")
    listing = group.add_parser("list", help="列出各项参数在某一日的取值")
    listing.add_argument("--as-of", type=day_argument)
    listing.set_defaults(run=_list)
    show = group.add_parser("show", help="查看一项参数及其历史")
    show.add_argument("key")
    show.add_argument("--as-of", type=day_argument)
    show.set_defaults(run=_show)
    setting = group.add_parser("set", help="登记参数自某一日起的取值")
    setting.add_argument("key")
    setting.add_argument("value", help="是/否、数字、以顿号分隔的词语，表格用 JSON")
    setting.add_argument("--from", dest="valid_from", type=day_argument, required=True)
    setting.add_argument("--source", required=True, help="文件名称和文号")
    setting.add_argument("--by", required=True, help="登记人")
    setting.add_argument("--verified", action="store_true", help="已核对原文")
    setting.set_defaults(run=_set)
    withdraw = group.add_parser("withdraw", help="撤回本局登记的一项取值")
    withdraw.add_argument("key")
    withdraw.add_argument("--from", dest="valid_from", type=day_argument, required=True)
    withdraw.add_argument("--reason", required=True)
    withdraw.add_argument("--by", required=True, help="登记人")
    withdraw.set_defaults(run=_withdraw)


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    views = workstation.parameters.all_on(arguments.as_of)
    return {"parameters": [view.as_json() for view in views]}, 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    view = workstation.parameters.get(arguments.key, arguments.as_of)
    return {**view.as_json(), "history": view.history_json()}, 0


def _set(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    rule = workstation.parameters.get(arguments.key).rule
    workstation.parameters.set(
        NewValue(
            key=rule.key,
            value=parse_value(rule, arguments.value),
            valid_from=arguments.valid_from,
            source=arguments.source,
            verified=arguments.verified,
            entered_by=arguments.by,
        )
    )
    return workstation.parameters.get(rule.key, arguments.valid_from).as_json(), 0


def _withdraw(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.parameters.withdraw(
        arguments.key, arguments.valid_from, arguments.by, arguments.reason
    )
    return workstation.parameters.get(arguments.key, arguments.valid_from).as_json(), 0

"""Commands on the due board: ``due list``, ``due recompute``."""

import argparse
from datetime import date

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.operations.due_board import DueFilter, DueGroup


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``due``."""
    group = groups.group("due", "待办期限")
    listing = group.add_parser("list", help="列出全局正在走的期限，末日近的在前")
    listing.add_argument("--group", type=_group, help=f"只列一组：{'、'.join(DueGroup)}")
    listing.add_argument("--officer", default="", help="只列该承办人的案件")
    listing.add_argument("--holder", default="", help="只列约束该方的期限，如 行政机关")
    listing.add_argument("--rule", default="", help="只列该代码的期限，如 DL06")
    listing.add_argument("--text", default="", help="按案号、名称、当事人筛选")
    listing.add_argument("--as-of", type=day_argument, help="以某一日为今天")
    listing.add_argument("--limit", type=int, default=200, help="最多列出几项")
    listing.set_defaults(run=_list)
    recompute = group.add_parser("recompute", help="重新计算全部未归档案件的期限")
    recompute.set_defaults(run=_recompute)


def _group(text: str) -> DueGroup:
    try:
        return DueGroup(text)
    except ValueError as error:
        message = f"没有“{text}”这一组，可以写：{'、'.join(DueGroup)}"
        raise argparse.ArgumentTypeError(message) from error


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    today = arguments.as_of or date.today()
    wanted = DueFilter(
        officer=arguments.officer,
        holder=arguments.holder,
        code=arguments.rule.upper(),
        text=arguments.text,
    )
    counts = workstation.due.counts(wanted, today)
    rows = workstation.due.rows(wanted, today, group=arguments.group, limit=arguments.limit)
    return {
        "as_of": today.isoformat(),
        "counts": {group.value: count for group, count in counts.items()},
        "deadlines": [row.as_json() for row in rows],
    }, 0


def _recompute(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    show = progress(arguments)
    cases = [0]

    def count(done: int, total: int) -> None:
        cases[0] = total
        show(done, total)

    workstation.due.recompute_all(count)
    counts = workstation.due.counts(DueFilter(), date.today())
    return {
        "recomputed_cases": cases[0],
        "counts": {group.value: count for group, count in counts.items()},
    }, 0

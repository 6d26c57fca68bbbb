"""Commands on periods: ``deadline``."""

import argparse
from datetime import datetime

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.errors import InvalidInputError


def add_commands(groups: CommandGroups) -> None:
    """Add ``deadline``."""
    deadline = groups.add("deadline", "计算期限并列出推算过程")
    deadline.add_argument("--rule", required=True, help="期限代码，如 DL06")
    deadline.add_argument("--from", dest="start", required=True, help="起算日（或时刻）")
    deadline.add_argument("--subtract", action="append", default=[], metavar="起..止")
    deadline.set_defaults(run=_deadline)


def _deadline(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    try:
        start = datetime.fromisoformat(arguments.start)
    except ValueError as error:
        message = f"起算日“{arguments.start}”不是日期。"
        raise InvalidInputError(message, hint="请写作 2026-09-29 或 2026-09-29T10:20。") from error
    deadline = workstation.office.deadline(arguments.rule, start, tuple(arguments.subtract))
    return deadline.as_json(), 0

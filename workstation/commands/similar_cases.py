"""``case similar``: the office's own closed cases beside one case (类案镜)."""

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add the comparison to ``case``."""
    case: Any = groups.group("case", "案件")
    similar = case.add_parser("similar", help="类案镜：本局同类已结案件的件数、幅度、中位数")
    similar.add_argument("id")
    similar.add_argument("--as-of", type=day_argument, help="按某一日的状态比较")
    similar.add_argument("--fine", type=_amount, help="试算另一罚款数额（元）")
    similar.add_argument("--months", type=int, help="回溯的月数，缺省按参数")
    similar.add_argument("--reason", default="", help="记下与类案不同的理由")
    similar.add_argument("--by", default="命令行", help="说明人")
    similar.set_defaults(run=_similar)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        message = f"“{text}”不是金额，应写作 110000"
        raise argparse.ArgumentTypeError(message) from error


def _similar(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    compared = workstation.similar_cases
    if arguments.reason:
        compared.explain(arguments.id, arguments.reason, person=arguments.by)
    found = compared.of_case(
        arguments.id, arguments.as_of, fine=arguments.fine, months=arguments.months
    )
    unexplained = bool(found.sentence) and found.explanation is None
    return found.as_json(), 1 if unexplained else 0

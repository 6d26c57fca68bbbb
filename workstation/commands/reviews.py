"""Commands of the legal review: ``case check`` and ``case overrule``."""

import argparse
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.reviews import CONCLUSIONS
from workstation.review.records import State


def add_commands(groups: CommandGroups) -> None:
    """Add the review to ``case``."""
    case: Any = groups.group("case", "案件")
    check = case.add_parser("check", help="法制审核：逐项检查一案（63项）")
    check.add_argument("id")
    check.add_argument("--as-of", type=day_argument, help="按某一日的状态检查")
    check.add_argument("--all", action="store_true", help="连同不适用的各项")
    check.set_defaults(run=_check)
    overrule = case.add_parser("overrule", help="审核人改判一项，写明理由")
    overrule.add_argument("id")
    overrule.add_argument("--check", required=True, help="审核项编号，如 CX5")
    overrule.add_argument("--reason", required=True, help="理由")
    overrule.add_argument("--by", default="命令行", help="改判人")
    overrule.add_argument(
        "--state",
        type=State,
        choices=CONCLUSIONS,
        default=State.PASSED,
        metavar="、".join(CONCLUSIONS),
        help="结论，缺省为符合",
    )
    overrule.set_defaults(run=_overrule)


def _check(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.reviews.check_case(arguments.id, arguments.as_of)
    return found.as_json(everything=arguments.all), 1 if found.stands_in_the_way else 0


def _overrule(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.reviews.overrule(
        arguments.id,
        arguments.check,
        arguments.reason,
        person=arguments.by,
        state=arguments.state,
    )
    found = workstation.reviews.check_case(arguments.id)
    finding = next(f for f in found.findings if f.check.id == arguments.check.upper())
    return finding.as_json(), 0

"""``review heat``: where the cases of the office go wrong, by step and check."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.commands.ruling_reasons import add_span
from workstation.operations.heat_maps import HeatFilter
from workstation.review.heat_maps import HeatMap, Trouble
from workstation.review.ruling_reasons import NOT_COVERED


def add_commands(groups: CommandGroups) -> None:
    """Add ``review heat``."""
    review = groups.group("review", "分轮法制审核：送审、收件、结论、退回、通过")
    heat = review.add_parser(
        "heat", help="问题分布：各步骤、各审核项有问题的案件数（先以 case check --all 检查全局）"
    )
    add_span(heat, "立案日")
    heat.add_argument(
        "--kind",
        type=Trouble,
        choices=tuple(Trouble),
        action="append",
        metavar="、".join(Trouble),
        help="只计这一类，可重复；缺省为全部",
    )
    heat.add_argument("--cases", action="store_true", help="连同每一格的案件")
    heat.add_argument("--by-person", action="store_true", help="按承办人（须先开启参数）")
    heat.add_argument("--xlsx", type=Path, help="另存为工作簿（.xlsx）")
    heat.set_defaults(run=_heat)


def _heat(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    maps = workstation.heat_maps
    wanted = HeatFilter(
        first=arguments.first,
        last=arguments.last,
        matter=arguments.matter,
        troubles=tuple(arguments.kind or Trouble),
    )
    found = maps.of_office(wanted)
    answer: Json = {
        "cases": found.cases,
        "checked": found.checked,
        "unchecked_open": found.unchecked,
        "cells": [cell.as_json() for cell in found.cells.values()],
        "checks": [_check(workstation, found, check) for check in found.checks],
    }
    if arguments.cases:
        answer["spots"] = [spot.as_json() for spot in found.spots]
    if arguments.by_person:
        answer["persons"] = [line.as_json() for line in maps.by_person(wanted)]
    if arguments.xlsx:
        answer["file"] = str(maps.export(arguments.xlsx, wanted))
    return answer, 0


def _check(workstation: Workstation, found: HeatMap, check: str) -> Json:
    return {
        "check": check or NOT_COVERED,
        "item": workstation.heat_maps.item_of(check),
        "cases": found.total(check),
    }

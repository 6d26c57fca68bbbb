"""Commands ``law radar`` and ``case tiers``: what a change touches, which tiers a case fits."""

import argparse
from datetime import date

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress


def add_commands(groups: CommandGroups) -> None:
    """Add ``law radar`` and ``case tiers``."""
    radar = groups.group("law", "法规库").add_parser(
        "radar", help="修法雷达：清单或者法律变动触及哪些事项和在办案件"
    )
    radar.add_argument("--since", type=day_argument, help="只列该日以后的变动")
    radar.add_argument("--as-of", type=day_argument, help="以哪一日的法律和清单为准，缺省为今天")
    radar.set_defaults(run=_radar)
    tiers = groups.group("case", "案件").add_parser(
        "tiers", help="列出案件可能适用的裁量阶次及其条件（只列候选，由人选定）"
    )
    tiers.add_argument("id")
    tiers.add_argument("--on", type=day_argument, help="以哪一日的裁量基准为准，缺省为今天")
    tiers.set_defaults(run=_tiers)


def _radar(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    report = workstation.law_radar.run(
        since=arguments.since, as_of=arguments.as_of, progress=progress(arguments)
    )
    return (report.as_json() if report else {}), 0


def _tiers(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    views = workstation.case_tiers.of_case(arguments.id, arguments.on or date.today())
    return {"tiers": [view.as_json() for view in views]}, 0

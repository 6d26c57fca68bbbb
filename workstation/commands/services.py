"""``case services``: the papers that go to the party, those not served yet first."""

import argparse
from datetime import date
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add the list of service to ``case``."""
    case: Any = groups.group("case", "案件")
    parser = case.add_parser("services", help="送达：未送达的文书和期限、已送达的文书和回证")
    parser.add_argument("id")
    parser.add_argument("--as-of", type=day_argument, help="按某一日的状态查看")
    parser.set_defaults(run=_services)


def _services(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.services.of_case(arguments.id, arguments.as_of)
    day = arguments.as_of or date.today()
    waiting = sum(service.delivery is None for service in found)
    return {"not_served": waiting, "papers": [s.as_json(day) for s in found]}, 0

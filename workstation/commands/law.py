"""Commands on the statutes: ``law …``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.operations import reports


def add_commands(groups: CommandGroups) -> None:
    """Add ``law`` and its commands."""
    law = groups.group("law", "法规库")
    search = law.add_parser("search", help="检索条文")
    search.add_argument("query")
    search.add_argument("--as-of", type=day_argument)
    search.add_argument("--kind")
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=_search)
    show = law.add_parser("show", help="查看一条")
    show.add_argument("title")
    show.add_argument("article")
    show.add_argument("--as-of", type=day_argument)
    show.set_defaults(run=_show)


def _search(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=progress(arguments))
    answer = workstation.law.search(
        arguments.query, as_of=arguments.as_of, kind=arguments.kind, limit=arguments.limit
    )
    return reports.search_json(answer), 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=progress(arguments))
    view = workstation.law.show(f"{arguments.title} {arguments.article}", arguments.as_of)
    return view.as_json(), 0

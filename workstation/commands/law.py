"""Commands on the statutes: ``law …``."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.domain.shelves import Shelf
from workstation.legislation.citations import WRONG
from workstation.operations import reports
from workstation.operations.shelves.searching import SHELVES


def add_commands(groups: CommandGroups) -> None:
    """Add ``law`` and its commands."""
    law = groups.group("law", "法规库")
    search = law.add_parser("search", help="检索条文")
    search.add_argument("query")
    search.add_argument("--as-of", type=day_argument)
    search.add_argument("--kind", help="只看一个种类，例如 法律、行政法规、地方性法规、司法解释")
    search.add_argument(
        "--region", help="只看全国和该地区的法规（缺省：本单位的地区；全部：不限）"
    )
    search.add_argument("--limit", type=int, default=20)
    search.add_argument(
        "--shelf",
        choices=[*(shelf.value for shelf in Shelf), "all"],
        default=Shelf.LAWS.value,
        help="哪一架：laws 法律法规（缺省）、cases 案例和本局已结案件、notes 办案实务、all 全部",
    )
    search.add_argument(
        "--as-typed", action="store_true", help="只按所写的词检索，不换成法律用语，不用日常说法"
    )
    search.set_defaults(run=_search)
    show = law.add_parser("show", help="查看一条")
    show.add_argument("title")
    show.add_argument("article")
    show.add_argument("--as-of", type=day_argument)
    show.set_defaults(run=_show)
    uses = law.add_parser("uses", help="一条的义务条、罚则条，所涉事项和引用它的在办案件")
    uses.add_argument("title")
    uses.add_argument("article")
    uses.add_argument("--as-of", type=day_argument)
    uses.set_defaults(run=_uses)
    cite = law.add_parser("cite", help="核对一段文字或一份文件里的每一处引用")
    source = cite.add_mutually_exclusive_group(required=True)
    source.add_argument("--text")
    source.add_argument("--file", type=Path)
    cite.add_argument("--as-of", type=day_argument, help="按哪一日的法律核对（缺省：今天）")
    cite.set_defaults(run=_cite)


def _search(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    if arguments.shelf == Shelf.LAWS:
        return _search_laws(workstation, arguments)
    workstation.shelf_search.refresh(progress(arguments))
    wanted = SHELVES if arguments.shelf == "all" else (Shelf(arguments.shelf),)
    found = {
        shelf.value: workstation.shelf_search.search(
            shelf,
            arguments.query,
            kind=arguments.kind,
            limit=arguments.limit,
            as_typed=arguments.as_typed,
        ).as_json()
        for shelf in wanted
    }
    if arguments.shelf != "all":
        return found[arguments.shelf], 0
    laws, status = _search_laws(workstation, arguments)
    return {"shelves": {Shelf.LAWS.value: laws, **found}}, status


def _search_laws(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=progress(arguments))
    answer = workstation.law.search(
        arguments.query,
        as_of=arguments.as_of,
        kind=arguments.kind,
        region=arguments.region,
        limit=arguments.limit,
        as_typed=arguments.as_typed,
    )
    return reports.search_json(answer), 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=progress(arguments))
    view = workstation.law.show(f"{arguments.title} {arguments.article}", arguments.as_of)
    return view.as_json(), 0


def _uses(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    wanted = f"{arguments.title} {arguments.article}"
    return workstation.article_uses.of_article(wanted, arguments.as_of).as_json(), 0


def _cite(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    law = workstation.law
    if arguments.file:
        found = law.check_file(arguments.file, arguments.as_of)
    else:
        found = law.check_text(arguments.text, arguments.as_of)
    wrong = any(citation.check.verdict in WRONG for citation in found)
    return {"citations": [citation.as_json() for citation in found]}, int(wrong)

"""Commands on what the papers of a case cite: ``case citations``, ``case insert-article``."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.pinned_articles import PinState


def add_commands(groups: CommandGroups) -> None:
    """Add the commands on citations to ``case``."""
    case: Any = groups.group("case", "案件")
    citations = case.add_parser("citations", help="核对全案文书引用的法条，可生成条文汇编")
    citations.add_argument("id")
    citations.add_argument("--as-of", type=day_argument, help="只看截至某一日制发的文书")
    citations.add_argument("--compile", action="store_true", help="生成《本案适用法律条文汇编》")
    citations.add_argument("--to", type=Path, help="汇编的输出文件夹，缺省为数据文件夹的 output")
    citations.set_defaults(run=_citations)
    insert = case.add_parser("insert-article", help="把条文的规范引用写入草稿的栏目，记下所引文本")
    insert.add_argument("id")
    insert.add_argument("article", help="如 行政处罚法 63")
    insert.add_argument("--document", required=True, help="如 D35，第二份写作 D12-2")
    insert.add_argument("--field", required=True, help="栏目名")
    insert.add_argument("--as-of", type=day_argument, help="引哪一日的文本，缺省为今天")
    insert.set_defaults(run=_insert)


def _citations(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.citations.of_case(arguments.id, arguments.as_of)
    pins = workstation.pinned_articles.of_case(arguments.id, arguments.as_of)
    result = found.as_json() | {"pins": [state.as_json() for state in pins]}
    if arguments.compile:
        made = workstation.citations.compilation(found)
        docx, pdf = made.write(arguments.to or workstation.home.output)
        result |= {"docx": str(docx), "pdf": str(pdf), "pages": len(made.layout.pages)}
    return result, 1 if found.wrong else 0


def _insert(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    pin = workstation.pinned_articles.insert(
        arguments.id, arguments.document, arguments.field, arguments.article, arguments.as_of
    )
    return PinState(pin=pin, change="").as_json(), 0

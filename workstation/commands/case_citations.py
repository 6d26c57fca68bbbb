"""The command on what the papers of a case cite: ``case citations``."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add ``citations`` to ``case``."""
    case: Any = groups.group("case", "案件")
    citations = case.add_parser("citations", help="核对全案文书引用的法条，可生成条文汇编")
    citations.add_argument("id")
    citations.add_argument("--as-of", type=day_argument, help="只看截至某一日制发的文书")
    citations.add_argument("--compile", action="store_true", help="生成《本案适用法律条文汇编》")
    citations.add_argument("--to", type=Path, help="汇编的输出文件夹，缺省为数据文件夹的 output")
    citations.set_defaults(run=_citations)


def _citations(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.citations.of_case(arguments.id, arguments.as_of)
    result = found.as_json()
    if arguments.compile:
        made = workstation.citations.compilation(found)
        docx, pdf = made.write(arguments.to or workstation.home.output)
        result |= {"docx": str(docx), "pdf": str(pdf), "pages": len(made.layout.pages)}
    return result, 1 if found.wrong else 0

"""``case rehearse``: the review as the other side would argue it (复议沙盘)."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument


def add_commands(groups: CommandGroups) -> None:
    """Add the rehearsal to ``case``."""
    case: Any = groups.group("case", "案件")
    parser = case.add_parser("rehearse", help="复议沙盘：按审核清单推演对方的主张（非法律意见）")
    parser.add_argument("id")
    parser.add_argument("--as-of", type=day_argument, help="按某一日的状态推演")
    parser.add_argument("--to", type=Path, help="把《应诉要点》（Word 和 PDF）写入文件夹")
    parser.set_defaults(run=_rehearse)


def _rehearse(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    rehearsal = workstation.rehearsals.of_case(arguments.id, arguments.as_of)
    result = rehearsal.as_json()
    if arguments.to is not None:
        docx, pdf = workstation.rehearsals.points(rehearsal).write(arguments.to)
        result |= {"docx": str(docx), "pdf": str(pdf)}
    return result, 1 if rehearsal.unanswered else 0

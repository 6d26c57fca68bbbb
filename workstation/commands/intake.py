"""Commands on what was registered at intake: ``case intake``, ``case correct``."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.operations.intake import Correction, supporting
from workstation.procedure.intake_corrections import NATURES, WRONG


def add_commands(groups: CommandGroups) -> None:
    """Add reading and correcting the intake to ``case``."""
    case: Any = groups.group("case", "案件")
    show = case.add_parser("intake", help="受案登记的各项、历次更正、仍印着旧内容的文书")
    show.add_argument("id")
    show.set_defaults(run=_show)
    correct = case.add_parser("correct", help="更正受案登记：当事人、案源、事项、事实")
    correct.add_argument("id")
    correct.add_argument(
        "--set",
        action="append",
        required=True,
        type=_assignment,
        metavar="项=新值",
        help="如 party.name=新名称，可重复；各项的写法见 case intake",
    )
    correct.add_argument("--reason", required=True, help="理由和依据的材料")
    correct.add_argument(
        "--nature", choices=NATURES, default=WRONG, help="更名、迁址等登记以后才发生的，选事后变更"
    )
    correct.add_argument("--by", default="", help="由谁更正，缺省为承办人")
    correct.add_argument("--at", type=datetime.fromisoformat, help="时间，缺省为现在")
    correct.add_argument(
        "--evidence",
        action="append",
        default=[],
        type=Path,
        metavar="文件",
        help="依据的材料，收入证据；可重复",
    )
    correct.set_defaults(run=_correct)
    mend = case.add_parser("mend", help="没有送出的文书印有旧登记内容的，登记已加盖校对章更正")
    mend.add_argument("id")
    mend.add_argument("--papers", default="", help="文书，如 D06,D10；缺省为全部没有送出的")
    mend.add_argument("--by", default="", help="由谁更正，缺省为承办人")
    mend.add_argument("--at", type=datetime.fromisoformat, help="时间，缺省为现在")
    mend.set_defaults(run=_mend)


def _assignment(text: str) -> tuple[str, str]:
    path, mark, value = text.partition("=")
    if not mark or not path.strip():
        message = f"“{text}”应写作 项=新值，如 party.name=新名称"
        raise argparse.ArgumentTypeError(message)
    return path.strip(), value.strip()


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return workstation.intake.view(arguments.id).as_json(), 0


def _now() -> datetime:
    return datetime.now().replace(second=0, microsecond=0)


def _mend(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    keys = frozenset(filter(None, map(str.strip, arguments.papers.upper().split(","))))
    at = arguments.at or _now()
    workstation.intake.mend(arguments.id, keys, at=at, actor=arguments.by)
    view = workstation.intake.view(arguments.id).as_json()
    return {"case_id": view["case_id"], "papers": view["papers"]}, 0


def _correct(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    at = arguments.at or _now()
    recorded = workstation.intake.correct(
        arguments.id,
        Correction(
            changes=workstation.intake.typed(dict(arguments.set)),
            nature=arguments.nature,
            reason=arguments.reason,
            at=at,
            actor=arguments.by,
            evidence=tuple(
                supporting(path, arguments.reason, arguments.by, at.date())
                for path in arguments.evidence
            ),
        ),
    )
    view = workstation.intake.view(arguments.id).as_json()
    return {
        "case_id": view["case_id"],
        "correction": view["corrections"][-1],
        "papers": view["papers"],
        "warnings": [block.message for block in recorded.warnings],
    }, 0

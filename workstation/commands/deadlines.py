"""Commands on periods: ``deadline``, ``case deadlines``."""

import argparse
import re
from datetime import date, datetime
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.errors import InvalidInputError
from workstation.operations.certificates import Certificate
from workstation.operations.deadlines import Count, read_span
from workstation.procedure import Deadline

_SHIFT = re.compile(r"(?P<key>[\w#-]+)=(?P<days>[+-]?\d{1,4})\Z")


def add_commands(groups: CommandGroups) -> None:
    """Add ``deadline`` and ``case deadlines``."""
    deadline = groups.add("deadline", "计算期限并列出推算过程")
    deadline.add_argument("--rule", required=True, help="期限代码，如 DL06")
    deadline.add_argument(
        "--from", dest="start", type=_start, required=True, help="起算日（或时刻）"
    )
    deadline.add_argument("--subtract", action="append", default=[], metavar="起..止[:事由]")
    deadline.add_argument("--shift", type=int, default=0, metavar="N", help="起算晚N日会怎样")
    deadline.add_argument("--certificate", action="store_true", help="另出期限证明书（须 --to）")
    deadline.add_argument("--to", type=Path, help="期限证明书的文件夹")
    deadline.set_defaults(run=_deadline)
    of_case = groups.group("case", "案件").add_parser("deadlines", help="列出一案的各项期限")
    of_case.add_argument("id")
    of_case.add_argument("--as-of", type=day_argument, help="按某一日的状态查看")
    of_case.add_argument(
        "--what-if", type=_move, metavar="DL06=+3", help="该期限的起算日早晚几日会怎样"
    )
    of_case.add_argument("--certificate", metavar="DL06", help="另出该期限的证明书（须 --to）")
    of_case.add_argument("--to", type=Path, help="期限证明书的文件夹")
    of_case.set_defaults(run=_case_deadlines)


def _start(text: str) -> date | datetime:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        message = f"起算日“{text}”不是日期，请写作 2026-09-29 或 2026-09-29T10:20"
        raise argparse.ArgumentTypeError(message) from error


def _move(text: str) -> tuple[str, int]:
    found = _SHIFT.match(text.strip())
    if found is None:
        message = f"“{text}”看不懂，请写作 DL06=+3 或 DL06=-2"
        raise argparse.ArgumentTypeError(message)
    return found["key"], int(found["days"])


def _deadline(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    wanted = Count(
        rule=arguments.rule,
        start=arguments.start,
        deductions=tuple(read_span(span) for span in arguments.subtract),
    )
    counted = workstation.deadlines.count(wanted)
    printed = counted.as_json()
    if arguments.shift:
        moved = workstation.deadlines.count(wanted, shift=arguments.shift)
        printed["shift"] = _shift_json(arguments.shift, counted, moved)
    if arguments.certificate:
        printed["certificate"] = _written(workstation.certificates.of_rule(wanted), arguments.to)
    return printed, 0


def _written(certificate: Certificate, folder: Path | None) -> Json:
    if folder is None:
        message = "没有写明期限证明书放在哪里。"
        raise InvalidInputError(message, hint="请加上 --to 文件夹。")
    docx, pdf = certificate.write(folder)
    pages = certificate.layout.pages
    return {
        "docx": str(docx),
        "pdf": str(pdf),
        "pages": len(pages),
        "lines": [list(page.lines) for page in pages],
    }


def _shift_json(days: int, before: Deadline, after: Deadline) -> Json:
    return {
        "moved_days": days,
        "start": after.start.isoformat(),
        "last_day": after.last_day.isoformat(),
        "moment": after.moment.isoformat(timespec="minutes") if after.moment else None,
        "difference_days": (after.last_day - before.last_day).days,
        "provisional": after.provisional,
        "derivation": [step.as_json() for step in after.derivation],
        "notices": list(after.notices),
    }


def _case_deadlines(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.deadlines.of_case(arguments.id, arguments.as_of)
    printed = found.as_json()
    if arguments.what_if is not None:
        key, days = arguments.what_if
        answer = workstation.deadlines.what_if(arguments.id, key, days, arguments.as_of)
        printed["what_if"] = {
            "rule": found.clock(key).key,
            "trigger": found.clock(key).trigger.as_json(),
            **answer.as_json(),
        }
    if arguments.certificate:
        made = workstation.certificates.of_case(
            arguments.id, arguments.certificate, arguments.as_of
        )
        printed["certificate"] = _written(made, arguments.to)
    return printed, 0

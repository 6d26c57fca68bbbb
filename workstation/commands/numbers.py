"""Commands on the ledger of numbers: ``numbers …``."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.operations.numbers import LedgerLine, NumberFilter, NumberState


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``numbers``."""
    group = groups.group("numbers", "文号台账")
    listing = group.add_parser("list", help="列出文号：已用、预留、作废")
    listing.add_argument("--year", type=int, default=0)
    listing.add_argument("--form", default="", help="文书代号，如 D51")
    listing.add_argument("--state", choices=[state.value for state in NumberState])
    listing.add_argument("--text", default="", help="文号中的字")
    listing.add_argument("--limit", type=int, default=1000)
    listing.add_argument("--to", type=Path, help="另存为工作簿（.xlsx）")
    listing.set_defaults(run=_list)
    reserve = group.add_parser("reserve", help="预留一个文号，两台电脑不会取到同一个")
    reserve.add_argument("--form", required=True, help="文书代号，如 D51")
    reserve.add_argument("--case", default="", help="哪一案的文书；不写则为尚未立案的案件预留序号")
    reserve.add_argument("--year", type=int, default=0, help="缺省为今年")
    reserve.add_argument("--by", default="命令行", help="登记人")
    reserve.set_defaults(run=_reserve)
    void = group.add_parser("void", help="作废一个文号，保留在台账中")
    void.add_argument("number", metavar="文号")
    void.add_argument("--reason", required=True, help="作废的理由")
    void.add_argument("--by", default="命令行", help="登记人")
    void.set_defaults(run=_void)
    gaps = group.add_parser("gaps", help="断号与预留未用的文号；有断号时退出码为1")
    gaps.add_argument("--year", type=int, default=0)
    gaps.set_defaults(run=_gaps)


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    wanted = NumberFilter(
        form=arguments.form.upper(),
        year=arguments.year,
        state=NumberState(arguments.state) if arguments.state else None,
        text=arguments.text,
    )
    numbers = workstation.numbers
    lines = numbers.lines(wanted, limit=arguments.limit)
    answer: Json = {
        "counts": {state.value: count for state, count in numbers.counts(wanted).items()},
        "numbers": [_line(workstation, line) for line in lines],
    }
    if arguments.to:
        answer["file"] = str(numbers.export(arguments.to, wanted))
    return answer, 0


def _reserve(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    number = workstation.numbers.reserve(
        arguments.form.upper(), arguments.by, case=arguments.case, year=arguments.year
    ).number
    return {
        "number": number.text,
        "form": number.form,
        "year": number.year,
        "state": number.state.value,
    }, 0


def _void(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.numbers.void(arguments.number, arguments.reason, arguments.by)
    lines = workstation.numbers.lines(NumberFilter(text=arguments.number))
    found = [line for line in lines if line.number.text == arguments.number.strip()]
    return {"numbers": [_line(workstation, line) for line in found]}, 0


def _gaps(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    report = workstation.numbers.gaps(arguments.year)
    return {
        "gaps": [
            {"counter": gap.scope, "year": gap.year, "serial": gap.serial} for gap in report.gaps
        ],
        "reserved": [_line(workstation, line) for line in report.reserved],
    }, 1 if report.gaps else 0


def _line(workstation: Workstation, line: LedgerLine) -> Json:
    number = line.number
    return {
        "number": number.text,
        "form": number.form,
        "title": line.document or workstation.numbers.title_of(number.form),
        "year": number.year,
        "state": number.state.value,
        "reason": number.reason,
        "case_number": line.case_number,
        "case_id": number.case_id,
        "entered_by": number.entered_by,
        "entered_at": number.entered_at.isoformat() if number.entered_at else None,
    }

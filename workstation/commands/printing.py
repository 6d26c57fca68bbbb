"""Commands of the printing centre: ``print …``."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, progress
from workstation.errors import InvalidInputError
from workstation.operations.printing import PrintRequest
from workstation.storage.records import Printing


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``print``."""
    group = groups.group("print", "打印")
    plan = group.add_parser("plan", help="列出一案或者一步要打印的文书、份数和签名盖章事项")
    _add_choice(plan)
    plan.set_defaults(run=_plan)
    run = group.add_parser("run", help="按卷内顺序打印，每份文书一个任务；失败的可单独重试")
    _add_choice(run)
    run.add_argument("--printer", default="", help="打印机名称（print printers 可查）")
    run.add_argument("--to", type=Path, help="不送打印机，按纸盒各写一个 PDF 到此文件夹")
    run.add_argument("--document", action="append", default=[], help="只打这一份，可多次")
    run.add_argument("--recipient", action="append", default=[], help="只打给谁的，如 当事人")
    _add_code(run)
    run.add_argument("--by", default="命令行", help="打印人")
    run.set_defaults(run=_run)
    _add_batch(group)
    ledger = group.add_parser("ledger", help="打印台账：何时、何人、哪个版本、几份")
    ledger.add_argument("id", nargs="?", default="", help="案号；不写则列出全局最近的记录")
    ledger.add_argument("--limit", type=int, default=500, help="不写案号时最多列几条")
    ledger.set_defaults(run=_ledger)
    printers = group.add_parser("printers", help="列出打印机")
    printers.set_defaults(run=_printers)


def _add_batch(group: Any) -> None:
    batch = group.add_parser(
        "batch", help="按清单批量打印：每台打印机、每个纸盒合成一个 PDF；有错的行逐行列出"
    )
    batch.add_argument("list", type=Path, help="清单（.xlsx、.csv），一行一份文书")
    batch.add_argument(
        "--to", type=Path, required=True, help="PDF 写到此文件夹；中断后再运行会接着做"
    )
    batch.add_argument("--printer", default="", help="写好后送打印机，每个 PDF 一个任务")
    batch.add_argument("--by", default="命令行", help="打印人")
    _add_code(batch)
    batch.set_defaults(run=_batch)
    template = group.add_parser("batch-template", help="导出批量打印的清单模板")
    template.add_argument("file", type=Path, help="写到哪个 .xlsx 文件")
    template.add_argument(
        "--document", action="append", default=[], required=True, help="文书代号，可多次"
    )
    template.add_argument("--open-cases", action="store_true", help="填入全部在办案件的案号")
    template.set_defaults(run=_batch_template)


def _add_code(parser: Any) -> None:
    code = parser.add_mutually_exclusive_group()
    code.add_argument("--qr", action="store_true", default=None, help="每页加二维码")
    code.add_argument("--no-qr", dest="qr", action="store_false", help="不加二维码")


def _add_choice(parser: Any) -> None:
    parser.add_argument("id")
    parser.add_argument("--step", type=int, default=0, choices=range(1, 19), help="只打这一步")
    parser.add_argument("--drafts", action="store_true", help="草稿一并打印（带草稿字样）")


def _plan(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    plan = workstation.printing.plan(arguments.id, step=arguments.step, drafts=arguments.drafts)
    return plan.as_json(), 0


def _run(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    printing = workstation.printing
    if bool(arguments.printer) == bool(arguments.to):
        message = "请写明打印机（--printer）或者文件夹（--to），二者取一。"
        raise InvalidInputError(message, hint="可用的打印机用 print printers 查看。")
    plan = printing.plan(arguments.id, step=arguments.step, drafts=arguments.drafts)
    keys = tuple(arguments.document)
    if arguments.to:
        paths = printing.write_pdfs(plan, arguments.to, keys=keys, qr=arguments.qr)
        sheets = sum(d.sheets for d in plan.documents if not keys or d.key in keys)
        return {"pdf": [str(path) for path in paths], "sheets": sheets}, 0
    request = PrintRequest(
        printer=arguments.printer,
        by=arguments.by,
        keys=keys,
        recipients=tuple(arguments.recipient),
        qr=arguments.qr,
    )
    outcome = printing.run(plan, request, progress(arguments))
    return {
        "printer": arguments.printer,
        "jobs": [
            {
                "id": job.key,
                "title": job.title,
                "recipient": job.recipient,
                "copies": job.copies,
                "pages": job.pages,
                "job": job.job,
                "problem": job.problem,
            }
            for job in outcome.jobs
        ],
        "failed": len(outcome.failed),
    }, 1 if outcome.failed else 0


def _batch(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    batches = workstation.batches
    if arguments.printer:
        batches.spooler.check(arguments.printer)
    outcome = batches.run(
        arguments.list, arguments.to, qr=arguments.qr, progress=progress(arguments)
    )
    answer = outcome.as_json()
    failed = bool(outcome.faults)
    if arguments.printer:
        sent = batches.send(outcome.files, arguments.printer, arguments.by)
        answer["jobs"] = [file.as_json() for file in sent]
        failed = failed or any(file.problem for file in sent)
    return answer, 1 if failed else 0


def _batch_template(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    path = workstation.batches.template(
        arguments.file, arguments.document, with_cases=arguments.open_cases
    )
    return {"file": str(path)}, 0


def _ledger(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    if not arguments.id:
        lines = workstation.printing.lines(arguments.limit)
        return {
            "printings": [
                _row(line.printing) | {"case_number": line.case_number, "out_of_date": line.reason}
                for line in lines
            ]
        }, 0
    states = workstation.printing.states(arguments.id)
    rows = [_row(row) for row in workstation.printing.ledger(arguments.id)]
    stale = [
        {"id": state.key, "paper": state.word, "reason": state.reason}
        for state in states.values()
        if state.reason
    ]
    return {"printings": rows, "out_of_date": stale}, 0


def _row(row: Printing) -> Json:
    return {
        "id": row.document,
        "title": row.title,
        "version": row.version_digest,
        "draft": row.draft,
        "pages": row.pages,
        "recipient": row.recipient,
        "copies": row.copies,
        "printer": row.printer,
        "job": row.job,
        "printed_by": row.printed_by,
        "printed_at": row.printed_at.isoformat(timespec="minutes"),
    }


def _printers(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    del arguments
    return {"printers": list(workstation.printing.spooler.printers())}, 0

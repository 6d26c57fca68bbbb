"""Appraisal of closed files: ``appraisal round|sample|open|assign|score|second|appeal|report``."""

import argparse
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.errors import InvalidInputError
from workstation.operations.appraisal_groups import GROUPINGS
from workstation.operations.appraisal_marks import accepting, new_mark, proposal_of
from workstation.review.appraisals import Mark, MarkKind, Seat, Sheet, differences


def add_commands(groups: CommandGroups) -> None:
    """Add ``appraisal``."""
    group: Any = groups.group("appraisal", "案卷评查")
    rounds = group.add_parser("round", help="各评查批次；给编号则连同各案结果")
    rounds.add_argument("round", nargs="?", default="")
    rounds.set_defaults(run=_round)
    sample = group.add_parser("sample", help="抽取已结案件，成为一个批次")
    sample.add_argument("--name", required=True, help="批次名称")
    sample.add_argument("--from", dest="first", type=day_argument, required=True, help="结案自")
    sample.add_argument("--to", dest="last", type=day_argument, default=date.today(), help="至")
    sample.add_argument("--share", type=_number, default=Decimal("0.1"), help="每组抽取比例")
    sample.add_argument("--group-by", choices=GROUPINGS, default=GROUPINGS[0], help="按什么分组")
    sample.add_argument("--seed", default="", help="随机种子，缺省新生成并记录")
    sample.add_argument("--by", default="命令行", help="抽取人")
    sample.set_defaults(run=_sample)
    for name, explanation, run in (
        ("open", "一案的评查表、扣分建议、结果", _open),
        ("second", "初评与复评逐项对照", _second),
    ):
        parser = group.add_parser(name, help=explanation)
        _of_case(parser)
        parser.set_defaults(run=run)
        if run is _open:
            told = "看谁的评查表；初评、复评都完成以前必须写明，互不可见"
            parser.add_argument("--seat", type=Seat, choices=list(Seat), help=told)
    assign = group.add_parser("assign", help="指定评查人（与本案无关的人）")
    _of_case(assign)
    assign.add_argument("--person", required=True, help="评查人")
    assign.add_argument("--seat", type=Seat, choices=list(Seat), default=Seat.FIRST)
    assign.add_argument("--by", default="命令行", help="指定人")
    assign.set_defaults(run=_assign)
    _add_score(group)
    _add_appeal(group)
    report = group.add_parser("report", help="评查表（给案号）或者评查报告，Word 和 PDF")
    report.add_argument("round")
    report.add_argument("case", nargs="?", default="")
    report.add_argument("--to", type=Path, required=True, help="写入的文件夹")
    report.set_defaults(run=_report)


def _of_case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("round", help="批次编号")
    parser.add_argument("case", help="案号")


def _add_score(group: Any) -> None:
    score = group.add_parser("score", help="在评查表上记一笔")
    _of_case(score)
    score.add_argument("--seat", type=Seat, choices=list(Seat), default=Seat.FIRST)
    score.add_argument("--by", required=True, help="评查人")
    acts = score.add_mutually_exclusive_group(required=True)
    acts.add_argument("--accept", metavar="建议", help="采纳扣分建议，如 G25:CX4")
    acts.add_argument("--reject", metavar="建议", help="不采纳扣分建议")
    acts.add_argument("--deduct", metavar="项目", help="扣分，如 G25")
    acts.add_argument("--veto", metavar="项目", help="一票否决，如 V7")
    acts.add_argument("--adjust", metavar="项目", help="加减分，如 J1")
    acts.add_argument("--leave-out", metavar="项目", help="不参评")
    acts.add_argument("--take-in", metavar="项目", help="参评")
    acts.add_argument("--withdraw", metavar="记录", help="撤回一笔，如 K3")
    acts.add_argument("--close", action="store_true", help="评定完成")
    score.add_argument("--points", type=_number, help="扣多少分")
    score.add_argument("--reason", default="", help="理由")
    score.add_argument("--document", default="", help="文书，如 D51")
    score.add_argument("--page", type=int, default=0, help="页码")
    score.add_argument("--error", default="", help="同一错误的名称：同名的只扣一次")
    score.set_defaults(run=_score)


def _add_appeal(group: Any) -> None:
    appeal = group.add_parser("appeal", help="单位申诉一处扣分或者否决；答复申诉")
    _of_case(appeal)
    appeal.add_argument("--target", required=True, help="如 初评/K3")
    appeal.add_argument("--by", required=True, help="申诉单位，或者答复人")
    said = appeal.add_mutually_exclusive_group(required=True)
    said.add_argument("--statement", help="申诉的理由")
    said.add_argument("--uphold", metavar="理由", help="申诉成立")
    said.add_argument("--dismiss", metavar="理由", help="申诉不成立")
    appeal.set_defaults(run=_appeal)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        message = f"“{text}”不是数"
        raise argparse.ArgumentTypeError(message) from error


def _round(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    appraisals = workstation.appraisals
    if not arguments.round:
        return {"rounds": [r.as_json() for r in appraisals.rounds()]}, 0
    results = appraisals.results(arguments.round)
    listed = [
        {key: row[key] for key in ("case_id", "number", "title", "why", "result")}
        for row in (found.as_json() for found in results)
    ]
    return appraisals.round(arguments.round).as_json() | {"results": listed}, 0


def _sample(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    made = workstation.appraisals.sample(
        arguments.name,
        (arguments.first, arguments.last),
        arguments.share,
        by=arguments.group_by,
        seed=arguments.seed,
        person=arguments.by,
    )
    return made.as_json(), 0


def _open(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    opened = workstation.appraisals.open(arguments.round, arguments.case)
    return opened.as_json(getattr(arguments, "seat", None)), 0


def _second(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    opened = workstation.appraisals.open(arguments.round, arguments.case)
    first, second = opened.sheet(Seat.FIRST), opened.sheet(Seat.SECOND)
    if first is None or second is None or first.closed is None or second.closed is None:
        message = "初评和复评都完成以后才能对照。"
        raise InvalidInputError(message, hint="完成以前互不可见，以免影响各自的评定。")
    rows = [
        {"target": d.target, "item": d.item, "first": d.first, "second": d.second}
        for d in differences(first, second)
    ]
    scores = {"first": str(first.score), "second": str(second.score)}
    return {"scores": scores, "differences": rows, "result": opened.as_json()["result"]}, 0


def _assign(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.appraisals.assign(
        arguments.round, arguments.case, arguments.seat, arguments.person, by=arguments.by
    )
    return _open(workstation, arguments)


def _score(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    appraisals = workstation.appraisals
    sheet = appraisals.open(arguments.round, arguments.case).sheet(arguments.seat)
    appraisals.mark(arguments.round, arguments.case, arguments.seat, _mark(arguments, sheet))
    return _open(workstation, arguments)


def _mark(arguments: argparse.Namespace, sheet: Sheet | None) -> Mark:
    by, reason = arguments.by, arguments.reason
    if arguments.accept and sheet is not None:
        proposal = proposal_of(sheet, arguments.accept)
        points = arguments.points or Decimal(0)
        return _hung(accepting(proposal, by, points, reason), arguments)
    chosen = (
        (MarkKind.REJECT, arguments.reject),
        (MarkKind.DEDUCT, arguments.deduct),
        (MarkKind.VETO, arguments.veto),
        (MarkKind.ADJUST, arguments.adjust),
        (MarkKind.LEAVE_OUT, arguments.leave_out),
        (MarkKind.TAKE_IN, arguments.take_in),
        (MarkKind.WITHDRAW, arguments.withdraw),
    )
    kind, target = next(((k, t) for k, t in chosen if t), (MarkKind.CLOSE, ""))
    mark = replace(new_mark(kind, target, by, reason), points=arguments.points or Decimal(0))
    return _hung(mark, arguments)


def _hung(mark: Mark, arguments: argparse.Namespace) -> Mark:
    return replace(
        mark,
        document=arguments.document or mark.document,
        page=arguments.page or mark.page,
        error=arguments.error or mark.error,
    )


def _appeal(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    appraisals, where = workstation.appraisals, (arguments.round, arguments.case)
    if arguments.statement:
        appraisals.appeal(*where, arguments.target, arguments.statement, unit_name=arguments.by)
    else:
        appraisals.answer(
            *where,
            arguments.target,
            arguments.uphold or arguments.dismiss,
            upheld=bool(arguments.uphold),
            person=arguments.by,
        )
    return _open(workstation, arguments)


def _report(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    papers = workstation.appraisal_papers
    if arguments.case:
        paper = papers.sheet(workstation.appraisals.open(arguments.round, arguments.case))
    else:
        paper = papers.report(workstation.appraisals.results(arguments.round))
    docx, pdf = paper.write(arguments.to)
    return {"docx": str(docx), "pdf": str(pdf), "pages": len(paper.layout.pages)}, 0

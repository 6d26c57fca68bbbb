"""Commands of the review in rounds: ``review submit|take|conclude|return|approve|show|tasks``."""

import argparse
from datetime import datetime
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.recording import Recorded
from workstation.operations.review_rounds import NewOpinion, NewTask, Submission
from workstation.operations.review_views import task_json
from workstation.review.conclusions import Proposal, Verdict

_TASK_KEYS = {
    "办什么": "what",
    "文书": "document",
    "栏目": "field",
    "页": "page",
    "依据": "article",
    "办结日": "due",
}


def add_commands(groups: CommandGroups) -> None:
    """Add ``review``."""
    group = groups.group("review", "分轮法制审核：送审、收件、结论、退回、通过")
    _add_submit(group)
    taking = _parser(group, "take", "审核人员收件", _take)
    taking.add_argument("--by", required=True, help="审核人员")
    concluding = _parser(
        group, "conclude", "作出十项结论之一，或者列出清单对各项的提示", _conclude
    )
    concluding.add_argument("--item", help="结论名称或者序号，如 证据、5；不写即列出")
    concluding.add_argument(
        "--verdict", type=Verdict, choices=tuple(Verdict), metavar="结论", help="缺省照清单的提示"
    )
    concluding.add_argument("--reason", default="", help="理由；有待人工的各项，须写明审查情况")
    returning = _parser(group, "return", "退回：签发意见书，列明任务", _return)
    _add_opinion(returning, "退回补充调查")
    returning.add_argument(
        "--task",
        type=_task,
        action="append",
        default=[],
        metavar="任务",
        help="办什么=…；文书=D37；栏目=…；页=2；依据=…；办结日=2026-09-10，可重复",
    )
    approving = _parser(group, "approve", "通过：签发意见书，固定所审内容", _approve)
    _add_opinion(approving, "同意")
    showing = _parser(group, "show", "各轮审核、改动、任务；通过后有改动的列出失效原因", _show)
    showing.add_argument("--as-of", type=day_argument, help="按某一日的状态")
    tasks = _parser(group, "tasks", "列出待答复的任务，或者答复一项", _tasks)
    tasks.add_argument("--answer", metavar="编号", help="答复的任务，如 1-2")
    tasks.add_argument("--note", default="", help="办理情况；不采纳的写明理由")
    tasks.add_argument("--by", default="", help="答复人")
    tasks.add_argument("--at", type=_moment, help="时间，缺省为现在")


def _add_submit(group: Any) -> None:
    parser = _parser(group, "submit", "送审：制发送审表，固定送审时的文书和事实", _submit)
    parser.add_argument("--by", required=True, help="送审人：办案机构负责人")
    parser.add_argument("--stage", default="", help="审核环节，缺省按案件进度为告知前或者决定前")
    parser.add_argument("--points", default="", help="提请重点审核的问题")
    parser.add_argument("--officer-opinion", default="", help="承办人意见")
    parser.add_argument("--unit-opinion", default="", help="办案机构负责人意见")
    parser.add_argument("--summary", default="", help="案情摘要，缺省取自调查终结报告")
    parser.add_argument(
        "--value",
        action="append",
        type=_value,
        default=[],
        metavar="栏目=内容",
        help="送审表其他栏目",
    )


def _parser(group: Any, name: str, explanation: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = group.add_parser(name, help=explanation)
    parser.add_argument("id", help="案件")
    if name in {"submit", "take", "return", "approve"}:
        parser.add_argument("--at", type=_moment, help="时间，缺省为现在")
    parser.set_defaults(run=run)
    return parser


def _add_opinion(parser: argparse.ArgumentParser, opinion: str) -> None:
    parser.add_argument("--by", required=True, help="审核人员：有资格、未参与本案调查")
    parser.add_argument("--opinion", default=opinion, help=f"意见，缺省为{opinion}")
    parser.add_argument("--reason", required=True, help="意见理由，不得只写“同意”")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}”不是时间，请写作 2026-09-04T09:30"
        raise argparse.ArgumentTypeError(message) from error


def _value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        message = f"“{text}”应写作 栏目=内容"
        raise argparse.ArgumentTypeError(message)
    return name.strip(), value


def _task(text: str) -> NewTask:
    """Read 办什么=…；文书=…; a text without a key is what is to be done."""
    values: dict[str, Any] = {}
    for part in text.split("；"):
        key, equals, value = part.partition("=")
        name = _TASK_KEYS.get(key.strip()) if equals else "what"
        if name is None:
            message = f"任务中的“{key}”不认识，可写：{'、'.join(_TASK_KEYS)}"
            raise argparse.ArgumentTypeError(message)
        values[name] = (value if equals else part).strip()
    if "due" in values:
        values["due"] = day_argument(values["due"])
    if "page" in values:
        if not values["page"].isdecimal():
            message = f"页码“{values['page']}”不是数"
            raise argparse.ArgumentTypeError(message)
        values["page"] = int(values["page"])
    if not values.get("what"):
        message = f"任务“{text}”没有写明办什么"
        raise argparse.ArgumentTypeError(message)
    return NewTask(**values)


def _at(arguments: argparse.Namespace) -> datetime:
    moment: datetime = arguments.at or datetime.now().replace(second=0, microsecond=0)
    return moment


def _done(workstation: Workstation, wanted: str, recorded: Recorded) -> tuple[Json, int]:
    shown = workstation.review_rounds.show(wanted)
    return {
        "documents": list(recorded.documents),
        "warnings": [block.as_json() for block in recorded.warnings],
        "round": shown.last.as_json() if shown.last else None,
    }, 0


def _submit(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    named = {
        "points": arguments.points,
        "officer_opinion": arguments.officer_opinion,
        "unit_opinion": arguments.unit_opinion,
        "summary": arguments.summary,
    }
    submission = Submission(
        person=arguments.by,
        at=_at(arguments),
        stage=arguments.stage,
        values={name: text for name, text in named.items() if text} | dict(arguments.value),
    )
    recorded = workstation.review_rounds.submit(arguments.id, submission)
    return _done(workstation, arguments.id, recorded)


def _take(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    recorded = workstation.review_rounds.take(arguments.id, arguments.by, _at(arguments))
    return _done(workstation, arguments.id, recorded)


def _conclude(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    rounds = workstation.review_rounds
    if arguments.item:
        rounds.conclude(arguments.id, arguments.item, arguments.verdict, arguments.reason)
    shown = rounds.show(arguments.id)
    return {
        "conclusions": [conclusion.as_json() for conclusion in shown.conclusions],
        "proposals": [_proposal_json(proposal) for proposal in rounds.proposals(arguments.id)],
    }, 0


def _proposal_json(proposal: Proposal) -> Json:
    return {
        "title": proposal.subject.title,
        "field": proposal.subject.field,
        "verdict": proposal.verdict.value,
        "reason": proposal.reason,
        "open": proposal.open,
        "findings": [
            {
                "check": finding.check.id,
                "state": finding.state.value,
                "level": finding.level.value,
                "message": finding.message,
            }
            for finding in proposal.findings
        ],
    }


def _opinion(arguments: argparse.Namespace, tasks: tuple[NewTask, ...] = ()) -> NewOpinion:
    return NewOpinion(
        opinion=arguments.opinion,
        reason=arguments.reason,
        reviewer=arguments.by,
        at=_at(arguments),
        tasks=tasks,
    )


def _return(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    opinion = _opinion(arguments, tuple(arguments.task))
    recorded = workstation.review_rounds.send_back(arguments.id, opinion)
    return _done(workstation, arguments.id, recorded)


def _approve(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    recorded = workstation.review_rounds.approve(arguments.id, _opinion(arguments))
    return _done(workstation, arguments.id, recorded)


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    shown = workstation.review_rounds.show(arguments.id, arguments.as_of)
    voided = shown.last is not None and bool(shown.last.voided_by)
    return shown.as_json(), 1 if voided else 0


def _tasks(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    rounds = workstation.review_rounds
    if arguments.answer:
        rounds.answer(arguments.id, arguments.answer, arguments.note, arguments.by, _at(arguments))
    return {"tasks": [task_json(task) for task in rounds.tasks(arguments.id)]}, 0

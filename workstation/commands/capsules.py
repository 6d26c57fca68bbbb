"""Commands of the case capsule: ``capsule make|options|show|verify|merge|replies|decide``."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, progress
from workstation.commands.interventions import read_credential
from workstation.domain.capsules import Opinion
from workstation.operations.capsules.choices import CapsuleChoices
from workstation.operations.capsules.operations import REFUSED
from workstation.operations.capsules.reports import capsule_json, subject_json

_DECIDABLE = (Opinion.PASSED, Opinion.FAILED, Opinion.NOT_APPLICABLE)


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``capsule``."""
    group = groups.group("capsule", "案卷胶囊：交驻局律师，意见带回并入")
    making = group.add_parser("make", help="把一案做成一个签名的文件（副卷等须逐项选择）")
    making.add_argument("id", help="案件")
    making.add_argument("--to", type=Path, required=True, help="输出文件夹")
    making.add_argument("--recipient", required=True, help="接收的律师")
    making.add_argument("--by", default="命令行", help="制作人")
    making.add_argument("--reason", default="", help="随附副卷等内容的理由")
    making.add_argument("--inner", action="append", default=[], help="随附的副卷文书，如 D39")
    making.add_argument("--reporter", action="store_true", help="不遮去举报人身份")
    making.add_argument(
        "--intervention", type=int, action="append", default=[], help="随附第几条干预登记"
    )
    making.add_argument("--reader", default="", help="干预登记的指定查看人（口令另行输入）")
    making.add_argument(
        "--without-evidence", type=int, action="append", default=[], help="不随附第几份证据"
    )
    making.add_argument("--masked", action="store_true", help="遮蔽个人信息")
    making.set_defaults(run=_make)
    options = group.add_parser("options", help="列出可以选择随附的内容")
    options.add_argument("id", help="案件")
    options.set_defaults(run=_options)
    for name, run, explanation in (
        ("show", _show, "列出一个胶囊里有什么"),
        ("verify", _verify, "校验一个胶囊：一个字节也没有改动，由谁签名"),
    ):
        parser = group.add_parser(name, help=explanation)
        parser.add_argument("file", type=Path)
        parser.set_defaults(run=run)
    merging = group.add_parser("merge", help="并入律师发回的回件（可多份）")
    merging.add_argument("file", type=Path, nargs="+")
    merging.add_argument("--by", default="命令行", help="收件人")
    merging.set_defaults(run=_merge)
    replies = group.add_parser("replies", help="列出交出的胶囊、收回的意见和结论冲突")
    replies.add_argument("id", help="案件")
    replies.set_defaults(run=_replies)
    deciding = group.add_parser("decide", help="律师结论不一致时，由本机关的人决定")
    deciding.add_argument("id", help="案件")
    deciding.add_argument("--subject", required=True, help="对象，如 check/CX5")
    deciding.add_argument(
        "--conclusion",
        type=Opinion,
        choices=_DECIDABLE,
        required=True,
        metavar="、".join(_DECIDABLE),
    )
    deciding.add_argument("--reason", required=True, help="理由")
    deciding.add_argument("--by", default="命令行", help="决定人")
    deciding.set_defaults(run=_decide)


def _make(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    reader = arguments.reader
    choices = CapsuleChoices(
        recipient=arguments.recipient,
        by=arguments.by,
        reason=arguments.reason,
        inner=tuple(key.upper() for key in arguments.inner),
        reporter=arguments.reporter,
        interventions=tuple(dict.fromkeys(arguments.intervention)),
        credential=read_credential(reader) if reader else None,
        without_evidence=tuple(arguments.without_evidence),
        masked=arguments.masked,
    )
    made = workstation.capsules.make(arguments.id, arguments.to, choices, progress(arguments))
    return (made.as_json(), 0) if made else ({}, 1)


def _options(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return workstation.capsules.options(arguments.id).as_json(), 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return workstation.capsules.show(arguments.file), 0


def _verify(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.capsules.verify(arguments.file)
    return found.as_json(), 1 if found.problems else 0


def _merge(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    merged, _ = workstation.capsules.merge(arguments.file, arguments.by)
    refused = any(one.state == REFUSED for one in merged)
    return {"replies": [one.as_json() for one in merged]}, 1 if refused else 0


def _replies(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    capsules, case = workstation.capsules, arguments.id
    subjects = capsules.subjects(case)
    content = {
        "capsules": [capsule_json(capsule) for capsule in capsules.capsules(case)],
        "replies": len(capsules.replies(case)),
        "conflicts": sum(subject.is_open for subject in subjects),
        "subjects": [subject_json(subject) for subject in subjects],
    }
    return content, 1 if content["conflicts"] else 0


def _decide(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.capsules.decide(
        arguments.id,
        arguments.subject,
        arguments.conclusion,
        arguments.reason,
        person=arguments.by,
    )
    return _replies(workstation, arguments)[0], 0

"""Commands of the legal review: ``case check``, ``case proof`` and ``case overrule``."""

import argparse
import sys
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.errors import InvalidInputError
from workstation.operations.reviews import CONCLUSIONS
from workstation.review.records import Outcome, State


def add_commands(groups: CommandGroups) -> None:
    """Add the review to ``case``."""
    case: Any = groups.group("case", "案件")
    check = case.add_parser("check", help="法制审核：逐项检查一案（63项），或者以 --all 检查全局")
    check.add_argument("id", nargs="?", default="", help="案件；不写而用 --all 即检查各案")
    check.add_argument("--as-of", type=day_argument, help="按某一日的状态检查")
    check.add_argument("--all", action="store_true", help="连同不适用的各项；没有案件时检查全局")
    check.add_argument("--again", action="store_true", help="全局检查时，没有变动的也重新检查")
    check.add_argument("--since", type=day_argument, help="全局检查时，自哪一日起算新发现（今日）")
    check.set_defaults(run=_check)
    proof = case.add_parser("proof", help="卷面自洽证明：逐项比较全卷文书的事实")
    proof.add_argument("id")
    proof.add_argument("--as-of", type=day_argument, help="只看截至某一日制发的文书")
    proof.add_argument(
        "--edited",
        type=_edited,
        action="append",
        default=[],
        metavar="文书=文件",
        help="以在 Word、WPS 中改过的 .docx 代入，如 D51=决定书.docx，可重复",
    )
    proof.add_argument("--no-pages", action="store_true", help="相符的各处不查页码，快得多")
    proof.add_argument("--print", action="store_true", help="生成《卷面自洽证明》")
    proof.add_argument("--to", type=Path, help="证明的输出文件夹，缺省为数据文件夹的 output")
    proof.set_defaults(run=_proof)
    overrule = case.add_parser("overrule", help="审核人改判一项，写明理由")
    overrule.add_argument("id")
    overrule.add_argument("--check", required=True, help="审核项编号，如 CX5")
    overrule.add_argument("--reason", required=True, help="理由")
    overrule.add_argument("--by", required=True, help="改判人：本局的法制审核人员，未参与本案调查")
    overrule.add_argument(
        "--state",
        type=State,
        choices=CONCLUSIONS,
        default=State.PASSED,
        metavar="、".join(CONCLUSIONS),
        help="结论，缺省为符合",
    )
    overrule.set_defaults(run=_overrule)


def _check(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    if not arguments.id:
        return _check_office(workstation, arguments)
    found = workstation.reviews.check_case(arguments.id, arguments.as_of)
    return found.as_json(everything=arguments.all), 1 if found.stands_in_the_way else 0


def _check_office(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    if not arguments.all:
        message = "没有写明检查哪一案。"
        raise InvalidInputError(message, hint="请写案件编号，或者以 case check --all 检查全局。")

    def told(done: int, total: int) -> None:
        if done % _TOLD_EVERY == 0 or done == total:
            sys.stderr.write(f"已检查 {done}/{total} 件\n")

    found = workstation.review_runs.run(told, everything=arguments.again, since=arguments.since)
    assert found is not None  # noqa: S101 nothing stops it here; Ctrl+C leaves what was kept
    return found.as_json(), 1 if any(view.case.blocking for view in found.cases) else 0


_TOLD_EVERY = 100


def _edited(text: str) -> tuple[str, Path]:
    key, equals, path = text.partition("=")
    if not equals or not key or not path:
        message = "写作 文书=文件，如 D51=决定书.docx"
        raise argparse.ArgumentTypeError(message)
    return key.upper(), Path(path)


def _proof(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    edited = dict(arguments.edited)
    found = workstation.proofs.of_case(arguments.id, arguments.as_of, edited=edited)
    if not arguments.no_pages:
        found = workstation.proofs.with_pages(found) or found
    result = found.as_json()
    if arguments.print:
        made = workstation.proofs.certificate(found)
        docx, pdf = made.write(arguments.to or workstation.home.output)
        result |= {"docx": str(docx), "pdf": str(pdf), "pages": len(made.layout.pages)}
    return result, 1 if found.of(Outcome.CLASHES) else 0


def _overrule(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.reviews.overrule(
        arguments.id,
        arguments.check,
        arguments.reason,
        person=arguments.by,
        state=arguments.state,
    )
    found = workstation.reviews.check_case(arguments.id)
    finding = next(f for f in found.findings if f.check.id == arguments.check.upper())
    return finding.as_json(), 0

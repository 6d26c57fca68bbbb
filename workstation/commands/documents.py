"""Commands on edited papers: ``document compare|comment|comments|decide`` (Word), ``merge``."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.documents.docx_remarks import DocxRemark
from workstation.domain.paper_remarks import Verdict
from workstation.errors import InvalidInputError

_VERDICTS = (Verdict.TAKEN, Verdict.DECLINED)


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``document``."""
    group = groups.group("document", "改过的文书和草稿")
    compare = group.add_parser("compare", help="列出在 Word 中改过的栏目和文字")
    compare.add_argument("file", type=Path, help="改过的 .docx")
    compare.add_argument("--case", required=True)
    compare.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    compare.add_argument("--take", action="store_true", help="把改过的栏目采用为草稿")
    compare.set_defaults(run=_compare)
    _add_comments(group)
    merge = group.add_parser("merge", help="草稿改过、案件事实又有变的栏目：三方合并")
    merge.add_argument("--case", required=True)
    merge.add_argument("--document", help="文书代号，如 D51；缺省列出本案全部草稿")
    merge.add_argument("--take", action="store_true", help="把没有冲突的新内容并入草稿")
    merge.add_argument(
        "--mine",
        action="append",
        default=[],
        help="冲突处用自己写的；逐处选写作 栏目:序号",
    )
    merge.add_argument(
        "--theirs", action="append", default=[], help="冲突处用案件现有的，写法同上"
    )
    merge.set_defaults(run=_merge)


def _add_comments(group: Any) -> None:
    comment = group.add_parser("comment", help="把审核、律师和自己的意见写成 Word 批注和修订")
    comment.add_argument("--case", required=True)
    comment.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    comment.add_argument("--to", type=Path, required=True, help="输出文件夹")
    comment.add_argument("--by", default="", help="自己这条意见的作者")
    comment.add_argument("--text", default="", help="自己的意见")
    comment.add_argument("--field", default="", help="意见所指的栏目，如 facts")
    comment.add_argument("--quote", default="", help="意见所指的原文")
    comment.add_argument("--suggest", help="建议把所指的原文改成（写成修订）")
    comment.set_defaults(run=_comment)
    comments = group.add_parser("comments", help="列出 Word 中的批注和修订；缺省列出本案已收的")
    comments.add_argument("file", type=Path, nargs="?", help="Word、WPS 中写过批注的 .docx")
    comments.add_argument("--case", required=True)
    comments.add_argument("--document", default="", help="文书代号，读入文件时必填")
    comments.add_argument("--by", default="命令行", help="收件人")
    comments.set_defaults(run=_comments)
    decide = group.add_parser("decide", help="采纳或者不采纳一条批注、修订，写明理由")
    decide.add_argument("--case", required=True)
    decide.add_argument("--remark", required=True, help="编号，见 document comments")
    decide.add_argument("--verdict", type=Verdict, choices=_VERDICTS, required=True)
    decide.add_argument("--reason", required=True)
    decide.add_argument("--by", default="命令行", help="决定人")
    decide.set_defaults(run=_decide)


def _comment(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    own = []
    if arguments.text or arguments.suggest is not None:
        if not arguments.by:
            raise InvalidInputError("没有写明意见的作者。", hint="请用 --by 写明姓名。")
        own.append(
            DocxRemark(
                author=arguments.by,
                date=datetime.now().isoformat(timespec="seconds"),
                text=arguments.text,
                field=arguments.field,
                quote=arguments.quote,
                suggestion=arguments.suggest,
            )
        )
    made = workstation.paper_remarks.annotate(
        arguments.case, arguments.document.upper(), arguments.to, own
    )
    return made.as_json(), 0


def _comments(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    remarks = workstation.paper_remarks
    if arguments.file is None:
        return {"remarks": [kept.as_json() for kept in remarks.of_case(arguments.case)]}, 0
    if not arguments.document:
        raise InvalidInputError("没有写明是哪一份文书。", hint="请用 --document 写明，如 D51。")
    fresh, _ = remarks.take_in(
        arguments.case, arguments.document.upper(), arguments.file, arguments.by
    )
    found = remarks.returned(arguments.file)
    content = {
        "found": len(found),
        "new": len(fresh),
        "remarks": [kept.as_json() for kept in fresh],
    }
    return content, 0


def _decide(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.paper_remarks.decide(
        arguments.case,
        arguments.remark,
        arguments.verdict,
        arguments.reason,
        person=arguments.by,
    )
    kept = workstation.paper_remarks.of_case(arguments.case)
    return {"remarks": [k.as_json() for k in kept if k.remark.id.startswith(arguments.remark)]}, 0


def _compare(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    read_backs = workstation.read_backs
    edited = read_backs.compare(arguments.case, arguments.document, arguments.file)
    if arguments.take:
        read_backs.take(arguments.case, edited)
    found = edited.found
    return edited.as_json(), 1 if found.fields or found.wording else 0


def _merge(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    merges, case, key = workstation.merges, arguments.case, arguments.document
    if key is None:
        papers = merges.papers(case)
        return {"documents": list(papers)}, 1 if papers else 0
    if arguments.mine or arguments.theirs:
        merges.choose(case, key, mine=arguments.mine, theirs=arguments.theirs)
    taken = merges.take(case, key).merges if arguments.take else ()
    left = merges.pending(case, key)
    content = {
        "document": key,
        "taken": [merge.as_json() for merge in taken],
        "pending": [merge.as_json() for merge in left],
    }
    return content, 1 if left else 0

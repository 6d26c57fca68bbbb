"""Commands on edited papers: ``document compare`` (Word or WPS), ``document merge`` (drafts)."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``document``."""
    group = groups.group("document", "改过的文书和草稿")
    compare = group.add_parser("compare", help="列出在 Word 中改过的栏目和文字")
    compare.add_argument("file", type=Path, help="改过的 .docx")
    compare.add_argument("--case", required=True)
    compare.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    compare.add_argument("--take", action="store_true", help="把改过的栏目采用为草稿")
    compare.set_defaults(run=_compare)
    merge = group.add_parser("merge", help="草稿改过、案件事实又有变的栏目：三方合并")
    merge.add_argument("--case", required=True)
    merge.add_argument("--document", help="文书代号，如 D51；缺省列出本案全部草稿")
    merge.add_argument("--take", action="store_true", help="把没有冲突的新内容并入草稿")
    merge.add_argument("--mine", action="append", default=[], help="这一栏冲突处用自己写的")
    merge.add_argument("--theirs", action="append", default=[], help="这一栏冲突处用案件现有的")
    merge.set_defaults(run=_merge)


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

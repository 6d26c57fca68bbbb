"""Commands on issued papers that were edited in Word or WPS: ``document compare``."""

import argparse
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``document``."""
    group = groups.group("document", "已制发的文书")
    compare = group.add_parser("compare", help="列出在 Word 中改过的栏目和文字")
    compare.add_argument("file", type=Path, help="改过的 .docx")
    compare.add_argument("--case", required=True)
    compare.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    compare.add_argument("--take", action="store_true", help="把改过的栏目采用为草稿")
    compare.set_defaults(run=_compare)


def _compare(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    read_backs = workstation.read_backs
    edited = read_backs.compare(arguments.case, arguments.document, arguments.file)
    if arguments.take:
        read_backs.take(arguments.case, edited)
    found = edited.found
    return edited.as_json(), 1 if found.fields or found.wording else 0

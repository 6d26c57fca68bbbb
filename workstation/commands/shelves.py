"""Commands on the shelves beside the law: ``decisions …``, ``notes …``."""

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.domain.shelves import Shelf
from workstation.errors import InvalidInputError
from workstation.operations.shelves.operations import NewText, text_json


def add_commands(groups: CommandGroups) -> None:
    """Add ``decisions`` and ``notes``."""
    decisions = groups.group("decisions", "案例：导入的处罚决定、指导性案例、典型案例")
    notes = groups.group("notes", "办案实务：本局自己写的办案要点")
    for group, shelf in ((decisions, Shelf.CASES), (notes, Shelf.NOTES)):
        taking = group.add_parser("import", help="导入文件或者文件夹（.docx .pdf .txt .md 等）")
        taking.add_argument("files", nargs="+", type=Path)
        taking.add_argument("--matter", action="append", default=[], help="事项编码，可写多次")
        taking.add_argument("--by", required=True, help="登记人")
        taking.set_defaults(run=partial(_import, shelf))
        listing = group.add_parser("list", help="列出架上的")
        listing.add_argument("--matter", default="", help="只列这一事项的")
        listing.add_argument("--history", action="store_true", help="连同已下架的")
        listing.set_defaults(run=partial(_list, shelf))
        showing = group.add_parser("show", help="看一份的全文；--history 列出各版")
        showing.add_argument("code", metavar="编号")
        showing.add_argument("--history", action="store_true")
        showing.set_defaults(run=_show)
        removing = group.add_parser("remove", help="下架（保留历史，可以撤回）")
        removing.add_argument("code", metavar="编号")
        removing.add_argument("--by", required=True, help="由谁下架")
        removing.add_argument("--reason", required=True)
        removing.set_defaults(run=_remove)
        restoring = group.add_parser("restore", help="撤回下架")
        restoring.add_argument("code", metavar="编号")
        restoring.add_argument("--by", required=True)
        restoring.set_defaults(run=_restore)
    adding = notes.add_parser("add", help="写一条办案实务")
    _note_arguments(adding, required=True)
    adding.set_defaults(run=_add)
    editing = notes.add_parser("edit", help="修改一条办案实务；没有写明的各项不变")
    editing.add_argument("code", metavar="编号")
    _note_arguments(editing, required=False)
    editing.set_defaults(run=_edit)


def _note_arguments(parser: Any, *, required: bool) -> None:
    parser.add_argument("--title", required=required, default="")
    source = parser.add_mutually_exclusive_group(required=required)
    source.add_argument("--text", default="")
    source.add_argument("--file", type=Path, help="正文取自这个文本文件（UTF-8）")
    parser.add_argument("--matter", action="append", default=[], help="事项编码，可写多次")
    parser.add_argument("--tag", action="append", default=[], help="标签，可写多次")
    parser.add_argument("--date", type=day_argument, help="日期，缺省为今天")
    parser.add_argument("--by", required=True, help="登记人")


def _import(
    shelf: Shelf, workstation: Workstation, arguments: argparse.Namespace
) -> tuple[Json, int]:
    outcomes = workstation.shelves.import_files(
        shelf,
        arguments.files,
        arguments.by,
        matters=tuple(arguments.matter),
        progress=progress(arguments),
    )
    failed = any(outcome.error for outcome in outcomes)
    return {"files": [outcome.as_json() for outcome in outcomes]}, int(failed)


def _list(
    shelf: Shelf, workstation: Workstation, arguments: argparse.Namespace
) -> tuple[Json, int]:
    found = workstation.shelves.texts(shelf, matter=arguments.matter, removed=arguments.history)
    return {"count": len(found), "texts": [text_json(text, whole=False) for text in found]}, 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    versions = workstation.shelves.history(arguments.code)
    if arguments.history:
        return {"versions": [text_json(text) for text in versions]}, 0
    return text_json(versions[-1]), 0


def _remove(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    gone = workstation.shelves.remove(arguments.code, arguments.by, arguments.reason)
    return text_json(gone, whole=False), 0


def _restore(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    back = workstation.shelves.restore(arguments.code, arguments.by)
    return text_json(back, whole=False), 0


def _add(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    new = NewText(
        title=arguments.title,
        text=_typed(arguments),
        day=arguments.date,
        matters=tuple(arguments.matter),
        tags=tuple(arguments.tag),
    )
    return text_json(workstation.shelves.add(Shelf.NOTES, new, arguments.by)), 0


def _edit(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    old = workstation.shelves.get(arguments.code)
    new = NewText(
        title=arguments.title or old.title,
        text=_typed(arguments) or old.text,
        kind=old.kind,
        number=old.number,
        day=arguments.date or old.day,
        matters=tuple(arguments.matter) or old.matters,
        tags=tuple(arguments.tag) or old.tags,
        file=old.file,
    )
    made = workstation.shelves.edit(old.code, new, arguments.by, version=old.version)
    return text_json(made), 0


def _typed(arguments: argparse.Namespace) -> str:
    if arguments.file is None:
        return str(arguments.text)
    try:
        return str(arguments.file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"读不出“{arguments.file}”。"
        raise InvalidInputError(message, hint="请核对路径；文件须是 UTF-8 文本。") from error

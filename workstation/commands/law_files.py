"""Commands that take texts of law in: ``law import``, ``law imports``, ``law undo``."""

import argparse
import getpass
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.legislation.file_imports import GivenDays


def add_commands(groups: CommandGroups) -> None:
    """Add the commands on files to ``law``."""
    law = groups.group("law", "法规库")
    take = law.add_parser(
        "import", help="导入法规文件或文件夹（.docx .doc .wps .rtf .odt .txt .md .html .pdf）"
    )
    take.add_argument("files", type=Path, nargs="+")
    take.add_argument("--preview", action="store_true", help="只看识别结果，不收入")
    take.add_argument("--promulgated", type=day_argument, help="公布日期（文本没有写明时）")
    take.add_argument("--effective", type=day_argument, help="施行日期（文本没有写明时）")
    take.set_defaults(run=_import)
    listing = law.add_parser("imports", help="列出导入记录")
    listing.set_defaults(run=_imports)
    undo = law.add_parser("undo", help="撤销一次导入")
    undo.add_argument("number", type=int)
    undo.set_defaults(run=_undo)


def _import(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    given = GivenDays(promulgated=arguments.promulgated, effective=arguments.effective)
    law = workstation.law
    if arguments.preview:
        outcomes = law.recognise_all(arguments.files, given, progress(arguments))
    else:
        outcomes = law.import_files(
            arguments.files, getpass.getuser(), given=given, progress=progress(arguments)
        )
    refused = any(outcome.law is None for outcome in outcomes)
    return {"files": [outcome.as_json() for outcome in outcomes]}, int(refused)


def _imports(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"imports": [known.as_json() for known in workstation.law.imports()]}, 0


def _undo(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.undo_import(arguments.number)
    return {"undone": arguments.number}, 0

"""Commands on law packs: ``law pack make|inspect|install|rollback|list|signers|distrust``."""

import argparse
import getpass
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.legislation.file_imports import GivenDays
from workstation.legislation.law_packs import EndedText
from workstation.operations.law_packs import PackOrder, fingerprint_of


def add_commands(groups: CommandGroups) -> None:
    """Add ``law pack``."""
    pack = groups.group("law", "法规库").add_parser("pack", help="签名的法规包（可用 U 盘传递）")
    commands = pack.add_subparsers(required=True)
    make = commands.add_parser("make", help="把法规文件或文件夹制作成一个签名的法规包")
    make.add_argument("files", type=Path, nargs="*")
    make.add_argument("--to", type=Path, required=True, help="输出文件，如 2026年第3期.lawpack")
    make.add_argument("--name", required=True, help="名称，同一系列各期用同一名称")
    make.add_argument("--by", required=True, help="制作机关")
    make.add_argument("--promulgated", type=day_argument, help="公布日期（文本没有写明时）")
    make.add_argument("--effective", type=day_argument, help="施行日期（文本没有写明时）")
    make.add_argument(
        "--ended", type=_ended, action="append", default=[], help="失效的法规，写作 全称=失效日期"
    )
    make.set_defaults(run=_make)
    inspect = commands.add_parser("inspect", help="核对签名，列出安装将带来的变化（不写入）")
    inspect.add_argument("file", type=Path)
    inspect.set_defaults(run=_inspect)
    install = commands.add_parser("install", help="安装法规包")
    install.add_argument("file", type=Path)
    install.add_argument("--trust", default="", help="另行核对过的签名指纹（首次信任时填写）")
    install.set_defaults(run=_install)
    rollback = commands.add_parser("rollback", help="回退最后安装的法规包")
    rollback.add_argument("number", type=int)
    rollback.set_defaults(run=_rollback)
    listing = commands.add_parser("list", help="列出安装过的法规包")
    listing.set_defaults(run=_list)
    signers = commands.add_parser("signers", help="列出信任的签名人")
    signers.set_defaults(run=_signers)
    distrust = commands.add_parser("distrust", help="不再信任一个签名人（已安装的保留）")
    distrust.add_argument("fingerprint", help="签名指纹，见 law pack signers")
    distrust.set_defaults(run=_distrust)


def _ended(text: str) -> EndedText:
    title, _, day = text.rpartition("=")
    if not title.strip("《》 "):
        message = f"“{text}”应写作 全称=2026-09-21"
        raise argparse.ArgumentTypeError(message)
    return EndedText(title=title.strip("《》 "), day=day_argument(day))


def _make(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    made = workstation.law_packs.make(
        arguments.files,
        arguments.to,
        PackOrder(
            name=arguments.name,
            by=arguments.by,
            given=GivenDays(promulgated=arguments.promulgated, effective=arguments.effective),
            ended=tuple(arguments.ended),
        ),
        progress=progress(arguments),
    )
    return (made.as_json(), int(bool(made.left_out))) if made else ({}, 1)


def _inspect(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.law_packs.inspect(arguments.file)
    return found.as_json(), int(not found.trusted)


def _install(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    number, found = workstation.law_packs.install(
        arguments.file, getpass.getuser(), trust=arguments.trust
    )
    workstation.law.build(progress=progress(arguments))
    return {"installed": number, **found.as_json()}, 0


def _rollback(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law_packs.rollback(arguments.number)
    workstation.law.build(progress=progress(arguments))
    return {"rolled_back": arguments.number}, 0


def _list(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"packs": [pack.as_json() for pack in workstation.law_packs.packs()]}, 0


def _signers(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    signers = [
        {
            "name": signer.name,
            "fingerprint": fingerprint_of(signer.key),
            "trusted_by": signer.trusted_by,
            "trusted_at": signer.trusted_at,
        }
        for signer in workstation.law_packs.signers()
    ]
    return {"signers": signers}, 0


def _distrust(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law_packs.distrust(arguments.fingerprint, getpass.getuser())
    return {"distrusted": arguments.fingerprint}, 0

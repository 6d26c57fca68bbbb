"""Commands on cases: ``demo``, ``case …``, ``archive …``."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.operations import reports
from workstation.operations.demo import make_demo


def add_commands(groups: CommandGroups) -> None:
    """Add ``demo``, ``case`` and ``archive``."""
    demo = groups.add("demo", "建立演示机关，并让演示案件走完18步")
    demo.add_argument("--to", type=Path, help="文书与案卷的输出文件夹")
    demo.add_argument("--pictures", action="store_true", help="另存各页图片")
    demo.set_defaults(run=_demo)
    case = groups.group("case", "案件")
    listing = case.add_parser("list", help="列出案件")
    listing.add_argument("--text", default="", help="按案号、名称、当事人筛选")
    listing.set_defaults(run=_list)
    show = case.add_parser("show", help="查看一案的步骤、期限和文书")
    show.add_argument("id")
    show.add_argument("--as-of", type=day_argument, help="按某一日的状态查看")
    show.set_defaults(run=_show)
    _add_papers(case)
    apply = case.add_parser("apply", help="把事件文件记入案件")
    apply.add_argument("id", help="案件编号；new 表示按文件中的 case 新建")
    apply.add_argument("--file", type=Path, required=True)
    apply.set_defaults(run=_apply)
    archive = groups.group("archive", "案卷包")
    verify = archive.add_parser("verify", help="校验案卷包")
    verify.add_argument("path", type=Path)
    verify.set_defaults(run=_archive_verify)


def _add_papers(case: Any) -> None:
    render = case.add_parser("render", help="导出一份文书")
    render.add_argument("id")
    render.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    render.add_argument("--to", type=Path, required=True)
    render.set_defaults(run=_render)
    bind = case.add_parser("bind", help="装订封卷")
    bind.add_argument("id")
    bind.add_argument("--to", type=Path, required=True)
    bind.set_defaults(run=_bind)


def _demo(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    folder = arguments.to or workstation.home.output / "demo"
    result = make_demo(
        workstation, folder, progress=progress(arguments), pictures=arguments.pictures
    )
    return reports.demo_json(result), 0


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    summaries = workstation.cases.summaries(arguments.text, limit=100_000)
    return {"cases": [reports.summary_json(summary) for summary in summaries]}, 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return reports.case_json(workstation.cases.view(arguments.id, arguments.as_of)), 0


def _render(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    exported = workstation.forms.export(arguments.id, arguments.document, arguments.to)
    return reports.exported_json(exported), 0


def _bind(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    volume = workstation.archive.bind(arguments.id, arguments.to, progress=progress(arguments))
    return reports.volume_json(volume) if volume else {}, 0


def _apply(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    applied = workstation.cases.apply_file(arguments.id, arguments.file)
    return reports.applied_json(applied), 1 if applied.refusal else 0


def _archive_verify(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    verification = workstation.archive.verify(arguments.path)
    return reports.verification_json(verification), 0 if verification.valid else 1

"""Commands on cases: ``demo``, ``case …``, ``archive …``."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument, progress
from workstation.operations import reports
from workstation.operations.demo import demo_kinds, make_demo


def add_commands(groups: CommandGroups) -> None:
    """Add ``demo``, ``case`` and ``archive``."""
    demo = groups.add("demo", "建立演示机关，并让演示案件走完18步")
    demo.add_argument("--to", type=Path, help="文书与案卷的输出文件夹")
    demo.add_argument("--pictures", action="store_true", help="另存各页图片")
    demo.add_argument(
        "--kind", action="append", default=[], help="另建一件该种演示案件（如 不予处罚），可重复"
    )
    demo.add_argument(
        "--all", action="store_true", help="另建各种演示案件，合计制发全部文书；有没用到的即列出"
    )
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
    _add_links(case)
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
    trace = case.add_parser("trace", help="文书上每个数据来自哪里、谁在何时记录、有何证据")
    trace.add_argument("id")
    trace.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    trace.add_argument("--field", default="", help="栏目名；缺省为全部")
    trace.set_defaults(run=_trace)
    bind = case.add_parser("bind", help="装订封卷")
    bind.add_argument("id")
    bind.add_argument("--to", type=Path, required=True)
    bind.set_defaults(run=_bind)


def _add_links(case: Any) -> None:
    split = case.add_parser("split", help="分案：按文件分出一案或者几案，共用证据")
    split.add_argument("id")
    split.add_argument("--file", type=Path, required=True)
    split.set_defaults(run=_split)
    merge = case.add_parser("merge", help="并案：把一案并入另一案")
    merge.add_argument("id", help="并入他案的案件")
    merge.add_argument("into", help="并入的案件")
    merge.add_argument("--at", type=datetime.fromisoformat, help="时间，缺省为现在")
    merge.add_argument("--reason", required=True, help="并案的理由")
    merge.add_argument("--basis", default="", help="依据")
    merge.add_argument("--joint", action="store_true", help="当事人不同，共同违法")
    merge.set_defaults(run=_merge)


def _split(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return reports.linked_json(workstation.links.split(arguments.id, arguments.file)), 0


def _merge(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    linked = workstation.links.merge(
        arguments.id,
        arguments.into,
        arguments.at or datetime.now().replace(second=0, microsecond=0),
        arguments.reason,
        basis=arguments.basis,
        joint=arguments.joint,
    )
    return reports.linked_json(linked), 0


def _demo(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    folder = arguments.to or workstation.home.output / "demo"
    result = make_demo(
        workstation,
        folder,
        progress=progress(arguments),
        pictures=arguments.pictures,
        kinds=demo_kinds() if arguments.all else arguments.kind,
    )
    return reports.demo_json(result), 1 if arguments.all and result.missing else 0


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    summaries = workstation.cases.summaries(arguments.text, limit=100_000)
    return {"cases": [reports.summary_json(summary) for summary in summaries]}, 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    view = workstation.cases.view(arguments.id, arguments.as_of)
    return reports.case_json(view, workstation.printing.states(arguments.id)), 0


def _render(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    exported = workstation.forms.export(arguments.id, arguments.document, arguments.to)
    return reports.exported_json(exported), 0


def _trace(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    traces = workstation.traces.trace(arguments.id, arguments.document, arguments.field)
    return reports.traces_json(arguments.document, traces), 0


def _bind(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    volume = workstation.archive.bind(arguments.id, arguments.to, progress=progress(arguments))
    return reports.volume_json(volume) if volume else {}, 0


def _apply(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    applied = workstation.cases.apply_file(arguments.id, arguments.file)
    return reports.applied_json(applied), 1 if applied.refusal else 0


def _archive_verify(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    verification = workstation.archive.verify(arguments.path)
    return reports.verification_json(verification), 0 if verification.valid else 1

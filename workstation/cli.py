"""The command line: the contract that scripts and acceptance runs use.

``--json`` prints one JSON document to stdout and nothing else; messages go to stderr.
Exit status: 0 done, 1 findings or refusal, 2 wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

from workstation import __version__
from workstation.bootstrap import Workstation, open_workstation
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations import reports
from workstation.operations.demo import make_demo
from workstation.operations.plain_text import as_text
from workstation.settings import default_home, open_home

Json = dict[str, Any]
Command = Callable[[Workstation, argparse.Namespace], tuple[Json, int]]


class _ChineseParser(argparse.ArgumentParser):
    """Says in Chinese that the usage is wrong."""

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"命令用法不对：{message}\n请用 --help 查看全部命令。\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    arguments = build_parser().parse_args(argv)
    command: Command | None = getattr(arguments, "run", None)
    if command is None:
        build_parser().print_help(sys.stderr)
        return 2
    try:
        workstation = open_workstation(open_home(arguments.home))
        try:
            result, status = command(workstation, arguments)
        finally:
            workstation.close()
    except WorkstationError as error:
        _print_error(error, as_json=arguments.json)
        return 1
    _print_result(result, as_json=arguments.json)
    return status


def parse_home(argv: Sequence[str]) -> tuple[Path, bool]:
    """Return the home folder named in ``argv`` and whether a command follows it."""
    arguments, _ = build_parser().parse_known_args(argv)
    return arguments.home, getattr(arguments, "run", None) is not None


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _ChineseParser(prog="workstation", description="执法案卷工作站（不带命令则打开窗口）")
    parser.add_argument("--home", type=Path, default=default_home(), help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
    parser.add_argument("--version", action="version", version=f"执法案卷工作站 {__version__}")
    groups = parser.add_subparsers(title="命令", metavar="命令")
    demo = groups.add_parser("demo", help="建立演示机关，并让演示案件走完18步")
    demo.add_argument("--to", type=Path, help="文书与案卷的输出文件夹")
    demo.add_argument("--pictures", action="store_true", help="另存各页图片")
    demo.set_defaults(run=_demo)
    _add_case_commands(groups)
    _add_law_commands(groups)
    archive = groups.add_parser("archive", help="案卷包").add_subparsers(required=True)
    verify = archive.add_parser("verify", help="校验案卷包")
    verify.add_argument("path", type=Path)
    verify.set_defaults(run=_archive_verify)
    deadline = groups.add_parser("deadline", help="计算期限并列出推算过程")
    deadline.add_argument("--rule", required=True, help="期限代码，如 DL06")
    deadline.add_argument("--from", dest="start", required=True, help="起算日（或时刻）")
    deadline.add_argument("--subtract", action="append", default=[], metavar="起..止")
    deadline.set_defaults(run=_deadline)
    return parser


def _add_case_commands(groups: Any) -> None:
    case = groups.add_parser("case", help="案件").add_subparsers(required=True)
    listing = case.add_parser("list", help="列出案件")
    listing.add_argument("--text", default="", help="按案号、名称、当事人筛选")
    listing.set_defaults(run=_case_list)
    show = case.add_parser("show", help="查看一案的步骤、期限和文书")
    show.add_argument("id")
    show.add_argument("--as-of", type=_day, help="按某一日的状态查看")
    show.set_defaults(run=_case_show)
    render = case.add_parser("render", help="导出一份文书")
    render.add_argument("id")
    render.add_argument("--document", required=True, help="文书代号，如 D51、D12-2")
    render.add_argument("--to", type=Path, required=True)
    render.set_defaults(run=_case_render)
    bind = case.add_parser("bind", help="装订封卷")
    bind.add_argument("id")
    bind.add_argument("--to", type=Path, required=True)
    bind.set_defaults(run=_case_bind)
    apply = case.add_parser("apply", help="把事件文件记入案件")
    apply.add_argument("id", help="案件编号；new 表示按文件中的 case 新建")
    apply.add_argument("--file", type=Path, required=True)
    apply.set_defaults(run=_case_apply)


def _add_law_commands(groups: Any) -> None:
    law = groups.add_parser("law", help="法规库").add_subparsers(required=True)
    search = law.add_parser("search", help="检索条文")
    search.add_argument("query")
    search.add_argument("--as-of", type=_day)
    search.add_argument("--kind")
    search.add_argument("--limit", type=int, default=20)
    search.set_defaults(run=_law_search)
    show = law.add_parser("show", help="查看一条")
    show.add_argument("title")
    show.add_argument("article")
    show.add_argument("--as-of", type=_day)
    show.set_defaults(run=_law_show)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}”不是日期，应写作 2026-09-21"
        raise argparse.ArgumentTypeError(message) from error


def _demo(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    folder = arguments.to or workstation.home.output / "demo"
    result = make_demo(
        workstation, folder, progress=_progress(arguments), pictures=arguments.pictures
    )
    return reports.demo_json(result), 0


def _case_list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    summaries = workstation.cases.summaries(arguments.text, limit=100_000)
    return {"cases": [reports.summary_json(summary) for summary in summaries]}, 0


def _case_show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return reports.case_json(workstation.cases.view(arguments.id, arguments.as_of)), 0


def _case_render(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    exported = workstation.forms.export(arguments.id, arguments.document, arguments.to)
    return reports.exported_json(exported), 0


def _case_bind(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    volume = workstation.archive.bind(arguments.id, arguments.to, progress=_progress(arguments))
    return reports.volume_json(volume) if volume else {}, 0


def _case_apply(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    applied = workstation.cases.apply_file(arguments.id, arguments.file)
    return reports.applied_json(applied), 1 if applied.refusal else 0


def _archive_verify(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    verification = workstation.archive.verify(arguments.path)
    return reports.verification_json(verification), 0 if verification.valid else 1


def _law_search(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=_progress(arguments))
    answer = workstation.law.search(
        arguments.query, as_of=arguments.as_of, kind=arguments.kind, limit=arguments.limit
    )
    return reports.search_json(answer), 0


def _law_show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.law.build(progress=_progress(arguments))
    view = workstation.law.show(f"{arguments.title} {arguments.article}", arguments.as_of)
    return view.as_json(), 0


def _deadline(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    try:
        start = datetime.fromisoformat(arguments.start)
    except ValueError as error:
        message = f"起算日“{arguments.start}”不是日期。"
        raise InvalidInputError(message, hint="请写作 2026-09-29 或 2026-09-29T10:20。") from error
    deadline = workstation.office.deadline(arguments.rule, start, tuple(arguments.subtract))
    return deadline.as_json(), 0


def _progress(arguments: argparse.Namespace) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty() and not arguments.json:
            sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return show


def _print_result(result: Json, *, as_json: bool) -> None:
    if as_json:
        json.dump(result, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(as_text(result))


def _print_error(error: WorkstationError, *, as_json: bool) -> None:
    if as_json:
        json.dump({"error": error.as_json()}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    sys.stderr.write(f"{error.message}\n{error.hint}\n" if error.hint else f"{error.message}\n")

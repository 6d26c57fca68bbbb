"""The command line: the contract that scripts and acceptance runs use.

``--json`` prints one JSON document to stdout and nothing else; messages go to stderr.
Exit status: 0 done, 1 findings or refusal, 2 wrong usage. The commands themselves are in
``workstation.commands``, a module a subject.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from workstation import __version__
from workstation.bootstrap import open_workstation
from workstation.commands import (
    appraisals,
    authorities,
    capsules,
    case_citations,
    case_search,
    cases,
    deadlines,
    documents,
    due,
    heat_maps,
    holidays,
    intake,
    interventions,
    interviews,
    law,
    law_comparison,
    law_files,
    law_memory,
    law_packs,
    law_radar,
    law_versions,
    matters,
    numbers,
    parameters,
    phrases,
    print_settings,
    printing,
    rehearsals,
    review_inbox,
    review_rounds,
    reviews,
    ruling_reasons,
    services,
    shelves,
    similar_cases,
    templates,
)
from workstation.commands.arguments import Command, CommandGroups, Json
from workstation.errors import WorkstationError
from workstation.operations.plain_text import as_text
from workstation.settings import default_home, open_home

# Each adds its own commands; a new topic is a module in ``commands`` and a word here.
_TOPICS = (
    cases,
    law,
    law_files,
    law_packs,
    law_memory,
    law_radar,
    law_versions,
    deadlines,
    holidays,
    parameters,
    law_comparison,
    matters,
    authorities,
    templates,
    documents,
    due,
    interventions,
    interviews,
    phrases,
    numbers,
    print_settings,
    printing,
    rehearsals,
    review_inbox,
    review_rounds,
    reviews,
    shelves,
    ruling_reasons,
    heat_maps,
    services,
    intake,
    similar_cases,
    case_citations,
    case_search,
    capsules,
    appraisals,
)


class _ChineseParser(argparse.ArgumentParser):
    """Says in Chinese that the usage is wrong."""

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"命令用法不对：{message}\n请用 --help 查看全部命令。\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    arguments = build_parser().parse_args(_json_first(argv))
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


def _json_first(argv: Sequence[str] | None) -> list[str]:
    """Let ``--json`` stand behind the command too, where people type it; None is the real one."""
    given = sys.argv[1:] if argv is None else list(argv)
    others = [argument for argument in given if argument != "--json"]
    return ["--json", *others] if len(others) < len(given) else others


def parse_home(argv: Sequence[str]) -> tuple[Path, bool]:
    """Return the home folder named in ``argv`` and whether a command follows it."""
    arguments, _ = build_parser().parse_known_args(_json_first(argv))
    return arguments.home, getattr(arguments, "run", None) is not None


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _ChineseParser(prog="workstation", description="执法案卷工作站（不带命令则打开窗口）")
    parser.add_argument("--home", type=Path, default=default_home(), help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")
    parser.add_argument("--version", action="version", version=f"执法案卷工作站 {__version__}")
    groups = CommandGroups(parser.add_subparsers(title="命令", metavar="命令"))
    for topic in _TOPICS:
        topic.add_commands(groups)
    return parser


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

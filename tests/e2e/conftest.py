"""The demo case, made once for all end-to-end tests of a worker."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workstation import cli

Run = Callable[..., tuple[int, dict[str, Any]]]


@dataclass(frozen=True)
class Demo:
    """The home of the demo office, where its papers went, and what ``demo`` printed."""

    home: Path
    output: Path
    result: dict[str, Any]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo office with its case taken through all 18 steps by the command line."""
    home = tmp_path_factory.mktemp("office")
    output = tmp_path_factory.mktemp("papers")
    target = output / "result.json"
    status = _run_into(target, home, "demo", "--to", str(output))
    assert status == 0, target.read_text(encoding="utf-8")
    return Demo(home, output, json.loads(target.read_text(encoding="utf-8")))


def _run_into(target: Path, home: Path, *arguments: str) -> int:
    with target.open("w", encoding="utf-8") as stream, contextlib.redirect_stdout(stream):
        return cli.main(["--home", str(home), "--json", *arguments])


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], share_statutes: Callable[[Path], Path]) -> Run:
    """Run one command on a home folder and return its exit status and the JSON it printed."""

    def command(home: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
        status = cli.main(["--home", str(share_statutes(home)), "--json", *arguments])
        return status, json.loads(capsys.readouterr().out)

    return command

"""A law pack by the command line: installed, found, rolled back; killed before its index."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Demo, Run
from tests.law_pack_files import TITLE, regulation

KILLED = """
import os, sys
from workstation.cli import main
from workstation.operations.law import LawOperations
LawOperations.build = lambda *a, **k: os.kill(os.getpid(), 9)
home, pack, told = sys.argv[1:]
main(["--home", home, "--json", "law", "pack", "install", pack, "--trust", told])
"""


@pytest.mark.timeout(600)  # the demo office and its whole index, where it is the first to ask
def test_a_pack_whose_install_was_killed_before_the_index_is_found_and_rolled_back(
    run: Run, demo: Demo, tmp_path: Path
) -> None:
    pack = tmp_path / "一.lawpack"
    named = ("--name", "地方法规", "--by", "海州市司法局（虚构）")
    file = str(regulation(tmp_path, "五百元"))
    _, made = run(tmp_path / "sender", "law", "pack", "make", file, "--to", str(pack), *named)
    told = (str(demo.home), str(pack), made["fingerprint"])

    killed = subprocess.run([sys.executable, "-c", KILLED, *told], check=False)

    assert killed.returncode == -9
    assert TITLE in _titles(run, demo)
    _, listed = run(demo.home, "law", "pack", "list")
    run(demo.home, "law", "pack", "rollback", str(listed["packs"][0]["id"]))
    assert TITLE not in _titles(run, demo)
    _, trusted = run(demo.home, "law", "pack", "signers")
    assert [s["fingerprint"] for s in trusted["signers"]] == [made["fingerprint"]]
    assert run(demo.home, "law", "pack", "distrust", made["fingerprint"])[0] == 0
    assert run(demo.home, "law", "pack", "signers")[1] == {"signers": []}


def _titles(run: Run, demo: Demo) -> set[str]:
    _, found = run(demo.home, "law", "search", "犬只应当束链")
    return {result["instrument"] for result in found["results"]}

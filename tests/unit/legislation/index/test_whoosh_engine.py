"""The old search library is loaded without noise."""

import os
import subprocess
import sys
from pathlib import Path

import workstation


def test_compiling_whoosh_afresh_warns_nobody(tmp_path: Path) -> None:
    root = Path(workstation.__file__).parents[1]
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c"]

    finished = subprocess.run(
        [*command, "import workstation.legislation.search"],
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (finished.returncode, finished.stderr) == (0, "")

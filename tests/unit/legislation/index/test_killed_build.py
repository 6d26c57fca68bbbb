"""A process killed while it commits an index leaves the old index usable."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import workstation
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.priors import Priors
from workstation.legislation.search import open_index

MakeArticle = Callable[..., IndexedArticle]
_ROOT = Path(workstation.__file__).parents[1]
_BUILD = """
import os, sys, time
from datetime import date
from pathlib import Path
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle

fsync, calls = os.fsync, []

def waiting(descriptor):
    fsync(descriptor)
    calls.append(descriptor)
    if len(calls) == int(sys.argv[2]):
        print("committing", flush=True)
        time.sleep(120)

os.fsync = waiting
day = date(2000, 1, 1)
article = IndexedArticle(
    id=9, instrument="乙法", level="法律", region="全国", heading="", label="第一条",
    text="新的条文",
    promulgated=day, effective_from=day, effective_to=None, trust="未核",
)
build_index(Path(sys.argv[1]), [article] * 50)
"""


def _kill_while_committing(folder: Path, moment: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(folder), str(moment)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"committing"
        child.kill()
    assert child.returncode in {-signal.SIGTERM, -getattr(signal, "SIGKILL", signal.SIGTERM), 1}


@pytest.mark.parametrize("moment", [1, 4, 7])
def test_the_old_index_answers_after_a_kill(
    tmp_path: Path, make_article: MakeArticle, moment: int
) -> None:
    build_index(tmp_path, [make_article("旧的条文")])

    _kill_while_committing(tmp_path, moment)

    answer = open_index(tmp_path, priors=Priors()).search("条文")
    assert [result.text for result in answer.results] == ["旧的条文"]


def test_what_a_kill_left_is_swept_away_when_it_is_surely_dead(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    _kill_while_committing(tmp_path, 2)
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))

    built = build_index(tmp_path, [make_article("旧的条文")])

    assert built is not None
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [built.folder]

"""What several processes at once, and processes that are killed, leave behind."""

import os
import random
import signal
import time
from collections.abc import Callable
from typing import Protocol

import pytest

from tests.unit.storage.samples import make_case, make_event, make_evidence
from workstation.settings import Home
from workstation.storage import Database

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="forks"),
    pytest.mark.slow,
]


class _Work(Protocol):
    def __call__(self) -> object: ...


def fork(work: _Work) -> int:
    """Run ``work`` in a child that ends with status 0 if it returns, and give its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


@pytest.fixture
def shared(home: Home) -> Home:
    with Database.open(home) as database, database.writing() as unit:
        unit.cases.add(make_case())
    return home


def take_25(home: Home) -> None:
    with Database.open(home) as database:
        for _ in range(25):
            with database.writing() as unit:
                unit.numbers.take("案件", 2026, "c0ffee", str)


def test_four_processes_take_a_hundred_numbers_without_gap_or_double(shared: Home) -> None:
    children = [fork(lambda: take_25(shared)) for _ in range(4)]

    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]

    with Database.open(shared) as database, database.reading() as unit:
        serials = [number.serial for number in unit.numbers.ledger("案件", 2026)]
    assert serials == list(range(1, 101))


def save_until_killed(home: Home, acknowledge: Callable[[str], object], seed: int) -> None:
    with Database.open(home) as database:
        for n in range(10_000):
            blob = database.blobs.add_bytes(f"{seed}/{n}".encode() * 2000)
            with database.writing() as unit:
                unit.events.append("c0ffee", make_event())
                unit.evidence.add("c0ffee", make_evidence(sha256=blob.sha256))
                unit.log.append("event", {"sha256": blob.sha256})
            acknowledge(blob.sha256)


def kill_while_saving(home: Home, seed: int) -> set[str]:
    """Start a child that saves, kill it after a random while and return what it acknowledged."""
    reader, writer = os.pipe()
    child = fork(
        lambda: save_until_killed(home, lambda text: os.write(writer, f"{text}\n".encode()), seed)
    )
    os.close(writer)
    chance = random.Random(seed)  # noqa: S311 - the same kills in every run
    with os.fdopen(reader, "r", encoding="ascii") as pipe:
        acknowledged = [pipe.readline() for _ in range(chance.randint(1, 4))]
        time.sleep(chance.random() * 0.005)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged += pipe.readlines()
    return {line.strip() for line in acknowledged if line.endswith("\n")}


def test_twenty_kills_lose_no_acknowledged_save_and_leave_no_dangling_row(shared: Home) -> None:
    acknowledged: set[str] = set()
    for seed in range(20):
        acknowledged |= kill_while_saving(shared, seed)

    with Database.open(shared) as database, database.reading() as unit:
        file = unit.cases.load_case_file("c0ffee")
        problems = unit.log.verify()
        dangling = database.blobs.check(unit.evidence.digests())
    assert len(acknowledged) >= 20
    assert acknowledged <= {evidence.sha256 for evidence in file.evidence}
    assert (problems, dangling) == ((), ())
    assert len(file.events) == len(file.evidence) == len(database_log(shared))


def database_log(home: Home) -> tuple[object, ...]:
    with Database.open(home) as database, database.reading() as unit:
        return unit.log.entries(limit=100_000)

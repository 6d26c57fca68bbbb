"""Sealed packages: whole, deterministic, and checked by a plain tool and by our verifier."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from workstation.archive import verify_volume
from workstation.archive.bags import BagInfo, PackageExistsError, safe_name, write_bag

INFO = BagInfo(
    organization="龙屿市综合行政执法局",
    identifier="20260186",
    description="演示案卷",
    bagging_date=date(2026, 11, 18),
)
PAYLOAD = {"正卷/001_行政处罚决定书.pdf": b"%PDF-1", "元数据/volume.json": b"{}\n"}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A package with two files."""
    target = tmp_path / "X043-20260186"
    write_bag(target, PAYLOAD, INFO)
    return target


def test_a_fresh_package_is_valid(bag: Path) -> None:
    problems, checked = verify_volume.verify(bag)

    assert problems == []
    assert checked == len(PAYLOAD) + 3


def test_the_same_input_gives_the_same_seal(bag: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"

    digest = write_bag(again, PAYLOAD, INFO)

    assert digest == verify_volume.seal_of(bag)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_plain_tool_accepts_the_manifest(bag: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "manifest-sha256.txt"],  # noqa: S607
        cwd=bag,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0


def test_the_verifier_runs_as_one_file_of_the_standard_library(bag: Path) -> None:
    script = Path(verify_volume.__file__)

    done = subprocess.run(
        [sys.executable, "-I", str(script), str(bag)], capture_output=True, check=False
    )

    assert done.returncode == 0
    assert "校验通过" in done.stdout.decode()


def test_a_changed_byte_is_named(bag: Path) -> None:
    (bag / "data/元数据/volume.json").write_bytes(b"[]\n")

    assert verify_volume.verify(bag)[0] == ["内容已被改动：data/元数据/volume.json"]


def test_an_added_file_is_named(bag: Path) -> None:
    (bag / "data/正卷/补充.pdf").write_bytes(b"x")

    assert "多出文件：data/正卷/补充.pdf" in verify_volume.verify(bag)[0]


def test_a_file_beside_the_payload_is_named(bag: Path) -> None:
    (bag / "notes.txt").write_bytes(b"x")

    assert "多出文件：notes.txt" in verify_volume.verify(bag)[0]


def test_a_missing_file_is_named(bag: Path) -> None:
    (bag / "data/元数据/volume.json").unlink()

    assert "缺少文件：data/元数据/volume.json" in verify_volume.verify(bag)[0]


def test_a_link_in_place_of_a_file_is_refused(bag: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"{}\n")
    (bag / "data/元数据/volume.json").unlink()
    (bag / "data/元数据/volume.json").symlink_to(outside)

    assert "不允许使用链接：data/元数据/volume.json" in verify_volume.verify(bag)[0]


def test_a_manifest_line_that_leaves_the_package_is_refused(bag: Path) -> None:
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + "0" * 64 + "  data/../../etc/passwd\n")

    assert any("不合规的一行" in problem for problem in verify_volume.verify(bag)[0])


def test_what_is_no_package_is_said_to_be_none(tmp_path: Path) -> None:
    assert "不是完整的案卷包" in verify_volume.verify(tmp_path)[0][0]


def test_an_existing_package_is_never_overwritten(bag: Path) -> None:
    with pytest.raises(PackageExistsError):
        write_bag(bag, PAYLOAD, INFO)


def test_a_failed_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workstation.archive.bags.os.fsync", _disk_full)

    with pytest.raises(OSError, match="disk full"):
        write_bag(tmp_path / "bag", PAYLOAD, INFO)

    assert list(tmp_path.iterdir()) == []


def _disk_full(_descriptor: int) -> None:
    message = "disk full"
    raise OSError(message)


def test_names_are_made_safe_for_every_system() -> None:
    assert safe_name("a/b:c?.pdf ") == "a_b_c_.pdf"
    assert len(safe_name("卷" * 80).encode()) <= 100

"""Which index is opened, and which is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workstation.legislation import index_folder
from workstation.legislation.index_folder import IndexMissingError, current_index
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle


@pytest.fixture
def built(tmp_path: Path, make_article: Callable[..., IndexedArticle]) -> Path:
    """Return a folder with an index of one article."""
    build_index(tmp_path / "index", [make_article("占用道路")], source="库一")
    return tmp_path / "index"


def test_a_folder_without_an_index_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="尚未建立") as caught:
        current_index(tmp_path)

    assert "重建" in caught.value.hint


def test_an_index_of_the_same_texts_is_opened(built: Path) -> None:
    _, description = current_index(built, source="库一")

    assert description.documents == 1


def test_an_index_of_other_texts_is_refused(built: Path) -> None:
    with pytest.raises(IndexMissingError, match="已更新"):
        current_index(built, source="库二")


@pytest.mark.parametrize("asked", ["_machine", "_user"])
def test_an_index_of_another_machine_or_user_is_refused(
    built: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(index_folder, asked, lambda: "other")

    with pytest.raises(IndexMissingError, match="不是在本机"):
        current_index(built)


def test_an_index_of_another_home_is_refused(
    built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "elsewhere")

    with pytest.raises(IndexMissingError, match="不是在本机"):
        current_index(built)


def test_a_moved_index_is_refused(built: Path) -> None:
    moved = built.rename(built.with_name("moved"))

    with pytest.raises(IndexMissingError, match="不是在本机"):
        current_index(moved)


@pytest.mark.parametrize("pointer", [b"../index", b"elsewhere", b"index-0000", b"\xff\xfe", b""])
def test_a_pointer_to_nothing_sound_is_refused(built: Path, pointer: bytes) -> None:
    (built / "CURRENT").write_bytes(pointer)

    with pytest.raises(IndexMissingError):
        current_index(built)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"stamp": "x"})])
def test_a_damaged_description_is_refused(built: Path, content: str) -> None:
    path, _ = current_index(built)
    (path / "index.json").write_text(content, encoding="utf-8")

    with pytest.raises(IndexMissingError, match="不完整"):
        current_index(built)


def test_a_machine_without_an_id_is_told_by_name_and_node(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(index_folder, "_MACHINE_ID", tmp_path / "absent")
    first = index_folder.machine_stamp(tmp_path)

    monkeypatch.setattr("platform.node", lambda: "another")

    assert index_folder.machine_stamp(tmp_path) != first

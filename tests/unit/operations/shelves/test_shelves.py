"""Decisions and notes: written, changed, taken off and back, imported, and found."""

from datetime import date
from pathlib import Path
from threading import Event

import pytest

from tests.hostile_queries import HOSTILE
from workstation.bootstrap import Workstation
from workstation.domain.shelves import Shelf
from workstation.errors import InvalidInputError
from workstation.operations.shelves.operations import NewText
from workstation.operations.shelves.shelf_files import read_shelf_file

NOTE = NewText(title="倾倒案取证要点", text="先测体积，再拍概貌。依据行政处罚法第四十二条。")


def test_a_note_is_found_by_its_words_until_it_is_taken_off_and_again_when_it_is_back(
    desk: Workstation,
) -> None:
    def found() -> list[str]:
        desk.shelf_search.refresh()
        return [hit.code for hit in desk.shelf_search.search(Shelf.NOTES, '"测体积"').hits]

    note = desk.shelves.add(Shelf.NOTES, NOTE, "方小满")

    assert note.articles == ("《中华人民共和国行政处罚法》第四十二条",)
    assert found() == ["S001"]
    desk.shelves.remove("s001", "方小满", "条文已修改")
    assert found() == []
    desk.shelves.restore("S001", "方小满")
    assert found() == ["S001"]
    assert desk.shelf_search.search(Shelf.CASES, "测体积").count == 0
    assert [text.version for text in desk.shelves.history("S001")] == [1, 2, 3]


def test_a_changed_note_is_found_by_its_new_words_only(desk: Workstation) -> None:
    desk.shelves.add(Shelf.NOTES, NOTE, "方小满")
    desk.shelf_search.refresh()

    new = NewText(title="倾倒案取证要点", text="先称重量。")
    desk.shelves.edit("S001", new, "苏砚舟", version=1)
    desk.shelf_search.refresh()

    assert desk.shelf_search.search(Shelf.NOTES, '"测体积"').count == 0
    (hit,) = desk.shelf_search.search(Shelf.NOTES, "称重量").hits
    snippet = hit.passages[0].snippet
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["称重量"]


def test_two_people_do_not_overwrite_each_other(desk: Workstation) -> None:
    desk.shelves.add(Shelf.NOTES, NOTE, "方小满")
    desk.shelves.edit("S001", NOTE, "苏砚舟", version=1)

    with pytest.raises(InvalidInputError, match="刚被苏砚舟改过"):
        desk.shelves.edit("S001", NOTE, "方小满", version=1)


@pytest.mark.parametrize(
    "new", [NewText(title=" ", text="有"), NewText(title="有", text="有", matters=("没有的",))]
)
def test_what_is_incomplete_or_names_an_unknown_matter_is_refused(
    desk: Workstation, new: NewText
) -> None:
    with pytest.raises(InvalidInputError):
        desk.shelves.add(Shelf.NOTES, new, "方小满")
    assert desk.shelves.texts(Shelf.NOTES) == ()


def test_a_folder_is_imported_once_and_each_bad_file_says_why(
    desk: Workstation, tmp_path: Path
) -> None:
    (tmp_path / "一.txt").write_text(
        "擅自倾倒行政处罚决定书\n当事人：温砺\n罚款", encoding="utf-8"
    )
    (tmp_path / "二.txt").write_text("", encoding="utf-8")

    first = desk.shelves.import_files(Shelf.CASES, [tmp_path], "方小满")
    again = desk.shelves.import_files(Shelf.CASES, [tmp_path], "方小满")

    assert [(o.taken is not None, o.error is not None) for o in first] == [
        (True, False),
        (False, True),
    ]
    assert again[0].known == "A001"
    assert desk.shelves.get("A001").warnings == ("疑似姓名1个",)


def test_a_stopped_import_keeps_nothing_half(desk: Workstation, tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("处罚决定\n罚款", encoding="utf-8")
    stop = Event()
    stop.set()

    assert desk.shelves.import_files(Shelf.CASES, [tmp_path], "方小满", stop=stop) == ()
    assert desk.shelves.texts(Shelf.CASES) == ()


@pytest.mark.parametrize(
    ("head", "foot", "kind", "number", "day"),
    [
        ("某局行政处罚决定书\n屿综执罚决字〔2023〕0012号", "2023年5月6日", "处罚决定",
         "屿综执罚决字〔2023〕0012号", date(2023, 5, 6)),
        ("指导案例 5号", "二〇一二年四月九日", "指导性案例", "指导案例 5号", date(2012, 4, 9)),
        ("倾倒案典型案例", "2022年7月17日当事人倾倒垃圾。", "典型案例", "", None),
    ],
)  # fmt: skip
def test_a_file_tells_its_kind_number_and_day(
    tmp_path: Path, head: str, foot: str, kind: str, number: str, day: date | None
) -> None:
    path = tmp_path / "文.txt"
    path.write_text(f"{head}\n正文。\n{foot}\n", encoding="utf-8")

    read = read_shelf_file(path)

    assert (read.kind, read.number, read.day) == (kind, number, day)


def test_hostile_queries_of_a_shelf_are_answered(desk: Workstation) -> None:
    desk.shelves.add(Shelf.NOTES, NewText(title="听证", text="罚款较大的可以听证。"), "方小满")
    desk.shelf_search.refresh()

    counts = {
        name: desk.shelf_search.search(Shelf.NOTES, query).count for name, query in HOSTILE.items()
    }

    assert {name: counts[name] for name in ("mixed scripts", "unclosed quote", "SQL")} == {
        "mixed scripts": 1,
        "unclosed quote": 1,
        "SQL": 0,
    }

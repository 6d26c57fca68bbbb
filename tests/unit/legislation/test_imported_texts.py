import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from workstation.domain.citations import parse_reference
from workstation.legislation.file_imports import GivenDays, recognise
from workstation.legislation.imported_texts import (
    ImportedTexts,
    ImportNotFoundError,
    ImportSource,
)
from workstation.legislation.law_files.file_lines import FileLines
from workstation.legislation.law_files.law_parser import parse_law
from workstation.legislation.law_files.law_text import LawText
from workstation.legislation.law_store import LawStore
from workstation.legislation.national_store import ensure_store
from workstation.legislation.schema import IMPORTED_NAME, open_imported

SOURCE = ImportSource(file="条例.docx", sha256="0" * 64, by="方小满", at=datetime(2026, 11, 1, 9))
KILLED = """
import os, sys
from datetime import date, datetime
from pathlib import Path
from tests.unit.legislation.test_imported_texts import SOURCE, law
from workstation.legislation import imported_texts
from workstation.legislation.imported_texts import ImportedTexts
imported_texts.write_article = lambda *a: os.kill(os.getpid(), 9)
ImportedTexts(Path(sys.argv[1])).add(law("五百元"), date(2023, 5, 26), date(2023, 7, 1), SOURCE)
"""


def law(fine: str) -> LawText:
    lines = (
        "龙屿市犬类管理条例",
        "第一条　为了管理，制定本条例。",
        f"第二条　违反本条例的，处{fine}罚款。",
    )
    return parse_law(FileLines(path=Path("龙屿市犬类管理条例.txt"), lines=lines))


@pytest.fixture
def folder(law_folder: Path, tmp_path: Path) -> Path:
    (tmp_path / "national.db").symlink_to(law_folder / "national.db")
    return tmp_path


def add(folder: Path, fine: str, effective: date) -> int:
    return ImportedTexts(folder).add(law(fine), effective, effective, SOURCE)


def test_an_imported_article_is_read_beside_the_national_ones(folder: Path) -> None:
    add(folder, "五百元", date(2023, 7, 1))

    with LawStore.open(folder) as store:
        shown = store.article(parse_reference("龙屿市犬类管理条例§2"), date(2026, 1, 1))
        national = store.article(parse_reference("行政处罚法§63"), date(2026, 1, 1))

    assert shown.text == "违反本条例的，处五百元罚款。"
    assert shown.version.region == "龙屿市"
    assert "本局导入" in shown.version.source
    assert national.title == "中华人民共和国行政处罚法"


def test_a_text_an_older_program_took_as_national_is_its_citys(folder: Path) -> None:
    add(folder, "五百元", date(2023, 7, 1))
    with closing(open_imported(folder / IMPORTED_NAME)) as connection:
        connection.execute("UPDATE instruments SET region = '全国'")

    with LawStore.open(folder) as store:
        (version,) = store.versions("龙屿市犬类管理条例")

    assert version.region == "龙屿市"


def test_a_newer_text_ends_the_older_one(folder: Path) -> None:
    add(folder, "五百元", date(2020, 1, 1))
    add(folder, "一千元", date(2024, 1, 1))

    with LawStore.open(folder) as store:
        before = store.article(parse_reference("龙屿市犬类管理条例§2"), date(2023, 12, 31))
        after = store.article(parse_reference("龙屿市犬类管理条例§2"), date(2024, 1, 1))

    assert "五百元" in before.text
    assert "一千元" in after.text
    assert before.version.effective_to == date(2024, 1, 1)


def test_an_undone_import_is_gone_and_stays_in_the_list(folder: Path) -> None:
    number = add(folder, "五百元", date(2023, 7, 1))
    texts = ImportedTexts(folder)

    texts.undo(number, datetime(2026, 11, 2, 9))

    assert texts.imports()[0].undone_at
    with LawStore.open(folder) as store:
        assert store.find_instruments("龙屿市犬类管理条例") == ()
    with pytest.raises(ImportNotFoundError):
        texts.undo(number, datetime(2026, 11, 2, 9))


def test_every_change_makes_the_index_out_of_date(folder: Path) -> None:
    texts = ImportedTexts(folder)
    marks = [texts.generation]
    number = add(folder, "五百元", date(2023, 7, 1))
    marks.append(texts.generation)
    texts.undo(number, datetime(2026, 11, 2, 9))
    marks.append(texts.generation)

    assert len(set(marks)) == 3


def test_a_rebuilt_national_store_keeps_what_was_imported(folder: Path) -> None:
    add(folder, "五百元", date(2023, 7, 1))

    with ensure_store(folder) as store:
        assert store.find_instruments("龙屿市犬类管理条例") == ("龙屿市犬类管理条例",)


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_be_repeated(folder: Path) -> None:
    add(folder, "三百元", date(2019, 1, 1))

    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)

    assert killed.returncode == -9
    assert [known.articles for known in ImportedTexts(folder).imports()] == [2]
    with LawStore.open(folder) as store:
        assert len(store.versions("龙屿市犬类管理条例")) == 1
    assert add(folder, "五百元", date(2023, 7, 1)) == 2


def test_a_day_given_for_a_folder_fills_what_is_open_and_changes_nothing_stated(
    store: LawStore, tmp_path: Path
) -> None:
    stated, silent = tmp_path / "甲规定.txt", tmp_path / "乙规定.txt"
    stated.write_text("第一条　甲。\n第二条　自2024年5月1日起施行。\n", "utf-8")
    silent.write_text("第一条　乙。\n", "utf-8")
    given = GivenDays(effective=date(2020, 1, 1))

    days = [recognise(path, store, given).effective for path in (stated, silent)]

    assert days == [date(2024, 5, 1), date(2020, 1, 1)]

"""Every real file of law beside the project reads as the national text does."""

import re
import unicodedata
from pathlib import Path

import pytest

from workstation.legislation.file_imports import recognise
from workstation.legislation.law_store import LawStore

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "law_files"
FILES = sorted(path for path in FOLDER.rglob("*.*") if path.is_file())
pytestmark = [
    pytest.mark.needs_shared_data,
    pytest.mark.skipif(not FILES, reason="../shared/data/law_files is not on this machine"),
]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_articles_are_those_of_the_national_text(path: Path, store: LawStore) -> None:
    found = recognise(path, store)
    if path.parent.name == "negative":
        assert found.error is not None
        return

    assert found.law is not None
    if found.promulgated and store.find_instruments(found.law.title):
        national = {
            (a.number, a.suffix): plain(a.text)
            for a in store.instrument_articles(found.law.title, found.effective)
        }
        read = {(a.number, a.suffix): plain(a.text) for a in found.law.articles if a.number}
        assert read == national


def test_a_part_of_a_code_is_known_as_such(store: LawStore) -> None:
    path = next(path for path in FILES if "侵权责任编" in path.name)

    assert "相同" in recognise(path, store).left_out

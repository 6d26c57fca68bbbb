"""Every real file of law beside the project reads as the national text does."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from workstation.legislation.file_imports import recognise
from workstation.legislation.law_files.file_lines import read_lines
from workstation.legislation.law_files.law_parser import parse_law
from workstation.legislation.law_files.law_text import TextArticle
from workstation.legislation.law_records import ArticleView
from workstation.legislation.law_store import LawStore

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "law_files"
FILES = sorted(path for path in FOLDER.rglob("*.*") if path.is_file())
pytestmark = [
    pytest.mark.needs_shared_data,
    pytest.mark.skipif(not FILES, reason="../shared/data/law_files is not on this machine"),
]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


Articles = dict[tuple[int, int], str]


def numbered(articles: Iterable[TextArticle | ArticleView]) -> Articles:
    return {(a.number, a.suffix): plain(a.text) for a in articles if a.number}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_articles_are_those_of_the_national_text(path: Path, store: LawStore) -> None:
    found = recognise(path, store)
    if path.parent.name == "negative":
        assert found.error is not None
        return

    assert found.law is not None
    read = numbered(found.law.articles)
    if found.promulgated and store.find_instruments(found.law.title):
        assert read == numbered(store.instrument_articles(found.law.title, found.effective))
    elif found.promulgated:
        # No other text of it is at hand: at least none is lost on the way.
        assert sorted(read) == [(number, 0) for number in range(1, len(read) + 1)]
    else:
        assert "各条与本库" in found.left_out


def test_a_text_that_is_no_national_law_reads_the_same_in_word_97() -> None:
    name = "侵害消费者权益行为处罚办法"
    new, old = FOLDER / "word_pasted" / f"{name}.docx", FOLDER / "derived" / f"{name}.doc"

    read = [numbered(parse_law(read_lines(path)).articles) for path in (new, old)]

    assert read[0]
    assert read[0] == read[1]


def test_there_are_files_of_every_kind() -> None:
    assert {path.suffix for path in FILES} == {".doc", ".docx", ".pdf", ".rtf", ".txt"}
    assert {path.parent.name for path in FILES} == {
        "derived",
        "flk_official",
        "negative",
        "word_pasted",
    }


def test_a_part_of_a_code_is_known_as_such(store: LawStore) -> None:
    path = next(path for path in FILES if "侵权责任编" in path.name)

    assert "相同" in recognise(path, store).left_out

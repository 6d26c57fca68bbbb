"""Small made-up laws, and indexes over them or over a few real ones."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from workstation.legislation.index_folder import current_index
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.priors import Priors
from workstation.legislation.search import SearchIndex, open_index

MakeArticle = Callable[..., IndexedArticle]
MakeIndex = Callable[..., SearchIndex]
MakeReader = Callable[..., IndexReader]


@pytest.fixture
def make_article() -> MakeArticle:
    """Return a factory of articles in force since 2000, with ids from 1."""
    made: list[IndexedArticle] = []

    def make(text: str, **changes: object) -> IndexedArticle:
        number = len(made) + 1
        fields: dict[str, object] = {
            "id": number,
            "instrument": "甲法",
            "level": "法律",
            "region": "全国",
            "heading": "第一章",
            "label": f"第{number}条",
            "text": text,
            "promulgated": date(1999, 12, 1),
            "effective_from": date(2000, 1, 1),
            "effective_to": None,
            "trust": "未核",
        }
        made.append(IndexedArticle(**(fields | changes)))  # type: ignore[arg-type]
        return made[-1]

    return make


@pytest.fixture
def make_index(tmp_path: Path) -> MakeIndex:
    """Return a factory of open indexes without priors."""

    def make(articles: Sequence[IndexedArticle], **options: object) -> SearchIndex:
        build_index(tmp_path / "index", articles)
        return open_index(tmp_path / "index", **({"priors": Priors()} | options))  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_reader(tmp_path: Path) -> MakeReader:
    """Return a factory of readers over indexes of small segments."""

    def make(articles: Sequence[IndexedArticle], segment_documents: int = 4) -> IndexReader:
        build_index(tmp_path / "index", articles, segment_documents=segment_documents)
        return IndexReader(current_index(tmp_path / "index")[0])

    return make

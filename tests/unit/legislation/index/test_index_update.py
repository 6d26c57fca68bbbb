"""Taking texts into an index and out of it: as a whole build would have it, a kill or not."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event

import pytest

import workstation
from workstation.legislation.analysis import bigrams, fold
from workstation.legislation.index_folder import IndexMissingError, current_index
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_scorer import Bm25Scorer, weighted_terms
from workstation.legislation.index_update import (
    MOST_SMALL_SEGMENTS,
    WantedTexts,
    update_index,
)
from workstation.legislation.index_writer import build_index
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.priors import Priors
from workstation.legislation.search import SearchIndex, open_index
from workstation.legislation.whoosh_engine import FileStorage, index

MakeArticle = Callable[..., IndexedArticle]
_ROOT = Path(workstation.__file__).parents[1]
_LONG = (
    "擅自占用城市道路从事经营活动的，责令限期改正，"
    "逾期不改正的，处五百元以上五千元以下罚款，并没收工具。"
)
_QUERIES = ("占用道路", "听证 AND 告知", '"没收工具"', "罚", "犬只", "甲法", "NOT 听证")
_UPDATE = """
import os, sys, time
from pathlib import Path
from tests.unit.legislation.index.test_index_update import Texts, killed_article

fsync, calls = os.fsync, []

def waiting(descriptor):
    fsync(descriptor)
    calls.append(descriptor)
    if len(calls) == int(sys.argv[2]):
        print("committing", flush=True)
        time.sleep(120)

os.fsync = waiting
Texts([killed_article()], 2).update(Path(sys.argv[1]))
"""


def killed_article() -> IndexedArticle:
    day = date(2000, 1, 1)
    return IndexedArticle(
        id=9,
        instrument="乙法",
        level="法律",
        region="全国",
        heading="",
        label="第一条",
        text="新的条文",
        promulgated=day,
        effective_from=day,
        effective_to=None,
        trust="未核",
        mark="乙",
    )


class Texts:
    """A text store of a few versions; ``generation`` counts its changes."""

    def __init__(self, articles: Sequence[IndexedArticle], generation: int = 1) -> None:
        self.articles = list(articles)
        self._source = f"P+{generation}"

    def marked(self, marks: Container[str]) -> Iterator[IndexedArticle]:
        return (article for article in self.articles if article.mark in marks)

    def build(self, folder: Path, segment_documents: int = 50) -> None:
        build_index(
            folder, self.articles, source=self._source, segment_documents=segment_documents
        )

    def update(self, folder: Path, stop: Event | None = None) -> object:
        marks = {article.mark for article in self.articles}
        wanted = WantedTexts(marks=marks, articles=self.marked, source=self._source)
        return update_index(folder, wanted, stop=stop)


@pytest.fixture
def national(make_article: MakeArticle) -> list[IndexedArticle]:
    """Return 12 laws of ten articles in two segments; one long text stands in each of them."""
    texts = (_LONG, "占用道路的，应当申请。", "听证应当告知当事人。", *("国家鼓励发展。",) * 7)
    return [
        make_article(text, instrument=f"{name}法", mark=name, label=f"第{number}条")
        for name in "甲丙丁戊己庚辛壬癸子丑寅"
        for number, text in enumerate(texts, 1)
    ]


@pytest.fixture
def local(make_article: MakeArticle) -> list[IndexedArticle]:
    """Return one text of a bureau's own; its first article stands in the national laws too."""
    return [
        make_article(
            text, instrument="养犬条例", mark="犬", label=f"第{number}条", region="温州市"
        )
        for number, text in enumerate((_LONG, "犬只应当登记。", "听证告知书。"), 1)
    ]


def _opened(folder: Path) -> SearchIndex:
    return open_index(folder, priors=Priors())


def _answers(found: SearchIndex) -> list[tuple[tuple[int, tuple[int, ...], float], ...]]:
    answers = (found.search(query, limit=200).results for query in _QUERIES)
    return [tuple((r.article_id, r.also, round(r.score, 3)) for r in a) for a in answers]


def _ids(answers: Iterable[Iterable[tuple[int, tuple[int, ...], float]]]) -> set[int]:
    return {i for answer in answers for first, also, _ in answer for i in (first, *also)}


def _of_a_whole_build(folder: Path, articles: Sequence[IndexedArticle]) -> SearchIndex:
    Texts(articles).build(folder)
    return _opened(folder)


def test_a_text_taken_in_answers_as_after_a_whole_build(
    tmp_path: Path, national: list[IndexedArticle], local: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path / "a")
    before = sorted(path.name for path in current_index(tmp_path / "a")[0].glob("*.seg"))

    Texts([*national, *local], 2).update(tmp_path / "a")

    after = sorted(path.name for path in current_index(tmp_path / "a")[0].glob("*.seg"))
    whole = _of_a_whole_build(tmp_path / "b", [*national, *local])
    assert set(before) < set(after)
    assert len(after) == len(before) + 1
    assert _answers(_opened(tmp_path / "a")) == _answers(whole)
    assert local[1].id in _ids(_answers(whole))


def test_a_text_taken_out_is_a_deletion_and_comes_back_nowhere(
    tmp_path: Path, national: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path, segment_documents=500)
    staying = [article for article in national if article.mark != "丙"]
    gone = {article.id for article in national if article.mark == "丙"}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workstation.legislation.index_update._MOST_DELETED_SHARE", 0.5)
        Texts(staying, 2).update(tmp_path)

    found = _opened(tmp_path)
    reader = IndexReader(current_index(tmp_path)[0])
    assert len(reader.deleted) == 10
    assert found.count == len(staying)
    assert not _ids(_answers(found)) & gone
    assert _ids(_answers(found)) <= {article.id for article in staying}


def test_a_version_that_got_an_end_is_replaced(
    tmp_path: Path, make_article: MakeArticle, national: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path / "a")
    ended = [
        make_article(
            a.text,
            id=a.id,
            instrument=a.instrument,
            label=a.label,
            effective_to=date(2001, 1, 1),
            mark="甲二",
        )
        for a in national
        if a.mark == "甲"
    ]
    texts = [*(a for a in national if a.mark != "甲"), *ended]

    Texts(texts, 2).update(tmp_path / "a")

    shown = {r.instrument for r in _opened(tmp_path / "a").search("占用道路", limit=99).results}
    assert "甲法" not in shown
    assert "丙法" in shown


def test_too_many_small_segments_are_merged(
    tmp_path: Path, make_article: MakeArticle, national: list[IndexedArticle]
) -> None:
    texts = list(national)
    Texts(texts).build(tmp_path / "a", segment_documents=500)
    for number in range(MOST_SMALL_SEGMENTS + 2):
        texts.append(
            make_article(f"犬只登记{number}", instrument=f"条例{number}", mark=f"m{number}")
        )
        Texts(texts, number + 2).update(tmp_path / "a")

    segments = list(current_index(tmp_path / "a")[0].glob("*.seg"))
    whole = _of_a_whole_build(tmp_path / "b", texts)
    assert len(segments) < MOST_SMALL_SEGMENTS
    assert _answers(_opened(tmp_path / "a")) == _answers(whole)


def test_a_version_across_two_segments_is_written_whole_when_one_is_merged(
    tmp_path: Path, national: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path / "a", segment_documents=55)
    texts = [article for article in national if article.mark not in "丑寅"]

    Texts(texts, 2).update(tmp_path / "a")

    whole = _of_a_whole_build(tmp_path / "b", texts)
    assert _opened(tmp_path / "a").count == len(texts)
    assert _ids(_answers(_opened(tmp_path / "a"))) == _ids(_answers(whole))


def test_stock_whoosh_reads_segments_and_deletions_alike(
    tmp_path: Path, national: list[IndexedArticle], local: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path, segment_documents=500)
    texts = [*(a for a in national if a.mark != "丙"), *local]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workstation.legislation.index_update._MOST_DELETED_SHARE", 0.5)
        Texts(texts, 2).update(tmp_path)
    folder = current_index(tmp_path)[0]
    ours = IndexReader(folder)
    terms = {term for article in texts for term in bigrams(fold(article.text))}

    with index.FileIndex(FileStorage(str(folder))).reader() as stock:
        for term in terms:
            matcher = stock.postings("text", term)
            found = Counter[int]()
            while matcher.is_active():
                found[matcher.id()] += int(matcher.weight())
                matcher.next()
            held = ours.postings("text", term)
            living = {
                number: int(count)
                for number, count in zip(held.documents, held.frequencies, strict=True)
                if number not in ours.deleted
            }
            assert found == living
            assert stock.doc_frequency("text", term) == ours.frequency("text", term)
        assert stock.doc_count() == len(texts)
        lengths = stock.field_length("text") / stock.doc_count_all()
        assert ours.average_length("text") == pytest.approx(lengths)
    scored = Bm25Scorer(ours).matches(weighted_terms(bigrams("犬只登记"), {"text": 1.0})).found
    assert scored.argmax() == ours.count - 2


def test_other_national_texts_want_a_whole_build(
    tmp_path: Path, national: list[IndexedArticle]
) -> None:
    build_index(tmp_path, national, source="Q")

    with pytest.raises(IndexMissingError):
        Texts(national).update(tmp_path)


def test_a_stopped_update_leaves_the_index_before(
    tmp_path: Path, national: list[IndexedArticle], local: list[IndexedArticle]
) -> None:
    Texts(national).build(tmp_path)
    before = current_index(tmp_path)
    stop = Event()
    stop.set()

    assert Texts([*national, *local], 2).update(tmp_path, stop) is None

    assert current_index(tmp_path) == before
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [before[0]]


@pytest.mark.parametrize("moment", [1, 3, 5])
def test_after_a_kill_the_index_before_answers_and_the_update_can_be_repeated(
    tmp_path: Path, make_article: MakeArticle, moment: int
) -> None:
    Texts([make_article("旧的条文", mark="甲")]).build(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", _UPDATE, str(tmp_path), str(moment)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"committing"
        child.kill()

    answered = [result.text for result in _opened(tmp_path).search("条文").results]
    Texts([killed_article()], 2).update(tmp_path)

    assert answered == ["旧的条文"]
    assert [r.text for r in _opened(tmp_path).search("条文").results] == ["新的条文"]

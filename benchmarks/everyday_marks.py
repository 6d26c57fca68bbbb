"""Put drafts of everyday words into the shipped table, each line with the marks of its wordings.

    python benchmarks/everyday_marks.py DRAFT… [--out FILE]

A law that a draft names is written anew; the others of the table stay as they are.

A draft has ``# title`` lines and lines of article and phrases with a tab between, as they were
written from the text alone; ``# title @newest`` where they are of a law's newest text, not of the
one in the question corpus. Marks are taken from that corpus, the national texts and the files of
``../shared/data``: of the article of that number in every source where it says much the same, and
of the same wording under another number. Lines without any text are named and left out.
"""

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from retrieval_data import corpus, statutes

from workstation.data_files import statutes_dir
from workstation.legislation.analysis import bigrams
from workstation.legislation.everyday_words import wording_mark
from workstation.legislation.national_store import ensure_store
from workstation.legislation.titles import plain_title

_ALIKE = 0.7
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")
_HEAD = """\
#: Everyday words for single articles of law, written from the articles alone. They state no law
#: and only widen a search. Columns between tabs: article; marks of its wordings, or * for any;
#: phrases parted by blanks. A bureau's own copy (own/statutes/everyday_words.tsv in its home)
#: replaces this file as a whole.
"""


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    is_newest: bool
    label: str
    phrases: str


@dataclass(frozen=True, slots=True)
class _Text:
    label: str
    day: date
    text: str


def main() -> None:
    """Read the drafts and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=statutes_dir() / "everyday_words.tsv")
    arguments = parser.parse_args()
    lines = [line for path in arguments.drafts for line in _drafted(path)]
    texts = _texts({line.title for line in lines})
    rows: defaultdict[str, dict[tuple[str, str], list[str]]] = defaultdict(dict)
    for line in lines:
        marks = ",".join(_marks(line, texts[line.title]))
        if marks:
            rows[line.title].setdefault((line.label, marks), []).extend(line.phrases.split())
        else:
            print(f"no text: {line.title} {line.label}")
    laws = _standing(arguments.out)
    for title, of_law in rows.items():
        laws[title] = [
            f"{label}\t{marks}\t{' '.join(dict.fromkeys(phrases))}\n"
            for (label, marks), phrases in of_law.items()
        ]
    parts = chain.from_iterable((f"# {title}\n", *of_law) for title, of_law in laws.items())
    arguments.out.write_text(_HEAD + "".join(parts), encoding="utf-8")
    count = sum(map(len, laws.values()))
    print(f"{count} lines, {len(laws)} laws, {arguments.out.stat().st_size} bytes")


def _standing(path: Path) -> dict[str, list[str]]:
    """Return the lines of each law that the table holds."""
    laws: defaultdict[str, list[str]] = defaultdict(list)
    if not path.exists():
        return laws
    title = ""
    for row in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if row.startswith("# "):
            title = row[2:].strip()
        elif not row.startswith("#"):
            laws[title].append(row)
    return laws


def _drafted(path: Path) -> Iterator[_Line]:
    title, is_newest = "", False
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            named, _, source = row[2:].partition("@")
            title, is_newest = plain_title(named), bool(source)
        elif row.strip():
            label, phrases = row.split("\t")
            yield _Line(title, is_newest, label, phrases)


def _texts(wanted: Container[str]) -> dict[str, list[_Text]]:
    """Return every article of the wanted laws, from every source."""
    found: defaultdict[str, list[_Text]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, ensure_store(Path(folder)) as store:
        for article in chain(corpus()[0], statutes(store)):
            title = plain_title(article.instrument)
            if title in wanted:
                chinese = _NOT_CHINESE.sub("", article.text)
                found[title].append(_Text(article.label, article.effective_from, chinese))
    return found


def _marks(line: _Line, texts: Iterable[_Text]) -> list[str]:
    """Return the marks of the text a line is of, of its like, and of its twins."""
    of_label = [text for text in texts if text.label == line.label]
    if not of_label:
        return []
    own = max(of_label, key=lambda text: text.day) if line.is_newest else of_label[0]
    alike = {
        wording_mark(text.text)
        for text in texts
        if text.text == own.text
        or (text.label == line.label and _likeness(text.text, own.text) >= _ALIKE)
    }
    return sorted(alike)


def _likeness(one: str, other: str) -> float:
    ours, theirs = set(bigrams(one)), set(bigrams(other))
    return len(ours & theirs) / max(1, len(ours | theirs))


if __name__ == "__main__":
    main()

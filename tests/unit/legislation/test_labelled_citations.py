"""Citations as documents have them, labelled by hand: found, judged right, no false alarm."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workstation.legislation.citations import WRONG, CheckedCitation, Verdict, check_text
from workstation.legislation.law_store import LawStore

_FOLDER = Path(__file__).parents[2] / "data" / "citations"
_LEAST_RECALL = 0.97
_MOST_FALSE_ALARMS = 0.01
_LEAST_LABELLED = 400
_PARTS = ("instrument", "article", "suffix", "paragraph", "item")
Place = tuple[object, ...]


def _labelled() -> Iterator[dict[str, Any]]:
    for path in sorted(_FOLDER.glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))


def _place(checked: CheckedCitation) -> Place:
    reference = checked.check.reference
    return (
        reference.title,
        reference.article,
        reference.suffix,
        reference.paragraph,
        reference.item,
    )


@pytest.fixture(scope="module")
def judged(store: LawStore) -> list[tuple[dict[Place, str], dict[Place, Verdict]]]:
    """Return, for each text, the labels and what was found, both as place to verdict."""
    return [
        (
            {tuple(c[part] for part in _PARTS): c["verdict"] for c in text["citations"]},
            {
                _place(found): found.check.verdict
                for found in check_text(store, text["text"], date.fromisoformat(text["as_of"]))
            },
        )
        for text in _labelled()
    ]


Judged = list[tuple[dict[Place, str], dict[Place, Verdict]]]


def test_nearly_all_citations_are_found_with_their_verdict(judged: Judged) -> None:
    labelled = sum(len(labels) for labels, _ in judged)
    found = sum(labels[p] == seen.get(p) for labels, seen in judged for p in labels)

    assert labelled >= _LEAST_LABELLED
    assert found / labelled >= _LEAST_RECALL


def test_hardly_anything_is_called_wrong_that_is_not(judged: Judged) -> None:
    sound = sum(v not in WRONG for labels, _ in judged for v in labels.values())
    alarms = [
        place
        for labels, seen in judged
        for place, verdict in seen.items()
        if verdict in WRONG and labels.get(place) not in WRONG
    ]

    assert len(alarms) / sound <= _MOST_FALSE_ALARMS


def test_a_law_that_is_not_in_the_store_is_never_called_wrong(judged: Judged) -> None:
    unknown = [
        seen.get(place)
        for labels, seen in judged
        for place, verdict in labels.items()
        if verdict == Verdict.UNKNOWN_INSTRUMENT
    ]

    assert unknown
    assert not WRONG.intersection(unknown)


def test_words_that_only_look_like_citations_are_left_alone(judged: Judged) -> None:
    assert not [seen for labels, seen in judged if not labels and seen]

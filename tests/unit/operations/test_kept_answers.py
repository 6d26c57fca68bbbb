"""Answers are kept while they hold and while there is room."""

from workstation.operations.kept_answers import KeptAnswers


def test_an_answer_is_read_once_while_it_holds() -> None:
    kept, read = KeptAnswers[str, int](2), iter(range(9))

    answers = [
        kept.get("a", lambda: next(read)),
        kept.get("a", lambda: next(read)),
        kept.get("a", lambda: next(read), holds=lambda answer: answer > 0),
        kept.get("a", lambda: next(read)),
    ]

    assert answers == [0, 0, 1, 1]


def test_the_answer_not_asked_for_longest_goes_first() -> None:
    kept, read = KeptAnswers[str, int](2), iter(range(9))
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: next(read))

    assert [kept.get(key, lambda: next(read)) for key in ("a", "c", "b")] == [0, 2, 3]

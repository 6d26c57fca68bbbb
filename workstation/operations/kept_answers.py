"""Answers that never change, kept while they are asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class KeptAnswers(Generic[Key, Answer]):
    """The ``most`` answers asked for last, by key; safe to ask from any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def get(
        self,
        key: Key,
        read: Callable[[], Answer],
        holds: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """Return the answer kept for a key while it ``holds``, else what ``read`` finds.

        What was found is kept in the place of the answer before it.
        """
        with self._lock:
            kept = self._known.get(key)
            if kept is not None:
                self._known.move_to_end(key)
        if kept is not None and holds(kept):
            return kept
        found = read()
        with self._lock:
            self._known[key] = found
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return found

"""Lists of document numbers in rising order, each number once."""

from functools import reduce

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.intp]
NONE: Documents = np.zeros(0, np.intp)


def common(lists: list[Documents]) -> Documents:
    """Return what stands in every list; nothing where there is no list."""
    if not lists:
        return NONE
    return reduce(lambda few, many: few[held(few, many)], sorted(lists, key=len))


def united(lists: list[Documents]) -> Documents:
    """Return what stands in any list."""
    filled = [documents for documents in lists if len(documents)]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    # Merging sorted runs is what a stable sort does best.
    merged: Documents = np.sort(np.concatenate(filled), kind="stable")
    fresh = np.ones(len(merged), np.bool_)
    fresh[1:] = merged[1:] != merged[:-1]
    return merged[fresh]


def held(numbers: NDArray[np.intp], documents: Documents) -> NDArray[np.bool_]:
    """Tell of each of ``numbers``, in any order, whether it stands in the list."""
    if not len(documents):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(documents, numbers)
    places[places == len(documents)] = 0
    same: NDArray[np.bool_] = documents[places] == numbers
    return same

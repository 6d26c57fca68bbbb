"""A draft as a review saw it: the text of its fields, and which of them an approval fixes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftValue:
    """One field of a draft: its label and text; ``fixed`` where approval fixes it as printed.

    A field filled by the case itself is not fixed: its text follows the day and later papers.
    """

    label: str
    text: str
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenDraft:
    """A draft as it was put under review."""

    title: str
    values: Mapping[str, DraftValue]

"""What a write touched, so that each view can decide whether to read again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Pairs of kind (case, draft, office, law, volume) and id."""

    touched: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, kind: str, *ids: str) -> "Changes":
        """Return the change of the given records of one kind."""
        return cls(frozenset((kind, record) for record in ids))

    def __or__(self, other: "Changes") -> "Changes":
        """Return both changes together."""
        return Changes(self.touched | other.touched)

    def touches(self, kind: str, record: str = "") -> bool:
        """Tell whether a record of ``kind`` (this one, or any) was written."""
        return any(k == kind and (not record or r == record) for k, r in self.touched)

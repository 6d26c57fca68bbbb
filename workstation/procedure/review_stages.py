"""The stages at which a case is reviewed, from ``statutes/legal_review.toml``."""

from dataclasses import dataclass
from pathlib import Path

from workstation.procedure.data_tables import Table, convert, read_table, words

BEFORE_NOTICE, BEFORE_DECISION = "告知前", "决定前"
LEGAL_STAGES = (BEFORE_NOTICE, BEFORE_DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStage:
    """A point of the procedure at which a case is reviewed (``statutes/legal_review.toml``).

    ``gates`` are the events an approval opens, the one it is made for first; with ``until`` it
    has done its work. ``papers`` are the forms it fixes once they are issued, ``proposed`` those
    it fixes as drafts.
    """

    name: str
    gates: tuple[str, ...]
    until: str
    papers: tuple[str, ...]
    proposed: tuple[str, ...]

    @property
    def is_legal(self) -> bool:
        """Whether it is the legal review of step 8, not one of the bureau's own."""
        return self.name in LEGAL_STAGES


def load_stages(path: Path) -> tuple[ReviewStage, ...]:
    """Read the stages in their order.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    rows = read_table(path).get("stages", ())
    return tuple(convert(path, str(row.get("name", "stages")), _stage, row) for row in rows)


def _stage(row: Table) -> ReviewStage:
    return ReviewStage(
        name=str(row["name"]),
        gates=words(row["gates"]),
        until=str(row["until"]),
        papers=words(row["papers"]),
        proposed=words(row["proposed"]),
    )

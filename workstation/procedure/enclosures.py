"""What comes with an event: its papers, services and pieces of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workstation.domain.cases import Delivery, JsonValue
from workstation.domain.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that comes with an event, as asked for or, once made, as it will be issued.

    ``values`` are those typed until it is made, then all of them. ``lines`` are its lines from
    the first page to the last and empty until then. ``served`` says that it goes to the party.
    """

    form: str
    title: str
    number: str
    dated: date
    values: Mapping[str, JsonValue] = field(default_factory=dict)
    served: bool = False
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text without line breaks, so that a phrase broken over two lines is found."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosures:
    """Papers, services and evidence of one event.

    The guards are asked twice: before anything is made, and with ``made`` when the papers can be
    read. The ``document_id`` of a delivery may be empty; ``delivered`` names its form instead.
    """

    deliveries: tuple[Delivery, ...] = ()
    delivered: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    made: bool = False

    def papers_of(self, *forms: str) -> tuple[Paper, ...]:
        """Return the papers of these forms."""
        return tuple(paper for paper in self.papers if paper.form in forms)


NOTHING_ENCLOSED = Enclosures()

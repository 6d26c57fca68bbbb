"""Which events may happen in a case on a day, and what stands against the others."""

from dataclasses import dataclass
from datetime import date, datetime, time

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure import Block, ProcedureRules, Surroundings
from workstation.procedure.event_kinds import EventKind
from workstation.procedure.guards import preview_blocks

_AFTER_ALL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleEvent:
    """A kind of event in a step; ``anywhere`` says that it may come at any step."""

    kind: EventKind
    step: int
    anywhere: bool
    blocks: tuple[Block, ...] = ()

    @property
    def refusal(self) -> Block | None:
        """The first thing that stands against it and leaves no room, or None."""
        return next((b for b in self.blocks if b.hard and not b.overridable), None)

    @property
    def reservation(self) -> Block | None:
        """The first thing that only a head can set aside in writing, or None."""
        return next((b for b in self.blocks if b.hard and b.overridable), None)


def kinds_of_step(step: int, rules: ProcedureRules) -> tuple[PossibleEvent, ...]:
    """Return the kinds of ``step``, its own first, then those of any step; nothing is asked."""
    kinds = [
        PossibleEvent(kind=kind, step=step, anywhere=is_anywhere(kind, rules))
        for kind in rules.events.of_step(step)
    ]
    return tuple(sorted(kinds, key=lambda possible: possible.anywhere))


def is_anywhere(kind: EventKind, rules: ProcedureRules) -> bool:
    """Whether a kind belongs to most steps, and so to none in particular."""
    return 2 * len({kind.step, *kind.also_steps}) > len(rules.steps)


def possible_events(
    file: CaseFile, step: int, day: date, rules: ProcedureRules, surroundings: Surroundings
) -> tuple[PossibleEvent, ...]:
    """Return the kinds of ``step`` with what already stands against each on ``day``."""
    return tuple(
        PossibleEvent(
            kind=possible.kind,
            step=step,
            anywhere=possible.anywhere,
            blocks=preview_blocks(
                file, _asked_about(possible.kind, step, day), rules, surroundings
            ),
        )
        for possible in kinds_of_step(step, rules)
    )


def _asked_about(kind: EventKind, step: int, day: date) -> CaseEvent:
    return CaseEvent(
        position=_AFTER_ALL,
        kind=kind.kind,
        step=step,
        at=datetime.combine(day, time(23, 59)),
        title=kind.title,
    )

"""Which events may happen in a case on a day, and what stands against the others."""

from dataclasses import dataclass, replace
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
        if kind.offered
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
            blocks=_standing(
                [
                    preview_blocks(file, event, rules, surroundings)
                    for event in _asked_about(possible.kind, step, day)
                ]
            ),
        )
        for possible in kinds_of_step(step, rules)
    )


def _standing(by_outcome: list[tuple[Block, ...]]) -> tuple[Block, ...]:
    """Keep as refusals what stands against every outcome; the rest depends on the choice."""
    names = [{block.guard for block in blocks if block.hard} for blocks in by_outcome]
    always = set.intersection(*names)
    found = {block.guard: block for blocks in by_outcome for block in blocks}
    standing = [
        block if block.guard in always or not block.hard else replace(block, hard=False)
        for block in found.values()
    ]
    return tuple(sorted(standing, key=lambda block: not block.hard))


def _asked_about(kind: EventKind, step: int, day: date) -> list[CaseEvent]:
    """Return the event as it would be with each outcome it may have."""
    outcome = next((field for field in kind.fields if field.key == "outcome"), None)
    plain = _plain(kind, step, day)
    if outcome is None or not outcome.choices:
        return [plain]
    return [replace(plain, data={"outcome": choice}) for choice in outcome.choices]


def _plain(kind: EventKind, step: int, day: date) -> CaseEvent:
    return CaseEvent(
        position=_AFTER_ALL,
        kind=kind.kind,
        step=step,
        at=datetime.combine(day, time(23, 59)),
        title=kind.title,
    )

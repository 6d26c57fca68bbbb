"""Where each step of a case stands on a day, and why."""

from datetime import date, datetime, time

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import conclusion_of, waiver
from workstation.procedure.conditions import (
    CONDITIONS,
    Applicability,
    StepContext,
    notice_period_end,
)
from workstation.procedure.endings import ending_of
from workstation.procedure.guards import preview_blocks
from workstation.procedure.payments import is_paid
from workstation.procedure.period_records import DeadlineState
from workstation.procedure.procedures import procedure_of, step_in
from workstation.procedure.records import (
    Block,
    RunningDeadline,
    StepDefinition,
    StepState,
    StepStatus,
    Surroundings,
)
from workstation.procedure.review_rounds import legal_part
from workstation.procedure.rules import ProcedureRules
from workstation.procedure.running import open_deadlines

_CLOSING_STEPS = frozenset({"case_closed", "case_archived"})
_PREVIEW_POSITION = 1_000_000


def assess(
    case_file: CaseFile, as_of: date, rules: ProcedureRules, surroundings: Surroundings
) -> tuple[StepState, ...]:
    """Return the state of every step at the end of ``as_of``, in step order.

    ``not_applicable`` counts as settled: a case is through when every step is done or not
    applicable. ``waiting`` means that its turn has not come, ``blocked`` that its turn has come
    but something stands against it, ``due`` that its deadline is near or past.
    """
    known = case_file.as_of(as_of)
    rules = rules.on(as_of)
    context = StepContext(case_file=known, as_of=as_of, rules=rules, surroundings=surroundings)
    running = open_deadlines(known, as_of, rules, surroundings)
    procedure = procedure_of(known)
    steps = [step_in(step, procedure) for step in rules.steps]
    return tuple(_state(step, context, running) for step in steps)


def _state(
    step: StepDefinition, context: StepContext, running: tuple[RunningDeadline, ...]
) -> StepState:
    done = _completion(step, context)
    if done is not None:
        day, reason = done
        return _make(step, context, StepStatus.DONE, reason, done_on=day)
    applicability = _applicability(step, context)
    if applicability.applies is False:
        return _make(step, context, StepStatus.NOT_APPLICABLE, applicability.reason)
    if applicability.applies is None:
        return _make(step, context, StepStatus.WAITING, applicability.reason)
    return _open_state(step, context, running)


def _make(
    step: StepDefinition,
    context: StepContext,
    status: StepStatus,
    reason: str,
    *,
    done_on: date | None = None,
    blocks: tuple[Block, ...] = (),
) -> StepState:
    settled = status in (StepStatus.DONE, StepStatus.NOT_APPLICABLE)
    following = "" if settled else next_event(step, context.case_file)
    kind = context.rules.events.kind(following) if following else None
    return StepState(
        n=step.n,
        key=step.key,
        name=step.name,
        phase=step.phase,
        status=status,
        done_on=done_on,
        reason=reason,
        basis="；".join(entry.reference for entry in step.basis),
        blocks=blocks,
        documents=tuple(d.key for d in context.case_file.documents if d.form in step.documents),
        next_event=following,
        next_title=kind.title if kind else "",
        next_actor=kind.actor if kind else "",
    )


def _applicability(step: StepDefinition, context: StepContext) -> Applicability:
    case_file = context.case_file
    for event in case_file.all_of("step_not_used"):
        if event.data.get("step", event.step) == step.n:
            return Applicability(applies=False, reason=str(event.data.get("reason", event.title)))
    if not _CLOSING_STEPS & set(step.completed_by):
        ended = ending_of(case_file)
        if ended is not None:
            reason = f"本案已于{ended.day.isoformat()}{ended.title}"
            return Applicability(applies=False, reason=reason)
    if step.not_applicable:
        return Applicability(applies=False, reason=step.not_applicable)
    condition = CONDITIONS.get(step.applies_when)
    return condition(context) if condition else Applicability(applies=True)


def _order(event: CaseEvent) -> tuple[str, int]:
    return event.at.isoformat(), event.position


def _reopened(step: StepDefinition, case_file: CaseFile) -> tuple[str, int]:
    """The moment from which the step must be ended (again)."""
    case_file = legal_part(case_file)
    events = [e for kind in step.reopened_by for e in case_file.all_of(kind)]
    return max((_order(e) for e in events), default=("", 0))


def _completion(step: StepDefinition, context: StepContext) -> tuple[date, str] | None:
    """Return the day a step ended and in what way, or None while it is open."""
    case_file = legal_part(context.case_file)
    if "statement_reviewed" in step.completed_by:
        silent = _nothing_put_forward(context)
        if silent is not None:
            return silent
    if any(case_file.first(kind) is None for kind in step.open_until):
        return None
    since = _reopened(step, case_file)
    ended = [e for kind in step.completed_by for e in case_file.all_of(kind) if _order(e) >= since]
    latest = max(ended, key=_order, default=None)
    if latest is None or not _really_ended(latest, context):
        return None
    return latest.day, latest.title


def _really_ended(event: CaseEvent, context: StepContext) -> bool:
    if event.kind == "review_concluded":
        return conclusion_of(event) in context.rules.parameters.agreeing_conclusions
    if event.kind in {"fine_paid", "fine_collected_on_spot"}:
        return is_paid(context.case_file)
    return True


def _nothing_put_forward(context: StepContext) -> tuple[date, str] | None:
    waived = waiver(context.case_file)
    if waived is not None:
        return waived.day, "当事人书面放弃陈述申辩"
    last = notice_period_end(context)
    if context.case_file.first("statement_received") is not None or last is None:
        return None
    return (last, "当事人期内未提出陈述申辩") if context.as_of > last else None


def next_event(step: StepDefinition, case_file: CaseFile) -> str:
    """Return the kind of event that comes next in ``step``."""
    case_file = legal_part(case_file)
    since = _reopened(step, case_file)
    reached = -1
    for place, kind in enumerate(step.sequence):
        if any(_order(event) >= since for event in case_file.all_of(kind)):
            reached = place
    return step.sequence[min(reached + 1, len(step.sequence) - 1)]


def _open_state(
    step: StepDefinition, context: StepContext, running: tuple[RunningDeadline, ...]
) -> StepState:
    kind = context.rules.events.kind(next_event(step, context.case_file))
    event = CaseEvent(
        position=_PREVIEW_POSITION,
        kind=kind.kind,
        step=step.n,
        at=datetime.combine(context.as_of, time(23, 59)),
        title=kind.title,
    )
    blocks = preview_blocks(context.case_file, event, context.rules, context.surroundings)
    hard = tuple(block for block in blocks if block.hard)
    guards = context.rules.guards
    early = [block for block in hard if guards[block.guard].prerequisite]
    if early:
        return _make(step, context, StepStatus.WAITING, early[0].message, blocks=tuple(early))
    late = _near(step, context, running)
    if hard:
        reason = "".join([hard[0].message, *(_deadline_words(d) for d in late[:1])])
        return _make(step, context, StepStatus.BLOCKED, reason, blocks=blocks)
    if late:
        return _make(step, context, StepStatus.DUE, _deadline_words(late[0]), blocks=blocks)
    reason = f"待{kind.actor}办理“{kind.title}”"
    return _make(step, context, StepStatus.NOW, reason, blocks=blocks)


def _near(
    step: StepDefinition, context: StepContext, running: tuple[RunningDeadline, ...]
) -> list[RunningDeadline]:
    limit = context.rules.parameters.due_soon_days
    return [
        d
        for d in running
        if d.step == step.n
        and d.holder == "行政机关"
        and d.days_left is not None
        and d.days_left <= limit
        and d.state is not DeadlineState.ENDED
    ]


def _deadline_words(deadline: RunningDeadline) -> str:
    left = deadline.days_left or 0
    when = f"还有{left}日届满" if left > 0 else "今日届满" if left == 0 else f"已逾期{-left}日"
    day = deadline.last_day.isoformat() if deadline.last_day else ""
    return f"{deadline.name}期限（至{day}）{when}。"

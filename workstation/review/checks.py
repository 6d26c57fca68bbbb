"""Asking all checks about a case and putting their findings together.

A check is a named reading of the whole case, the relations between its papers that belong to
it, the guards that hang on it asked again, and the deadlines that must have been kept. What a
machine may not decide it leaves to a person.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from workstation.domain.cases import CaseEvent, IssuedDocument
from workstation.procedure import Block
from workstation.review import (
    fact_checks,
    law_checks,
    paper_checks,
    procedure_checks,
    subject_checks,
)
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Check,
    Finding,
    Level,
    Mode,
    Passage,
    Problem,
    Reading,
    RefusedAgain,
    State,
    at_event,
    at_paper,
)

_QUOTED = re.compile("“([^“”]+)”")

READINGS: Mapping[str, Reading] = {
    **subject_checks.READINGS,
    **fact_checks.READINGS,
    **law_checks.READINGS,
    **procedure_checks.READINGS,
    **paper_checks.READINGS,
}


def review(case: CaseUnderReview, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return what comes of every check, in their order."""
    return tuple(_finding(check, case) for check in checks)


def _finding(check: Check, case: CaseUnderReview) -> Finding:
    answer = _answer(check, case)
    again = case.replay.of(check.guards)
    clashing = case.clashes_of(check.id)
    told = {result.relation.guard for result in clashing}
    unsaid = [found for found in again if found.block.guard not in told]
    problems = (
        *answer.problems,
        *(problem for result in clashing for problem in result.clashes),
        *_guard_problems(unsaid, case),
        *_late(check, case),
    )
    problems = _each_once(problems)
    basis = _basis(check, problems)
    released = _released(again)
    if problems:
        return Finding(
            check=check,
            state=State.FAILED,
            level=_gravest(check, problems),
            message="　".join(problem.message for problem in problems),
            fix=problems[0].fix,
            basis=basis,
            problems=problems,
        )
    state, message = _conclusion(check, answer, released)
    return Finding(
        check=check,
        state=state,
        level=check.level,
        message=message,
        fix=f"请人查看：{check.look_at}。" if state is State.FOR_A_PERSON else "",
        basis=basis,
    )


def _answer(check: Check, case: CaseUnderReview) -> Answer:
    reading = READINGS.get(check.id)
    if reading is not None:
        return reading(case)
    asked = case.replay.asked & set(check.guards)
    return Answer(not_applicable="" if asked else "本案还没有办理相关事项")


def _conclusion(check: Check, answer: Answer, released: str) -> tuple[State, str]:
    notes = "".join(answer.notes) + released
    if answer.not_applicable:
        return State.NOT_APPLICABLE, f"{answer.not_applicable}。"
    if answer.open_question:
        return State.FOR_A_PERSON, f"{answer.open_question}{notes}"
    if check.mode in {Mode.PERSON, Mode.PROMPTED}:
        return State.FOR_A_PERSON, notes or "由人审查后作出结论。"
    return State.PASSED, notes


def _guard_problems(again: Iterable[RefusedAgain], case: CaseUnderReview) -> list[Problem]:
    return [_problem(found, case) for found in again if found.set_aside is None]


def _problem(found: RefusedAgain, case: CaseUnderReview) -> Problem:
    event, block = found.event, found.block
    named = _named_in(block.message, event, case)
    return Problem(
        message=block.message,
        fix=block.hint,
        passages=(
            *(_at_words(paper, block.message, case) for paper in named),
            at_event(event),
        ),
        basis=block.basis,
        level=_level(block),
    )


def _named_in(message: str, event: CaseEvent, case: CaseUnderReview) -> Sequence[IssuedDocument]:
    """Return the papers a message names by title and number, else the first it may mean."""
    numbered = [
        p for p in case.file.documents if p.number and f"《{p.title}》{p.number}" in message
    ]
    own = [p for p in case.papers_of(event) if f"《{p.title}》" in message]
    return numbered or [*own, *case.served_with(event, message)][:1]


def _at_words(paper: IssuedDocument, message: str, case: CaseUnderReview) -> Passage:
    """Return the place in a paper of what a message quotes from it, or the paper."""
    said = case.texts.get(paper.id, "")
    quoted = (words for words in _QUOTED.findall(message) if words in said)
    return at_paper(paper, text=next(quoted, ""))


def _level(block: Block) -> Level:
    return Level.BLOCKING if block.hard else Level.WARNING


def _released(again: Iterable[RefusedAgain]) -> str:
    return "".join(
        f"“{found.event.title}”由{found.set_aside.approver}书面放行：{found.set_aside.reason}。"
        for found in again
        if found.set_aside is not None
    )


def _late(check: Check, case: CaseUnderReview) -> list[Problem]:
    return [
        Problem(
            message=f"{clock.name}末日{clock.last_day}，已经逾期。",
            fix="请立即办理并如实记录逾期的原因；逾期的后果依法处理。",
            passages=(Passage(title=clock.name, text=clock.note, step=clock.step),),
            basis=clock.basis,
        )
        for clock in case.deadlines
        if clock.code in check.deadlines and clock.is_late
    ]


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple({problem.message: problem for problem in reversed(tuple(problems))}.values())[
        ::-1
    ]


def _gravest(check: Check, problems: tuple[Problem, ...]) -> Level:
    """Return the gravest level of the problems, never above the check's own."""
    order = list(Level)
    found = min((problem.level or check.level for problem in problems), key=order.index)
    return max(found, check.level, key=order.index)


def _basis(check: Check, problems: tuple[Problem, ...]) -> str:
    own = dict.fromkeys(problem.basis for problem in problems if problem.basis)
    return "；".join(own) or "、".join(str(article) for article in check.basis)

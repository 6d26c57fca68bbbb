"""Guards on the rounds of a review: one at a time, answered, and valid for what was approved."""

from workstation.procedure.case_readings import conclusion_of, text_of
from workstation.procedure.frozen_cases import as_text, frozen_from
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.review_freezes import ReviewChange, voided_by
from workstation.procedure.review_rounds import (
    ReviewRound,
    open_round,
    open_tasks,
    rounds_of,
)
from workstation.procedure.review_stages import BEFORE_NOTICE, ReviewStage
from workstation.procedure.reviewers import reviewer_of
from workstation.procedure.rules import ProcedureRules

_NAMED = 3


def stage_is_known(question: GuardQuestion) -> Refusal | None:
    """A case is put under review at one of the bureau's stages."""
    stated = text_of(question.event.data.get("stage"))
    names = [stage.name for stage in question.rules.stages]
    if not stated or stated in names:
        return None
    return Refusal(
        message=f"没有名为“{stated}”的审核环节。", hint=f"审核环节有：{'、'.join(names)}。"
    )


def one_round_at_a_time(question: GuardQuestion) -> Refusal | None:
    """A case that waits for a reviewer is not handed in again."""
    waiting = open_round(question.case_file)
    if waiting is None:
        return None
    return Refusal(
        message=f"第{waiting.number}轮审核（{waiting.stage}）尚未作出意见，不能再次送审。",
        hint="请等审核人员作出意见；需要撤回的，请审核人员退回后再送。",
    )


def tasks_are_answered(question: GuardQuestion) -> Refusal | None:
    """What a reviewer sent back is answered before the case is handed in again."""
    pending = open_tasks(question.case_file)
    if not pending:
        return None
    named = "；".join(task.what for task in pending[:_NAMED])
    return Refusal(
        message=f"上一轮审核退回的{len(pending)}项任务还没有答复：{named}。",
        hint="请逐项办理并写明办理情况；不采纳的，写明理由后再送审。",
    )


def round_is_open(question: GuardQuestion) -> Refusal | None:
    """A reviewer takes and concludes what was handed in and is not concluded yet."""
    rounds = rounds_of(question.case_file)
    if not rounds or rounds[-1].is_open:
        return None
    last = rounds[-1]
    return Refusal(
        message=f"第{last.number}轮审核已经作出意见“{last.opinion}”，没有待审的送审。",
        hint="意见不能改写；需要重新审核的，请承办机构再次送审（D39）。",
    )


def taken_by_this_reviewer(question: GuardQuestion) -> Refusal | None:
    """Who took a round concludes it; another takes it over first."""
    waiting = open_round(question.case_file)
    if waiting is None or waiting.taken is None:
        return None
    name = reviewer_of(question.event)
    if not name or name == waiting.reviewer:
        return None
    return Refusal(
        message=f"第{waiting.number}轮审核由{waiting.reviewer}收件审查，{name}不能签署意见。",
        hint=f"请由{waiting.reviewer}签署；改由{name}审核的，先由其收件。",
    )


def task_is_open(question: GuardQuestion) -> Refusal | None:
    """An answer belongs to a task that waits for one, and says something."""
    if question.preview:
        pending = open_tasks(question.case_file)
        return None if pending else Refusal(message="没有待答复的审核任务。", hint="无须办理。")
    wanted = text_of(question.event.data.get("task"))
    known = [task for task in open_tasks(question.case_file) if task.id == wanted]
    if known:
        return None
    names = "、".join(task.id for task in open_tasks(question.case_file)) or "没有"
    return Refusal(message=f"没有编号为“{wanted}”的待答复任务。", hint=f"待答复的任务：{names}。")


def returned_with_tasks(question: GuardQuestion) -> Refusal | None:
    """What goes back says what is to be done (行政处罚法§58: 提出意见)."""
    opinion = conclusion_of(question.event)
    if question.preview or opinion != "退回补充调查":
        return None
    tasks = question.event.data.get("tasks")
    if tasks is None or (isinstance(tasks, list) and tasks):
        return None
    return Refusal(
        message="退回补充调查，没有列明补充什么。",
        hint="请至少列一项任务：办什么、在哪里、何时前办结。",
    )


def stage_is_reviewed(question: GuardQuestion) -> Refusal | None:
    """Where the bureau set a review, the event waits for its approval (层层审核).

    The round before the notice has a guard of its own.
    """
    for stage in question.rules.stages:
        if stage.name not in question.rules.parameters.review_stages or not stage.gates:
            continue
        if stage.gates[0] != question.event.kind or stage.name == BEFORE_NOTICE:
            continue
        refusal = _not_reviewed(question, stage)
        if refusal is not None:
            return refusal
    return None


def _not_reviewed(question: GuardQuestion, stage: ReviewStage) -> Refusal | None:
    rounds = [r for r in rounds_of(question.case_file) if r.stage == stage.name]
    if not rounds:
        return Refusal(
            message=f"本局规定“{question.event.title}”须经{stage.name}审核，尚未送审。",
            hint=f"请先送{stage.name}审核（D39）并取得审核意见（D40）。",
        )
    if approves(rounds[-1], question.rules):
        return None
    stands = f"审核意见为“{rounds[-1].opinion}”" if rounds[-1].concluded else "尚未作出审核意见"
    return Refusal(
        message=f"{stage.name}审核（第{rounds[-1].number}轮）{stands}，不能办理“{question.event.title}”。",
        hint="请按审核意见办理后再次送审。",
    )


def approves(round_: ReviewRound, rules: ProcedureRules) -> bool:
    """Whether a round ended with an opinion that lets the case go on."""
    return round_.opinion in rules.parameters.agreeing_conclusions


def approval_stands(question: GuardQuestion) -> Refusal | None:
    """An approval holds for what was approved; what changed since is reviewed again (§58)."""
    for stage in question.rules.stages:
        if question.event.kind not in stage.gates:
            continue
        approved = _approval(question, stage)
        if approved is None:
            continue
        changes = voided_by(
            frozen_from(approved.frozen),
            question.case_file,
            stage,
            question.surroundings.drafts,
            question.rules.fact_labels,
        )
        if changes:
            return _voided(approved, changes)
    return None


def _approval(question: GuardQuestion, stage: ReviewStage) -> ReviewRound | None:
    """Return the approval the event rests on: the last of the legal rounds, or of the stage."""
    rounds = [r for r in rounds_of(question.case_file) if r.stage == stage.name or _both(r, stage)]
    last = rounds[-1] if rounds else None
    if last is None or last.stage != stage.name or not approves(last, question.rules):
        return None
    return last


def _both(round_: ReviewRound, stage: ReviewStage) -> bool:
    return round_.is_legal and stage.is_legal


def _voided(approved: ReviewRound, changes: tuple[ReviewChange, ...]) -> Refusal:
    concluded = approved.concluded
    day = in_words(concluded.day) if concluded else ""
    told = "；".join(change.what for change in changes[:_NAMED])
    more = f"等{len(changes)}处" if len(changes) > _NAMED else ""
    return Refusal(
        message=f"第{approved.number}轮审核（{day}，{approved.opinion}）之后，{told}{more}，原意见失效。",
        hint="请就改动的部分再次送法制审核（D39）；或者把改动恢复到审核时的内容。",
    )


def paper_is_as_approved(question: GuardQuestion) -> Refusal | None:
    """A paper is issued as it was approved in draft."""
    rounds = rounds_of(question.case_file)
    if not rounds or not approves(rounds[-1], question.rules):
        return None
    stage = next((s for s in question.rules.stages if s.name == rounds[-1].stage), None)
    if stage is None or question.event.kind not in stage.gates:
        return None
    drafts = frozen_from(rounds[-1].frozen).drafts
    for paper in question.enclosed.papers:
        draft = drafts.get(paper.form)
        for name, value in draft.values.items() if draft else ():
            if value.fixed and as_text(paper.values.get(name)) != value.text:
                return Refusal(
                    message=f"《{paper.title}》的“{value.label}”与第{rounds[-1].number}轮审核通过的草稿不一致。",
                    hint="请按审核通过的内容制发；确需改动的，先再次送法制审核（D39）。",
                )
    return None


GUARDS: dict[str, Guard] = {
    "stage_is_known": stage_is_known,
    "one_round_at_a_time": one_round_at_a_time,
    "tasks_are_answered": tasks_are_answered,
    "round_is_open": round_is_open,
    "taken_by_this_reviewer": taken_by_this_reviewer,
    "task_is_open": task_is_open,
    "returned_with_tasks": returned_with_tasks,
    "stage_is_reviewed": stage_is_reviewed,
    "approval_stands": approval_stands,
    "paper_is_as_approved": paper_is_as_approved,
}

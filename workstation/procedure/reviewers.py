"""Who may review a case: a reviewer of the bureau, qualified and independent of the case."""

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.people import Person, Role
from workstation.procedure.case_readings import investigators, text_of
from workstation.procedure.guard_questions import Refusal


def reviewer_of(event: CaseEvent) -> str:
    """Return who reviewed by an event: the reviewer it names, otherwise who recorded it."""
    return text_of(event.data.get("reviewer")) or event.actor


def unqualified(name: str, person: Person | None) -> Refusal | None:
    """Return why ``name`` is no reviewer of the bureau with the qualification (行政处罚法§58).

    ``person`` is the person of the register called so, None where there is none.
    """
    if person is None or Role.REVIEWER not in person.roles:
        return Refusal(
            message=f"“{name or '（未填）'}”不是本局的法制审核人员。",
            hint="请由法制审核人员签署；驻局律师的意见只作参考，不能代替。",
        )
    if person.qualification:
        return None
    return Refusal(
        message=f"法制审核人员{name}没有登记法律职业资格。",
        hint="初次从事法制审核的应当取得法律职业资格；请登记资格，或登记其2018年前已从事审核的情况。",
    )


def partial(name: str, file: CaseFile) -> Refusal | None:
    """Return why ``name``, who investigated the case, may not review it; None where he did not."""
    if name not in investigators(file):
        return None
    return Refusal(
        message=f"{name}参与了本案调查，不能审核本案。", hint="请改由其他法制审核人员审核。"
    )


def submitted_himself(name: str, file: CaseFile) -> Refusal | None:
    """Return why ``name``, who handed in the case, may not review it (行政处罚法§58)."""
    submitted = file.last("review_submitted")
    if submitted is None or not name or name != submitted.actor:
        return None
    return Refusal(
        message=f"{name}既送审又审核，审核不独立。",
        hint="送审由办案机构负责人办理，审核由另一名法制审核人员签署。",
    )


def refused_as_reviewer(name: str, person: Person | None, file: CaseFile) -> Refusal | None:
    """Return the first reason why ``name`` may not review the case, or None where he may."""
    return unqualified(name, person) or partial(name, file) or submitted_himself(name, file)

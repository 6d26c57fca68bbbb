"""Guards on in whose name and by what title a matter is exercised: delegation, grant."""

from datetime import date

from workstation.domain.authority import Delegation, Grant
from workstation.domain.cases import CaseFile
from workstation.domain.matters import AuthorityKind, Matter
from workstation.procedure.case_readings import text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words


def delegation_in_term(question: GuardQuestion) -> Refusal | None:
    """An entrusted body acts within a written, published agreement in its term (§20)."""
    matter, day = question.matter, question.event.day
    agent = _acting_body(question)
    if matter is None or not agent or not _is_entrusted(question, matter, agent):
        return None
    agreements = [d for d in _of_agent(question, agent) if d.covers(matter)]
    if not agreements:
        return Refusal(
            message=f"没有把事项“{matter.name}”委托给{agent}的委托书。",
            hint="请在“设置 · 委托执法”登记委托书；没有委托的，由本局执法人员直接办理。",
        )
    standing = [d for d in agreements if d.holds_on(day)]
    if not standing:
        return Refusal(
            message=f"对{agent}的委托在{in_words(day)}不在期限内（{_terms(agreements)}）。",
            hint="请续签委托书并公布后再由其办理；期限届满的，由本局执法人员办理。",
        )
    if not any(d.published is not None and d.published <= day for d in standing):
        return Refusal(
            message=f"委托{agent}的委托书（{standing[0].number}）到{in_words(day)}还没有公布。",
            hint="请公布委托书并登记公布日（行政处罚法第二十条第二款）。",
        )
    return None


def acts_in_the_principals_name(question: GuardQuestion) -> Refusal | None:
    """An entrusted body uses the name of the organ that entrusted it (§20), never its own."""
    matter, agent = question.matter, _acting_body(question)
    name = text_of(question.event.data.get("in_name_of"))
    if matter is None or not agent or not name or not _is_entrusted(question, matter, agent):
        return None
    agency = question.surroundings.office.agency.name
    principals = {d.principal for d in _of_agent(question, agent)} or {agency}
    if name in principals:
        return None
    return Refusal(
        message=f"{agent}是受委托组织，不能以“{name}”的名义作出处罚。",
        hint=f"请以委托机关“{'、'.join(sorted(principals))}”的名义作出，落款和印章一并核对。",
    )


def township_within_its_grant(question: GuardQuestion) -> Refusal | None:
    """A township decides in its own name only what was granted to it and published (§24)."""
    matter, body = question.matter, _acting_body(question)
    grants = [g for g in question.surroundings.authorities.grants if g.township == body]
    if matter is None or not body or _is_entrusted(question, matter, body):
        return None
    day = question.event.day
    covering = [g for g in grants if g.covers(matter)]
    if not covering:
        return Refusal(
            message=f"事项“{matter.name}”不在赋权给{body}的清单内。",
            hint="请由本局办理，或者核对赋权清单；赋权与委托不同，委托的请登记委托书。",
        )
    if not any(_stands(grant, day) for grant in covering):
        return Refusal(
            message=f"赋权给{body}的决定在{in_words(day)}没有生效或者没有公布（{_terms(covering)}）。",
            hint="请核对赋权决定的公布日和施行日；已收回的，由本局办理。",
        )
    return None


def _stands(grant: Grant, day: date) -> bool:
    return grant.holds_on(day) and grant.published is not None and grant.published <= day


def _acting_body(question: GuardQuestion) -> str:
    """Return the body that handles the case where it is not the bureau itself."""
    agency = question.surroundings.office.agency.name
    stated = text_of(question.event.data.get("handled_by")) or _stated_before(question.case_file)
    if stated and stated != agency:
        return stated
    matter = question.matter
    return agency if matter and matter.authority is AuthorityKind.DELEGATED else ""


def _stated_before(case_file: CaseFile) -> str:
    filed = case_file.last("case_filed")
    return text_of(filed.data.get("handled_by")) if filed else ""


def _is_entrusted(question: GuardQuestion, matter: Matter, body: str) -> bool:
    """Tell delegation from a grant: an agreement on the matter first, then whether it has any."""
    if any(d.covers(matter) for d in _of_agent(question, body)):
        return True
    grants = question.surroundings.authorities.grants
    return matter.authority is not AuthorityKind.GRANTED and all(
        grant.township != body for grant in grants
    )


def _of_agent(question: GuardQuestion, agent: str) -> list[Delegation]:
    return [d for d in question.surroundings.authorities.delegations if d.agent == agent]


def _terms(found: list[Delegation] | list[Grant]) -> str:
    return "；".join(
        f"{one.number}：{one.valid_from.isoformat()}至"
        f"{one.valid_to.isoformat() if one.valid_to else '今'}"
        for one in found
    )


GUARDS: dict[str, Guard] = {
    "delegation_in_term": delegation_in_term,
    "acts_in_the_principals_name": acts_in_the_principals_name,
    "township_within_its_grant": township_within_its_grant,
}

"""Checks of the body, its officers and the party (主体、当事人)."""

from collections.abc import Mapping
from datetime import date

from workstation.domain.matters import AuthorityKind
from workstation.domain.parties import PartyKind, check_party
from workstation.errors import WorkstationError
from workstation.procedure.case_readings import act_day, age_on, names_of, outcome_of, text_of
from workstation.review.records import (
    Answer,
    CaseUnderReview,
    Passage,
    Problem,
    Reading,
    at_event,
    at_paper,
)

_OFFICERS = 2
_NO_LIABILITY_AGE, _FULL_AGE = 14, 18


def authority_over_the_matter(case: CaseUnderReview) -> Answer:
    """ZT1: a version of the matter covers the day of filing and that of the decision."""
    problems = []
    for event in (case.file.first("case_filed"), case.file.last("decision_made")):
        if event is not None and case.matter_on(event.day) is None:
            code = case.file.case.matter_code
            problems.append(
                Problem(
                    message=f"{event.day.isoformat()}事项清单中没有有效的“{code}”。",
                    fix="请核对事项编码和清单版本；当日无权的，依法移送有管辖权的机关。",
                    passages=(at_event(event),),
                )
            )
    return Answer(problems=tuple(problems))


def delegated_body(case: CaseUnderReview) -> Answer:
    """ZT2: only where the power over the matter is a delegated one."""
    return _only_where(case, AuthorityKind.DELEGATED, "本案不是受委托执法")


def township_body(case: CaseUnderReview) -> Answer:
    """ZT3: only where the power was granted to a township."""
    return _only_where(case, AuthorityKind.GRANTED, "本案不是赋权乡镇（街道）执法")


def _only_where(case: CaseUnderReview, kind: AuthorityKind, why: str) -> Answer:
    matter = case.matter_on(case.day)
    applies = matter is not None and matter.authority is kind
    return Answer(not_applicable="" if applies else why)


def two_officers(case: CaseUnderReview) -> Answer:
    """ZT4: every act and service names two officers with different, valid certificates."""
    acts = [
        (event.day, names_of(event.data.get("officers")), at_event(event))
        for event in case.file.events
        if "officers" in event.data and event.kind != "officers_changed"
    ]
    titles = {d.id: d for d in case.file.documents}
    for delivery in case.file.deliveries:
        paper = titles[delivery.document_id]
        place = at_paper(paper, text=f"送达人：{'、'.join(delivery.officers)}")
        acts.append((delivery.at.date(), delivery.officers, place))
    found = [_officers_problem(case, *act) for act in acts]
    return Answer(
        problems=tuple(problem for problem in found if problem is not None),
        not_applicable="" if acts else "尚未进行须两人实施的执法活动",
    )


def _officers_problem(
    case: CaseUnderReview, day: date, names: tuple[str, ...], place: Passage
) -> Problem | None:
    people = {person.name: person for person in case.surroundings.office.people}
    known = [people[name] for name in names if name in people]
    valid = {p.certificate for p in known if p.holds_certificate_on(day)}
    if len(valid) >= _OFFICERS:
        return None
    return Problem(
        message=f"{place.title}（{day.isoformat()}）持有效执法证件的人员只有{len(valid)}名。",
        fix="请核对实施人员和证件有效期；确不足两人的，该次取证、送达应当依法重新进行。",
        passages=(place,),
    )


def recusal(case: CaseUnderReview) -> Answer:
    """ZT5: the names of the officers beside those of the party's side."""
    party = case.file.case.party
    theirs = {name for name in (party.name, party.representative, party.guardian) if name}
    ours = {person.name for person in case.surroundings.office.people}
    same = sorted(theirs & ours)
    note = (
        f"当事人一方：{'、'.join(sorted(theirs))}；承办人：{'、'.join(case.file.case.officers)}。"
    )
    if not same:
        return Answer(notes=(note, "没有与本局人员同名的情形。"))
    problem = Problem(
        message=f"当事人一方的“{'、'.join(same)}”与本局人员同名。",
        fix="请查明是否同一人或者近亲属；属于的，更换人员并记明回避决定（D08）。",
    )
    return Answer(problems=(problem,), notes=(note,))


def coercion_is_not_delegated(case: CaseUnderReview) -> Answer:
    """ZT6: a body that acts by delegation may not seal or seize."""
    applied = case.file.all_of("coercion_applied")
    problems = []
    for event in applied:
        matter = case.matter_on(event.day)
        if matter is not None and matter.authority is AuthorityKind.DELEGATED:
            problems.append(
                Problem(
                    message="受委托组织实施了行政强制措施。",
                    fix="请立即解除并退还；确需采取的，由有法定职权的机关自行实施。",
                    passages=(at_event(event),),
                )
            )
    why = "" if applied else "本案没有采取行政强制措施"
    return Answer(problems=tuple(problems), not_applicable=why)


def party_is_the_same_throughout(case: CaseUnderReview) -> Answer:
    """DS1: the numbers of the party are right; how papers name it the relations compare."""
    party = case.file.case.party
    problems: list[Problem] = []
    try:
        check_party(party)
    except WorkstationError as error:
        problems.append(Problem(message=error.message, fix=error.hint))
    return Answer(problems=tuple(problems))


def sole_trader(case: CaseUnderReview) -> Answer:
    """DS2: a sole trader is named with trade name and operator."""
    party = case.file.case.party
    if party.kind not in {PartyKind.SOLE_TRADER_NAMED, PartyKind.SOLE_TRADER_UNNAMED}:
        return Answer(not_applicable="当事人不是个体工商户")
    named = party.kind is PartyKind.SOLE_TRADER_NAMED
    if not named or (party.representative and party.representative_number):
        return Answer()
    problem = Problem(
        message=f"个体工商户“{party.name}”没有写全经营者的姓名和公民身份号码。",
        fix="请在案件当事人中补填经营者及其号码，并在文书中注明。",
        passages=(Passage(title="案件当事人", text=party.introduction),),
    )
    return Answer(problems=(problem,))


def age_of_the_party(case: CaseUnderReview) -> Answer:
    """DS3: no penalty under fourteen; under eighteen a lighter one."""
    party, day = case.file.case.party, act_day(case.file.case)
    if not party.is_person:
        return Answer(not_applicable="当事人不是自然人")
    if party.birth_date is None or day is None:
        return Answer(open_question="没有出生日期或者行为日期，不能计算年龄。")
    age = age_on(party.birth_date, day)
    note = f"行为时{age}周岁。"
    decision = case.file.last("decision_made")
    if age >= _FULL_AGE or decision is None or outcome_of(decision) != "处罚":
        return Answer(notes=(note,))
    paper = case.last_paper("D51", "D53")
    lighter = paper is not None and text_of(paper.values.get("leniency")) not in {"", "无"}
    if age >= _NO_LIABILITY_AGE and lighter:
        return Answer(notes=(note,))
    what = "不予处罚" if age < _NO_LIABILITY_AGE else "从轻或者减轻处罚"
    problem = Problem(
        message=f"当事人行为时{age}周岁，应当{what}。",
        fix=f"请依法{what}，并在决定书中写明依据。",
        passages=(at_event(decision),),
    )
    return Answer(problems=(problem,))


def state_of_mind(case: CaseUnderReview) -> Answer:
    """DS4: a question for a person, of natural persons only."""
    return Answer(not_applicable="" if case.file.case.party.is_person else "当事人不是自然人")


def registration(case: CaseUnderReview) -> Answer:
    """DS5: a question for a person, of units only."""
    party = case.file.case.party
    if party.is_person:
        return Answer(not_applicable="当事人是自然人")
    return Answer(notes=(f"{party.name}，{party.number_label}{party.number or '未填'}。",))


READINGS: Mapping[str, Reading] = {
    "ZT1": authority_over_the_matter,
    "ZT2": delegated_body,
    "ZT3": township_body,
    "ZT4": two_officers,
    "ZT5": recusal,
    "ZT6": coercion_is_not_delegated,
    "DS1": party_is_the_same_throughout,
    "DS2": sole_trader,
    "DS3": age_of_the_party,
    "DS4": state_of_mind,
    "DS5": registration,
}

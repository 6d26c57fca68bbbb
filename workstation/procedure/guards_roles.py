"""Guards on who may do what: nobody judges what he investigated, nobody acts in another's name."""

from workstation.domain.matters import AuthorityKind
from workstation.domain.parties import PartyKind
from workstation.procedure.case_readings import investigators, text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.reviewers import reviewer_of, submitted_himself

# Bodies inside a bureau, which act in no name of their own (中队、大队、网格小组).
INNER_BODIES = ("中队", "大队", "支队", "分队", "网格", "小组", "执法所", "科", "室", "股")


def recorder_did_not_investigate(question: GuardQuestion) -> Refusal | None:
    """Who keeps the record of a hearing did not investigate the case (行政处罚法§64)."""
    recorder = text_of(question.event.data.get("recorder"))
    if not recorder or recorder not in investigators(question.case_file):
        return None
    return Refusal(
        message=f"听证记录员{recorder}是本案调查人员。",
        hint="请另行指定非本案调查人员担任记录员。",
    )


def unit_head_does_not_review(question: GuardQuestion) -> Refusal | None:
    """Whoever answers for the investigation does not review it (行政处罚法§58)."""
    return submitted_himself(reviewer_of(question.event), question.case_file)


def bureau_is_the_named_body(question: GuardQuestion) -> Refusal | None:
    """The body the list names is the one in whose name papers go out (行政处罚法§20, §24)."""
    matter = question.matter
    named = matter.implementation.body if matter else ""
    own = question.surroundings.office.agency.name
    if matter is None or not named or named == own:
        return None
    if matter.authority is AuthorityKind.DELEGATED:
        return Refusal(
            message=f"本事项属委托执法，应以委托机关“{named}”的名义处罚，本局落款为“{own}”。",
            hint="受委托组织不得以自己的名义处罚；请以委托机关名义制作文书，或者移送委托机关。",
        )
    return Refusal(
        message=f"权力事项清单写明本事项由“{named}”实施，本局落款为“{own}”。",
        hint="赋权的以被赋权的乡镇、街道名义，其余以清单载明的机关名义；不属本局的移送（D05）。",
    )


def bureau_is_no_inner_body(question: GuardQuestion) -> Refusal | None:
    """A team of the bureau is no subject of law and signs nothing (行政处罚法§17)."""
    name = question.surroundings.office.agency.name
    if not name.endswith(INNER_BODIES):
        return None
    return Refusal(
        message=f"“{name}”是内设机构，不能以自己的名义作出行政行为。",
        hint="请在“设置 · 机关”中填写行政机关的全称；中队、大队只作为办案机构记载。",
    )


def sole_trader_is_named_rightly(question: GuardQuestion) -> Refusal | None:
    """A sole trader with a trade name is named by it and its operator (民诉解释§59)."""
    party = question.case_file.case.party
    if party.kind is not PartyKind.SOLE_TRADER_NAMED:
        return None
    if party.representative and party.representative != party.name:
        return None
    return Refusal(
        message=f"个体工商户“{party.name}”没有注明经营者。",
        hint="有字号的写字号并注明经营者姓名；没有字号的以经营者为当事人。",
    )


GUARDS: dict[str, Guard] = {
    "recorder_did_not_investigate": recorder_did_not_investigate,
    "unit_head_does_not_review": unit_head_does_not_review,
    "bureau_is_the_named_body": bureau_is_the_named_body,
    "bureau_is_no_inner_body": bureau_is_no_inner_body,
    "sole_trader_is_named_rightly": sole_trader_is_named_rightly,
}

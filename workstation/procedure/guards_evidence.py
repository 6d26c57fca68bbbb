"""Guards on evidence: what is noted of each piece, its day, and that somebody judged it."""

from workstation.procedure.case_readings import text_of
from workstation.procedure.evidence_readings import examines_evidence, rejected_evidence
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_NAMED = 3
_BLANK = frozenset({"", "-", "—", "－", "无"})
# Papers that show who the party is: 营业执照, 身份证, 户籍 and the like.
_IDENTITY = ("执照", "身份证", "户籍", "户口", "主体资格", "登记信息", "护照", "信用代码")
# What comes later proves a check or a service, not the facts of the decision.
_AFTER_DECISION = frozenset(
    {"compliance_rechecked", "note_added", "decision_served", "demand_served", "papers_served"}
)


def evidence_is_noted(question: GuardQuestion) -> Refusal | None:
    """Each piece says where it is from, who took it and what it proves (行政处罚法§46)."""
    for piece in question.enclosed.evidence:
        noted = {
            "来源": piece.source,
            "取得人": piece.obtained_by,
            "证明对象": piece.proves,
        }
        lacking = [label for label, text in noted.items() if text.strip() in _BLANK]
        if lacking:
            return Refusal(
                message=f"证据“{piece.name}”没有写明{'、'.join(lacking)}。",
                hint="请补写来源、取得人、取得时间和证明对象；不能说明来源的，不予采信。",
            )
    return None


def evidence_is_obtained_by_then(question: GuardQuestion) -> Refusal | None:
    """No piece is obtained after the event it is registered with (倒签)."""
    for piece in question.enclosed.evidence:
        if piece.obtained_on > question.event.day:
            return Refusal(
                message=(
                    f"证据“{piece.name}”的取得日期{in_words(piece.obtained_on)}晚于"
                    f"“{question.event.title}”的日期{in_words(question.event.day)}。"
                ),
                hint="请核对证据的取得日期；后取得的证据，在取得之日的事项中登记。",
            )
    return None


def evidence_precedes_the_decision(question: GuardQuestion) -> Refusal | None:
    """What is obtained after the decision can't support it (行诉证据规定第六十条)."""
    decision = question.case_file.last("decision_made")
    if decision is None or question.event.kind in _AFTER_DECISION:
        return None
    late = [p for p in question.enclosed.evidence if p.obtained_on > decision.day]
    if not late:
        return None
    return Refusal(
        message=(
            f"证据“{late[0].name}”在决定（{in_words(decision.day)}）之后取得，"
            "不能用来证明处罚决定合法。"
        ),
        hint="只作执行、复查情况留存；复议、诉讼中不得自行取证补强决定。",
    )


def evidence_is_judged(question: GuardQuestion) -> Refusal | None:
    """Every piece is accepted or not before the facts are settled on it (行政处罚法§46)."""
    if question.preview or examines_evidence(question.event):
        return None
    pieces = (*question.case_file.evidence, *question.enclosed.evidence)
    open_ones = [piece for piece in pieces if piece.accepted is None]
    if not open_ones:
        return None
    names = "、".join(f"“{piece.name}”" for piece in open_ones[:_NAMED])
    others = "等" if len(open_ones) > _NAMED else ""
    return Refusal(
        message=f"有{len(open_ones)}件证据还没有写明采信或者不采信：{names}{others}。",
        hint="请逐件审查后勾选“证据已逐件审查”；不采信的写明序号和理由，其余记为采信。",
    )


def rejections_name_pieces(question: GuardQuestion) -> Refusal | None:
    """A piece that is not accepted is named by its number, with the reason."""
    stated = text_of(question.event.data.get("rejected_evidence"))
    if not stated:
        return None
    known = {piece.position for piece in question.case_file.evidence}
    count = len(known)
    known |= set(range(count + 1, count + 1 + len(question.enclosed.evidence)))
    rejected = rejected_evidence(question.event)
    strange = [str(number) for number in rejected if number not in known]
    if rejected and not strange and examines_evidence(question.event):
        return None
    message = f"不采信的证据“{stated}”看不出是哪一件、为什么不采信。"
    if strange:
        message = f"本案没有序号为{'、'.join(strange)}的证据。"
    return Refusal(
        message=message,
        hint="请勾选“证据已逐件审查”，并写作“3：来源不明；5、6：与本案无关”，序号见证据目录。",
    )


def party_identity_is_evidenced(question: GuardQuestion) -> Refusal | None:
    """Somewhere among the evidence is a paper that shows who the party is (门头名≠执照名)."""
    pieces = (*question.case_file.evidence, *question.enclosed.evidence)
    if not pieces or any(word in piece.name for piece in pieces for word in _IDENTITY):
        return None
    return Refusal(
        message="证据中没有当事人的主体资格材料，不能核对名称与证照是否一致。",
        hint="请调取营业执照、身份证明等（D16），名称以证照为准，不以门头、招牌为准。",
    )


def party_is_named_as_licensed(question: GuardQuestion) -> Refusal | None:
    """The party is called what its licence says, not what its sign says (行政处罚法§40)."""
    case = question.case_file.case
    licensed = text_of(case.facts.get("licence_name"))
    if not licensed or licensed == case.party.name:
        return None
    return Refusal(
        message=f"当事人写作“{case.party.name}”，证照上的名称是“{licensed}”。",
        hint="请把当事人更正为证照上的名称；门头、招牌上的名称写在事实里。",
    )


GUARDS: dict[str, Guard] = {
    "evidence_is_noted": evidence_is_noted,
    "evidence_is_obtained_by_then": evidence_is_obtained_by_then,
    "evidence_precedes_the_decision": evidence_precedes_the_decision,
    "evidence_is_judged": evidence_is_judged,
    "rejections_name_pieces": rejections_name_pieces,
    "party_identity_is_evidenced": party_identity_is_evidenced,
    "party_is_named_as_licensed": party_is_named_as_licensed,
}

"""Where a case stands between administrative and criminal procedure (行刑衔接)."""

from enum import StrEnum

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import text_of

APPROVED = "批准移送"
FILED = "立案"
REFUSED = "不予立案"
MATERIALS = (
    "涉嫌犯罪案件移送书",
    "涉嫌犯罪案件情况的调查报告",
    "涉案物品清单",
    "有关检验报告或者鉴定结论",
    "其他有关涉嫌犯罪的材料",
)


class CriminalStage(StrEnum):
    """How far a suspicion of crime has come; the value is shown."""

    NONE = "没有涉嫌犯罪"
    SUSPECTED = "涉嫌犯罪，尚未决定移送"
    DECLINED = "负责人不批准移送"
    APPROVED = "已批准移送，尚未移交"
    MOVED = "已移送，公安机关审查中"
    FILED = "公安机关已立案"
    REFUSED = "公安机关不予立案"
    CONCLUDED = "刑事程序已有结果"


PENDING = frozenset(
    {
        CriminalStage.SUSPECTED,
        CriminalStage.APPROVED,
        CriminalStage.MOVED,
        CriminalStage.FILED,
    }
)
_KINDS = frozenset(
    {
        "crime_considered",
        "transfer_decided",
        "crime_transferred",
        "police_answered",
        "police_refusal_contested",
        "criminal_concluded",
    }
)


def criminal_stage(case_file: CaseFile) -> CriminalStage:
    """Return how far the suspicion of crime has come, from the events."""
    latest = next((e for e in reversed(case_file.events) if e.kind in _KINDS), None)
    return _stage_of(latest) if latest is not None else CriminalStage.NONE


def _stage_of(event: CaseEvent) -> CriminalStage:
    match event.kind:
        case "crime_considered":
            suspected = text_of(event.data.get("conclusion")) != "不涉嫌犯罪"
            return CriminalStage.SUSPECTED if suspected else CriminalStage.NONE
        case "transfer_decided":
            approved = text_of(event.data.get("decision")) == APPROVED
            return CriminalStage.APPROVED if approved else CriminalStage.DECLINED
        case "police_answered":
            filed = text_of(event.data.get("result")) == FILED
            return CriminalStage.FILED if filed else CriminalStage.REFUSED
        case "criminal_concluded":
            return CriminalStage.CONCLUDED
    return CriminalStage.MOVED


def answer_of_police(case_file: CaseFile, result: str) -> CaseEvent | None:
    """Return the latest decision of the police with this result, or None."""
    answers = case_file.all_of("police_answered")
    return next((a for a in reversed(answers) if text_of(a.data.get("result")) == result), None)

"""How closed cases are grouped for a draw, and who had a part in a case."""

from collections.abc import Mapping

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import PENALTY, money, names_of, text_of
from workstation.review.appraisal_samples import Candidate
from workstation.review.appraisal_standards import Standard
from workstation.storage.records import ClosedCase

GROUPINGS = ("程序", "领域", "承办人")
_BY_EVENT = {
    "case_withdrawn": "撤销立案",
    "summary_procedure_chosen": "简易程序",
}
_NAMED = ("officers", "reviewer", "host", "recorder", "heads", "attending", "approver", "before")
_PARTS = {"reviewer": "法制审核", "host": "主持听证", "officers": "承办", "before": "承办"}


def candidate_of(
    case: ClosedCase, by: str, fields: Mapping[str, str], standard: Standard
) -> Candidate:
    """Return a closed case as it stands in a draw; ``fields`` are those of the matters by code."""
    group = {
        "程序": _procedure(case),
        "领域": fields.get(case.matter_code, "未登记领域"),
        "承办人": next(iter(case.officers), "未登记承办人"),
    }[by]
    return Candidate(case_id=case.case_id, group=group, always=_always(case, standard))


def _procedure(case: ClosedCase) -> str:
    named = next((name for kind, name in _BY_EVENT.items() if kind in case.kinds), "")
    outcome = text_of(case.decision.get("outcome")) or PENALTY
    return named or ("普通程序" if outcome == PENALTY else outcome)


def _always(case: ClosedCase, standard: Standard) -> str:
    """Return why a case is appraised whatever is drawn, or nothing."""
    reasons = [_REASONS.get(kind, kind) for kind in sorted(case.kinds & standard.always)]
    fine = money(case.decision.get("fine"))
    if standard.fine_at_least is not None and fine is not None and fine >= standard.fine_at_least:
        reasons.append(f"罚款{fine:,.0f}元")
    return "、".join(reasons)


_REASONS = {
    "hearing_held": "举行听证",
    "reconsideration_received": "行政复议",
    "lawsuit_received": "行政诉讼",
    "case_withdrawn": "撤销立案",
}


def involved_in(file: CaseFile) -> dict[str, str]:
    """Return everybody who had a part in a case and which: officers, reviewer, host, approvers."""
    found = dict.fromkeys(file.case.officers, "承办")
    for event in file.events:
        if event.actor:
            found.setdefault(event.actor, event.title)
        for key in _NAMED:
            for name in names_of(event.data.get(key)):
                found.setdefault(name, _PARTS.get(key, event.title))
    return found

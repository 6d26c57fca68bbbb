"""Capsules and remarks as the command line prints them."""

from typing import Any

from workstation.domain.capsules import Capsule, Remark, ReplyItem, Subject


def capsule_json(capsule: Capsule) -> dict[str, Any]:
    """Return a capsule that was made."""
    return {
        "seal": capsule.seal,
        "recipient": capsule.recipient,
        "made_by": capsule.made_by,
        "made_at": capsule.made_at.isoformat(),
        "chosen": list(capsule.chosen),
        "reason": capsule.reason,
        "masked": capsule.masked,
        "file": capsule.file,
    }


def subject_json(subject: Subject) -> dict[str, Any]:
    """Return every remark on one check, field or page."""
    decision = subject.decision
    return {
        "subject": subject.key,
        "label": subject.label,
        "conflict": subject.is_conflict,
        "open": subject.is_open,
        "remarks": [_remark_json(remark) for remark in subject.remarks],
        "decision": decision
        and {
            "conclusion": decision.conclusion.value,
            "reason": decision.reason,
            "person": decision.person,
            "decided_at": decision.decided_at.isoformat(timespec="seconds"),
        },
    }


def _remark_json(remark: Remark) -> dict[str, Any]:
    content = {"author": remark.author, "firm": remark.firm, **_item_json(remark.item)}
    return content | {"earlier": [_item_json(item) for item in remark.earlier]}


def _item_json(item: ReplyItem) -> dict[str, Any]:
    return {
        "document": item.document,
        "page": item.page or None,
        "conclusion": item.conclusion.value,
        "text": item.text,
        "written_at": item.written_at,
    }

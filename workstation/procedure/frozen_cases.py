"""A case as a review saw it, kept in the event of the round so that it can be compared later."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.evidence import Evidence
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.domain.intake import intake_label, party_values

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A case as a review saw it.

    ``papers`` gives the digest (SHA-256 of the .docx) by key, ``values`` the facts by path,
    ``printed`` by path the papers of the stage that print it, ``evidence`` by position what it
    says, ``last`` the position of the last event before.
    """

    papers: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, FrozenDraft] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    last: int = 0

    def as_json(self) -> dict[str, JsonValue]:
        """Return the freeze as it is kept in its event."""
        return {
            "papers": dict(self.papers),
            "drafts": {
                key: {
                    "title": draft.title,
                    "values": {name: asdict(value) for name, value in draft.values.items()},
                }
                for key, draft in self.drafts.items()
            },
            "values": dict(self.values),
            "printed": {path: list(keys) for path, keys in self.printed.items()},
            "evidence": dict(self.evidence),
            "last": self.last,
        }


def frozen_from(kept: Mapping[str, JsonValue]) -> Frozen:
    """Read what an event keeps; what is not there is empty."""
    last = kept.get("last")
    return Frozen(
        papers=_texts(kept.get("papers")),
        drafts={key: _draft(value) for key, value in _table(kept.get("drafts")).items()},
        values=_texts(kept.get("values")),
        printed={
            path: tuple(map(str, keys)) if isinstance(keys, list) else ()
            for path, keys in _table(kept.get("printed")).items()
        },
        evidence=_texts(kept.get("evidence")),
        last=last if isinstance(last, int) else 0,
    )


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def _texts(value: JsonValue) -> dict[str, str]:
    return {key: str(text) for key, text in _table(value).items()}


def _draft(value: JsonValue) -> FrozenDraft:
    row = _table(value)
    return FrozenDraft(
        title=str(row.get("title", "")),
        values={
            name: DraftValue(
                label=str(_table(kept).get("label", name)),
                text=str(_table(kept).get("text", "")),
                fixed=_table(kept).get("fixed") is True,
            )
            for name, kept in _table(row.get("values")).items()
        },
    )


def as_seen(file: CaseFile) -> Frozen:
    """Return what a case holds without its drafts."""
    return Frozen(
        papers={d.key: d.docx_sha256 for d in file.documents},
        values=record_values(file),
        evidence={str(piece.position): _said(piece) for piece in file.evidence},
        last=max((event.position for event in file.events), default=0),
    )


def record_values(file: CaseFile) -> dict[str, str]:
    """Return the facts of a case that papers print, by the path at which forms find them.

    ``涉嫌`` in the title falls with the decision and is no change.
    """
    case = file.case
    facts = {f"case.facts.{name}": str(value) for name, value in case.facts.items()}
    return {
        "case.title": case.title.replace("涉嫌", "", 1),
        "case.cause": case.cause,
        "case.summary": case.summary,
        "officers": "、".join(case.officers),
        **facts,
        **party_values(case.party),
    }


def value_label(path: str, facts: Mapping[str, str]) -> str:
    """Return what a recorded value is called; ``facts`` names the facts of the act by key."""
    return "承办人" if path == "officers" else intake_label(path, facts)


def as_text(value: JsonValue) -> str:
    """Return a value of a paper as it is compared: lists joined, nothing as empty."""
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "\n".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{as_text(item)}" for key, item in value.items())
    return "是" if value is True else _number_or_text(str(value))


def _number_or_text(text: str) -> str:
    """Return 110000.00 and 110000 alike; an amount is kept now as a number, now as text."""
    if not _NUMBER.fullmatch(text) or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def _said(piece: Evidence) -> str:
    told = (
        piece.name,
        piece.kind.value,
        piece.source,
        piece.obtained_by,
        piece.obtained_on.isoformat(),
        piece.proves,
        str(piece.pages),
        piece.sha256,
        str(piece.accepted),
        piece.reason,
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()

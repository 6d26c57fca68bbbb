"""Case capsules that left the office, the lawyers' replies, and what was decided of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReplyKind(StrEnum):
    """What an item of a reply is about; the value is in the reply file."""

    CHECK = "check"
    FIELD = "field"
    PAGE = "page"


class Opinion(StrEnum):
    """A lawyer's conclusion on a check or a field; the value is shown and in the reply file."""

    PASSED = "符合"
    FAILED = "不符合"
    NOT_APPLICABLE = "不适用"
    COMMENT = "仅作说明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capsule:
    """One capsule as it was made; ``seal`` names it.

    ``chosen`` lists, in words, every thing beyond the main volume that was let out, with
    ``reason``; ``left_out`` what of the case is not in it. ``masked`` says that personal data
    were taken out.
    """

    seal: str
    case_id: str
    recipient: str
    chosen: tuple[str, ...]
    left_out: tuple[str, ...]
    reason: str
    masked: bool
    file: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyItem:
    """One remark of a lawyer; ``id`` stays the same while he rewrites it.

    ``target`` is the check (CX5) or the field; ``page`` counts from 1 within ``document``, 0
    where the remark is about no page.
    """

    id: str
    kind: ReplyKind
    target: str
    label: str
    document: str
    page: int
    conclusion: Opinion
    text: str
    written_at: str

    @property
    def subject(self) -> str:
        """What it is about: remarks of several people on one subject stand side by side."""
        if self.kind is ReplyKind.CHECK:
            return f"check/{self.target}"
        place = self.target if self.kind is ReplyKind.FIELD else str(self.page)
        return f"{self.kind.value}/{self.document}/{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapsuleReply:
    """One reply file as it was taken in; ``digest`` is that of its content.

    ``signature`` holds the strokes of the name drawn by hand, as SVG path data.
    """

    digest: str
    seal: str
    case_id: str
    author: str
    licence: str
    firm: str
    statement: str
    signature: str
    signed_at: str
    items: tuple[ReplyItem, ...]
    received_by: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectDecision:
    """What a person of the office decided on a subject of the replies; the latest counts."""

    case_id: str
    subject: str
    conclusion: Opinion
    reason: str
    person: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One person's present remark on a subject; ``earlier`` are his former wordings."""

    author: str
    firm: str
    item: ReplyItem
    earlier: tuple[ReplyItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Every remark on one check, field or page, and what was decided of it.

    ``after`` tells whether a remark came in after the decision that changes the conclusions.
    """

    key: str
    label: str
    remarks: tuple[Remark, ...]
    decision: SubjectDecision | None = None
    after: bool = False

    @property
    def conclusions(self) -> tuple[Opinion, ...]:
        """The different conclusions, in the order they came; a mere comment is none."""
        told = (remark.item.conclusion for remark in self.remarks)
        return tuple(dict.fromkeys(c for c in told if c is not Opinion.COMMENT))

    @property
    def is_conflict(self) -> bool:
        """Whether people concluded differently."""
        return len(self.conclusions) > 1

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide between them."""
        return self.is_conflict and (self.decision is None or self.after)


def subjects_of(
    replies: Iterable[CapsuleReply], decisions: Iterable[SubjectDecision]
) -> tuple[Subject, ...]:
    """Return the remarks of all replies by subject; nothing that anybody wrote is left out.

    Of one person's wordings of the same remark (same ``id``) the one written last stands, the
    others follow as ``earlier``. A decision stands until a reply that came in later changes
    what is concluded.
    """
    wordings: dict[str, dict[tuple[str, str], list[tuple[ReplyItem, CapsuleReply]]]] = {}
    for reply in replies:
        for item in reply.items:
            mine = wordings.setdefault(item.subject, {}).setdefault((reply.author, item.id), [])
            if all(item != known for known, _ in mine):
                mine.append((item, reply))
    latest = {decision.subject: decision for decision in decisions}
    return tuple(_subject(key, people, latest.get(key)) for key, people in wordings.items())


def _subject(
    key: str,
    people: dict[tuple[str, str], list[tuple[ReplyItem, CapsuleReply]]],
    decision: SubjectDecision | None,
) -> Subject:
    remarks, before = [], []
    for (author, _), found in people.items():
        found.sort(key=lambda pair: (pair[0].written_at, pair[1].received_at))
        item, reply = found[-1]
        earlier = tuple(old for old, _ in found[:-1])
        remarks.append(Remark(author=author, firm=reply.firm, item=item, earlier=earlier))
        if decision is not None:
            known = [i for i, r in found if r.received_at <= decision.decided_at]
            before += [known[-1].conclusion] if known else []
    subject = Subject(
        key=key, label=remarks[0].item.label, remarks=tuple(remarks), decision=decision
    )
    if decision is None or set(subject.conclusions) <= set(before):
        return subject
    return Subject(
        key=key, label=subject.label, remarks=subject.remarks, decision=decision, after=True
    )

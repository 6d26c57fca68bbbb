"""What a review froze: the papers, drafts, facts and evidence it saw, and what changed since.

A freeze is written into the event of the round, so that two rounds can be compared on any later
day. An approval holds only for what was approved: a changed paper, or a changed fact that an
approved paper prints, voids it until the case is reviewed again.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum

from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.domain.evidence import Evidence
from workstation.domain.fact_labels import FACT_LABELS
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.domain.parties import Party
from workstation.procedure.review_rounds import ReviewRound
from workstation.procedure.review_stages import ReviewStage

_LONGEST = 60
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PARTY_LABELS = {
    "kind": "当事人类型",
    "name": "当事人名称",
    "number": "当事人证照号码",
    "address": "当事人地址",
    "phone": "当事人电话",
    "representative": "法定代表人（负责人、经营者）",
    "representative_title": "负责人职务",
    "representative_number": "负责人证件号码",
    "gender": "当事人性别",
    "birth_date": "当事人出生日期",
    "guardian": "监护人",
    "registration_number": "注册号",
    "description": "当事人情况",
}


class ChangeKind(StrEnum):
    """What changed; the value is shown."""

    EVENT = "办理事项"
    PAPER = "文书"
    DRAFT = "拟制文书"
    FACT = "案件事实"
    EVIDENCE = "证据"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewChange:
    """One thing that is not as it was; ``before`` and ``after`` are empty where nothing stood.

    ``document`` and ``field`` say where it is seen, ``voids`` that an approval falls with it.
    """

    kind: ChangeKind
    name: str
    what: str
    before: str = ""
    after: str = ""
    document: str = ""
    field: str = ""
    voids: bool = False

    def as_json(self) -> dict[str, JsonValue]:
        """Return the change as the command line prints it."""
        return {**asdict(self), "kind": self.kind.value}


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


def after_round(round_: ReviewRound, file: CaseFile) -> Frozen:
    """Return what a round froze with the round's own papers and events, which are no changes."""
    frozen = frozen_from(round_.frozen)
    own = {event.position for event in (round_.submitted, round_.concluded) if event is not None}
    papers = {d.key: d.docx_sha256 for d in file.documents if d.event_position in own}
    return replace(frozen, papers={**frozen.papers, **papers}, last=max(own))


def record_values(file: CaseFile) -> dict[str, str]:
    """Return the facts of a case that papers print, by the path at which forms find them.

    ``涉嫌`` in the title falls with the decision and is no change.
    """
    case = file.case
    facts = {f"case.facts.{name}": str(value) for name, value in case.facts.items()}
    party = {f"party.{f.name}": str(getattr(case.party, f.name) or "") for f in fields(Party)}
    return {
        "case.title": case.title.replace("涉嫌", "", 1),
        "case.cause": case.cause,
        "case.summary": case.summary,
        "officers": "、".join(case.officers),
        **facts,
        **party,
    }


def value_label(path: str) -> str:
    """Return what a fact is called."""
    root, _, name = path.partition(".")
    if root == "party":
        return _PARTY_LABELS.get(name, name)
    known = {"case.title": "案件名称", "case.cause": "案由", "case.summary": "案情摘要"}
    fact = path.removeprefix("case.facts.")
    return known.get(path) or ("承办人" if path == "officers" else FACT_LABELS.get(fact, fact))


def changes_between(
    then: Frozen, now: Frozen, file: CaseFile, stage: ReviewStage | None
) -> tuple[ReviewChange, ...]:
    """Return what is other in ``now`` than in ``then``; what voids an approval comes first.

    Args:
        then: what an earlier round froze.
        now: what is there, or what a later round froze; drafts that it does not hold count as
            discarded unless their paper was issued.
        file: the case, for the titles of papers, events and evidence.
        stage: the stage ``then`` was frozen at; None where nothing was approved.
    """
    found = [
        *_papers(then, now, file, stage),
        *_drafts(then, now, file, stage),
        *_values(then, now, stage),
        *_evidence(then, now, file),
        *_events(then, now, file),
    ]
    return tuple(sorted(found, key=lambda change: not change.voids))


def voided_by(
    then: Frozen, file: CaseFile, stage: ReviewStage, drafts: Mapping[str, FrozenDraft] | None
) -> tuple[ReviewChange, ...]:
    """Return what voids the approval of ``then``; nothing where it stands.

    ``drafts`` is None where the case is looked at as of another day: drafts and facts have no
    past of their own, so then only its papers are compared.
    """
    if drafts is None:
        found = list(_papers(then, as_seen(file), file, stage))
    else:
        seen = as_seen(file)
        now = Frozen(papers=seen.papers, drafts=drafts, values=seen.values)
        found = [
            *_papers(then, now, file, stage),
            *_drafts(then, now, file, stage),
            *_values(then, now, stage),
        ]
    return tuple(change for change in found if change.voids)


def _papers(
    then: Frozen, now: Frozen, file: CaseFile, stage: ReviewStage | None
) -> Iterator[ReviewChange]:
    fixed = frozenset(stage.papers) if stage else frozenset()
    reviewed = {key.partition("-")[0] for key in then.papers}
    known = {document.key: document for document in file.documents}
    for key, digest in now.papers.items():
        document = known.get(key)
        title = f"《{document.title}》（{key}）" if document else key
        if key not in then.papers:
            form = key.partition("-")[0]
            again = form in fixed and form in reviewed
            what = f"审核后另行制发了{title}" if again else f"新制发{title}"
            yield ReviewChange(
                kind=ChangeKind.PAPER, name=title, what=what, document=key, voids=again
            )
        elif then.papers[key] != digest:
            yield ReviewChange(
                kind=ChangeKind.PAPER,
                name=title,
                what=f"{title}的内容与审核时不一致",
                before=then.papers[key][:12],
                after=digest[:12],
                document=key,
                voids=stage is not None,
            )


def _drafts(
    then: Frozen, now: Frozen, file: CaseFile, stage: ReviewStage | None
) -> Iterator[ReviewChange]:
    issued = {document.key: document for document in file.documents}
    for key, draft in then.drafts.items():
        if key in now.papers and key not in then.papers and key in issued:
            yield from _issued_otherwise(key, draft, issued[key], stage)
        elif key not in now.drafts and key not in now.papers:
            yield _changed_draft(key, draft, stage, "已删除")
        elif key in now.drafts:
            yield from _edited(key, draft, now.drafts[key], stage)
    for key in now.drafts.keys() - then.drafts.keys():
        title = now.drafts[key].title
        yield ReviewChange(
            kind=ChangeKind.DRAFT,
            name=f"《{title}》（{key}）",
            what=f"新拟制《{title}》（{key}）",
            document=key,
        )


def _issued_otherwise(
    key: str, draft: FrozenDraft, document: IssuedDocument, stage: ReviewStage | None
) -> Iterator[ReviewChange]:
    for name, value in draft.values.items():
        text = as_text(document.values.get(name))
        if value.fixed and text != value.text:
            yield _changed_field(key, draft, stage, name, (value, text))


def _edited(
    key: str, draft: FrozenDraft, now: FrozenDraft, stage: ReviewStage | None
) -> Iterator[ReviewChange]:
    nothing = DraftValue(label="", text="", fixed=False)
    for name in dict.fromkeys([*draft.values, *now.values]):
        before, after = draft.values.get(name, nothing), now.values.get(name, nothing)
        if (before.fixed or after.fixed) and before.text != after.text:
            labelled = replace(before, label=before.label or after.label or name)
            yield _changed_field(key, draft, stage, name, (labelled, after.text))


def _changed_field(
    key: str,
    draft: FrozenDraft,
    stage: ReviewStage | None,
    name: str,
    texts: tuple[DraftValue, str],
) -> ReviewChange:
    before, after = texts
    whole = _changed_draft(key, draft, stage, f"的“{before.label}”改了")
    return replace(whole, field=name, before=_short(before.text), after=_short(after))


def _changed_draft(
    key: str, draft: FrozenDraft, stage: ReviewStage | None, what: str
) -> ReviewChange:
    title = f"《{draft.title}》（{key}）"
    return ReviewChange(
        kind=ChangeKind.DRAFT,
        name=title,
        what=f"拟制的{title}{what}",
        document=key,
        voids=stage is not None,
    )


def _values(then: Frozen, now: Frozen, stage: ReviewStage | None) -> Iterator[ReviewChange]:
    for path in dict.fromkeys([*then.values, *now.values]):
        before, after = then.values.get(path, ""), now.values.get(path, "")
        if before == after or not then.values:
            continue
        printed = then.printed.get(path, ())
        label = value_label(path)
        where = f"，{'、'.join(printed)}印有此项" if printed else ""
        yield ReviewChange(
            kind=ChangeKind.FACT,
            name=label,
            what=f"{label}改了{where}",
            before=_short(before),
            after=_short(after),
            document=printed[0] if printed else "",
            field=path,
            voids=stage is not None and bool(printed),
        )


def _evidence(then: Frozen, now: Frozen, file: CaseFile) -> Iterator[ReviewChange]:
    pieces = {str(piece.position): piece for piece in file.evidence}
    for position, said in now.evidence.items():
        if then.evidence.get(position) == said or position not in pieces:
            continue
        name = f"证据{position}“{pieces[position].name}”"
        new = position not in then.evidence
        yield ReviewChange(
            kind=ChangeKind.EVIDENCE,
            name=name,
            what=f"新增{name}" if new else f"{name}的登记或者采信情况改了",
        )


def _events(then: Frozen, now: Frozen, file: CaseFile) -> Iterator[ReviewChange]:
    for event in file.events:
        if then.last < event.position <= now.last:
            yield ReviewChange(
                kind=ChangeKind.EVENT,
                name=event.title,
                what=f"{event.day.isoformat()} {event.title}",
                after=event.actor,
            )


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


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


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

"""What a review froze: the papers, drafts, facts and evidence it saw, and what changed since.

A freeze is written into the event of the round, so that two rounds can be compared on any later
day. An approval holds only for what was approved: a changed paper, or a changed fact that an
approved paper prints, voids it until the case is reviewed again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.procedure.frozen_cases import (
    Frozen,
    as_seen,
    as_text,
    frozen_from,
    value_label,
)
from workstation.procedure.review_rounds import ReviewRound
from workstation.procedure.review_stages import ReviewStage

_LONGEST = 60


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


def after_round(round_: ReviewRound, file: CaseFile) -> Frozen:
    """Return what a round froze with the round's own papers and events, which are no changes."""
    frozen = frozen_from(round_.frozen)
    own = {event.position for event in (round_.submitted, round_.concluded) if event is not None}
    papers = {d.key: d.docx_sha256 for d in file.documents if d.event_position in own}
    return replace(frozen, papers={**frozen.papers, **papers}, last=max(own))


def changes_between(
    then: Frozen,
    now: Frozen,
    file: CaseFile,
    stage: ReviewStage | None,
    labels: Mapping[str, str],
) -> tuple[ReviewChange, ...]:
    """Return what is other in ``now`` than in ``then``; what voids an approval comes first.

    Args:
        then: what an earlier round froze.
        now: what is there, or what a later round froze; drafts that it does not hold count as
            discarded unless their paper was issued.
        file: the case, for the titles of papers, events and evidence.
        stage: the stage ``then`` was frozen at; None where nothing was approved.
        labels: what the facts of a case are called, by key.
    """
    found = [
        *_papers(then, now, file, stage),
        *_drafts(then, now, file, stage),
        *_values(then, now, stage, labels),
        *_evidence(then, now, file),
        *_events(then, now, file),
    ]
    return tuple(sorted(found, key=lambda change: not change.voids))


def voided_by(
    then: Frozen,
    file: CaseFile,
    stage: ReviewStage,
    drafts: Mapping[str, FrozenDraft] | None,
    labels: Mapping[str, str],
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
            *_values(then, now, stage, labels),
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


def _values(
    then: Frozen, now: Frozen, stage: ReviewStage | None, labels: Mapping[str, str]
) -> Iterator[ReviewChange]:
    for path in dict.fromkeys([*then.values, *now.values]):
        before, after = then.values.get(path, ""), now.values.get(path, "")
        if before == after or not then.values:
            continue
        printed = then.printed.get(path, ())
        label = value_label(path, labels)
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


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

"""Whatever changes of what was approved voids the approval; whatever else happens leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.domain.frozen_drafts import DraftValue, FrozenDraft
from workstation.procedure.frozen_cases import as_seen, frozen_from
from workstation.procedure.review_freezes import voided_by
from workstation.procedure.review_stages import ReviewStage

_STAGE = ReviewStage(
    name="告知前",
    gates=("notice_approved",),
    until="notice_served",
    papers=("D37",),
    proposed=("D41",),
)
_FACTS = ("place", "vehicle", "volume")
_FORMS = ("D12", "D37", "D40")
_FIELDS = ("fine", "facts")
_TEXTS = st.sampled_from(("甲", "乙", "丙"))
_DIGESTS = st.sampled_from(("a" * 64, "b" * 64))


@dataclass(frozen=True)
class _State:
    """What a case holds: digests by form, facts, and the texts of the draft notice."""

    papers: Mapping[str, str]
    facts: Mapping[str, str]
    draft: Mapping[str, str] | None


_STATES = st.builds(
    _State,
    papers=st.fixed_dictionaries(dict.fromkeys(_FORMS, _DIGESTS)),
    facts=st.fixed_dictionaries(dict.fromkeys(_FACTS, _TEXTS)),
    draft=st.one_of(st.none(), st.fixed_dictionaries(dict.fromkeys(_FIELDS, _TEXTS))),
)


def _file(file: CaseFile, state: _State, more: tuple[str, ...] = ()) -> CaseFile:
    papers = [(form, 1, digest) for form, digest in state.papers.items()]
    papers += [(form, 2, "c" * 64) for form in more]
    documents = tuple(
        IssuedDocument(
            id=f"{form}-{occurrence}",
            form=form,
            occurrence=occurrence,
            title=form,
            number="",
            dated=date(2026, 9, 3),
            step=7,
            values={},
            docx_sha256=digest,
            template_sha256="",
            event_position=1,
        )
        for form, occurrence, digest in papers
    )
    case = replace(file.case, facts=dict(state.facts))
    return replace(file, case=case, documents=documents, events=())


def _drafts(state: _State, fixed: frozenset[str]) -> dict[str, FrozenDraft]:
    if state.draft is None:
        return {}
    values = {
        name: DraftValue(label=name, text=text, fixed=name in fixed)
        for name, text in state.draft.items()
    }
    return {"D41": FrozenDraft(title="告知书", values=values)}


@given(
    before=_STATES,
    change=st.tuples(_STATES, st.frozensets(st.sampled_from(("papers", "facts", "draft")))),
    printed=st.frozensets(st.sampled_from(_FACTS)),
    fixed=st.frozensets(st.sampled_from(_FIELDS)),
    more=st.sampled_from(((), ("D12",), ("D37",), ("D12", "D40"))),
)
def test_an_approval_falls_with_every_change_of_what_was_approved_and_with_nothing_else(
    demo_file: CaseFile,
    before: _State,
    change: tuple[_State, frozenset[str]],
    printed: frozenset[str],
    fixed: frozenset[str],
    more: tuple[str, ...],
) -> None:
    after = replace(before, **{part: getattr(change[0], part) for part in change[1]})
    seen = replace(
        as_seen(_file(demo_file, before)),
        drafts=_drafts(before, fixed),
        printed={f"case.facts.{name}": ("D37",) for name in printed},
    )
    kept = frozen_from(seen.as_json())
    differs = {
        "papers": before.papers != after.papers,
        "issued anew": "D37" in more,
        "facts": any(before.facts[name] != after.facts[name] for name in printed),
        "draft": before.draft is not None
        and (
            after.draft is None or any(before.draft[name] != after.draft[name] for name in fixed)
        ),
    }

    now = _file(demo_file, after, more)
    found = voided_by(kept, now, _STAGE, _drafts(after, fixed), {})

    assert bool(found) == any(differs.values()), (differs, [c.what for c in found])


@given(
    state=_STATES,
    printed=st.frozensets(st.sampled_from(_FACTS)),
    fixed=st.frozensets(st.sampled_from(_FIELDS)),
)
def test_an_approval_stands_while_nothing_changes(
    demo_file: CaseFile, state: _State, printed: frozenset[str], fixed: frozenset[str]
) -> None:
    file = _file(demo_file, state)
    seen = replace(
        as_seen(file),
        drafts=_drafts(state, fixed),
        printed={f"case.facts.{name}": ("D37",) for name in printed},
    )

    found = voided_by(frozen_from(seen.as_json()), file, _STAGE, _drafts(state, fixed), {})

    assert found == ()

"""Edited wording of drafts and a case that moved on: what is merged, and what must be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.documents.forms import FieldDefinition, FieldType
from workstation.domain.cases import JsonValue, paper_key, paper_of
from workstation.domain.row_merges import RowMerge, merge_rows
from workstation.domain.text_merges import TextMerge, merge_texts
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.forms import FormOperations
from workstation.storage.database import Database, Unit
from workstation.storage.records import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMerge:
    """A field edited by hand whose value from the case changed since: a text, or rows.

    ``base`` is that value when it was first edited, ``mine`` the edited one, ``theirs`` what the
    case gives today.
    """

    field: str
    label: str
    base: JsonValue
    mine: JsonValue
    theirs: JsonValue
    merge: TextMerge | RowMerge

    def as_json(self) -> dict[str, Any]:
        """Return the merge as the command line prints it; ``merged`` is None in a conflict."""
        conflicts = self.merge.conflicts
        return {
            "field": self.field,
            "label": self.label,
            "base": self.base,
            "mine": self.mine,
            "theirs": self.theirs,
            "merged": None if conflicts else self.merge.with_mine,
            "conflicts": [
                {
                    "number": number,
                    "place": c.place,
                    "base": c.base,
                    "mine": c.mine,
                    "theirs": c.theirs,
                }
                for number, c in enumerate(conflicts, start=1)
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenMerges:
    """The fields whose new wording was taken into a draft."""

    changes: Changes
    merges: tuple[FieldMerge, ...]


class DraftMergeOperations:
    """Every call is one short transaction; issued papers are never touched."""

    def __init__(self, database: Database, forms: FormOperations) -> None:
        self._database = database
        self._forms = forms

    def pending(self, wanted: str, key: str) -> tuple[FieldMerge, ...]:
        """Return the edited fields of a draft for which the case now gives another text.

        Nothing for a paper that is issued: its text is frozen, and its draft stands on it.

        Raises:
            UnknownFormError: there is no such form.
        """
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            draft = self._draft(unit, case_id, key)
        return self._pending(draft) if draft else ()

    def papers(self, wanted: str) -> tuple[str, ...]:
        """Return the keys of the drafts of a case that have something to merge."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            drafts = unit.drafts.of_case(case_id)
            keys = [paper_key(draft.form, draft.occurrence) for draft in drafts]
            issued = {document.key for document in unit.documents.of_case(case_id)}
        return tuple(
            key
            for key, draft in zip(keys, drafts, strict=True)
            if key not in issued and self._pending(draft)
        )

    def take(self, wanted: str, key: str) -> TakenMerges:
        """Take into a draft the new wording of every field that merges without a conflict."""
        clean = tuple(m for m in self.pending(wanted, key) if not m.merge.conflicts)
        changes = self._settle(wanted, key, [(m, m.merge.with_mine) for m in clean])
        return TakenMerges(changes=changes, merges=clean)

    def choose(
        self, wanted: str, key: str, *, mine: Iterable[str] = (), theirs: Iterable[str] = ()
    ) -> Changes:
        """Decide conflicts for one of the two wordings; what does not conflict is merged.

        Args:
            wanted: the id or number of the case.
            key: the paper, as ``D51`` or ``D12-2``.
            mine: what keeps the words edited by hand: a field by name, or one conflict of it by
                its number (``facts:2``).
            theirs: what takes the words of the case, named alike.

        Raises:
            InvalidInputError: a field or a number has nothing to decide, or a field is left with
                conflicts that are not decided. Nothing is written then.
        """
        pending = {merge.field: merge for merge in self.pending(wanted, key)}
        decisions: dict[str, dict[int, bool]] = {}
        for names, own in ((mine, True), (theirs, False)):
            for name in names:
                field, numbers = _conflicts_named(name, pending)
                decisions.setdefault(field, {}).update(dict.fromkeys(numbers, own))
        chosen = [
            (pending[field], pending[field].merge.decided(_in_order(pending[field], decided)))
            for field, decided in decisions.items()
        ]
        return self._settle(wanted, key, chosen)

    def put_back(self, wanted: str, key: str, merges: Iterable[FieldMerge]) -> Changes:
        """Let the fields that were merged read again as they were edited."""
        return self._settle(wanted, key, [(merge, merge.mine) for merge in merges])

    def _draft(self, unit: Unit, case_id: str, key: str) -> Draft | None:
        form_id, occurrence = paper_of(key)
        form = self._forms.catalogue().get(form_id)
        if any(document.key == key for document in unit.documents.of_case(case_id)):
            return None
        return unit.drafts.get(case_id, form.id, occurrence)

    def _pending(self, draft: Draft) -> tuple[FieldMerge, ...]:
        found = []
        for field in self._forms.catalogue().get(draft.form).fields:
            base, mine = draft.bases.get(field.name), draft.values.get(field.name)
            if not isinstance(base, dict) or mine is None:
                continue
            if isinstance(mine, list | dict) and field.type is not FieldType.ROWS:
                continue
            day, before = date.fromisoformat(str(base["day"])), base["text"]
            # As of the day of the edit: a default that prints the day is no change of the case.
            names = frozenset([field.name])
            values = self._forms.default_values(
                draft.case_id, draft.form, draft.values, names, day
            )
            theirs = values.get(field.name, before)
            if theirs not in (before, mine):
                found.append(_merge_of(field, before, mine, theirs))
        return tuple(found)

    def _settle(self, wanted: str, key: str, texts: Sequence[tuple[FieldMerge, Any]]) -> Changes:
        """Write values into a draft; what the case gave them is their base from now on."""
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            draft = self._draft(unit, case_id, key)
            if draft is None or not texts:
                return Changes.of("draft")
            values = dict(draft.values)
            bases = dict(draft.bases)
            for merge, text in texts:
                before = bases.pop(merge.field, None)
                values.pop(merge.field, None)
                if text != merge.theirs and isinstance(before, dict):
                    values[merge.field] = text
                    bases[merge.field] = {**before, "text": merge.theirs}
            place = case_id, draft.form, draft.occurrence
            unit.drafts.put(*place, values, unit.cases.get(case_id).version)
            unit.drafts.put_bases(*place, bases)
        return Changes.of("draft", "/".join(map(str, place)))


def _conflicts_named(name: str, pending: Mapping[str, FieldMerge]) -> tuple[str, tuple[int, ...]]:
    """Return the field of ``facts`` or ``facts:2``, and the numbers of the conflicts it names."""
    field, mark, number = name.partition(":")
    if field not in pending:
        message = f"栏目“{field}”没有待合并的改动。"
        hint = f"待合并的栏目：{'、'.join(pending) or '没有'}。"
        raise InvalidInputError(message, hint=hint)
    numbers = tuple(range(1, len(pending[field].merge.conflicts) + 1))
    if not mark:
        return field, numbers
    if number not in map(str, numbers):
        message = f"“{pending[field].label}”没有第{number}处冲突。"
        raise InvalidInputError(message, hint=f"共{len(numbers)}处，从1数起。")
    return field, (int(number),)


def _in_order(merge: FieldMerge, decided: Mapping[int, bool]) -> list[bool]:
    """Return the decision of every conflict of a field, in order."""
    numbers = range(1, len(merge.merge.conflicts) + 1)
    left = [str(number) for number in numbers if number not in decided]
    if left:
        message = f"“{merge.label}”还有第{'、'.join(left)}处冲突没有选用哪一种。"
        raise InvalidInputError(message, hint="同一栏的各处冲突要一次选完，草稿没有改动。")
    return [decided[number] for number in numbers]


def _merge_of(
    field: FieldDefinition, base: JsonValue, mine: JsonValue, theirs: JsonValue
) -> FieldMerge:
    merge: TextMerge | RowMerge
    if isinstance(base, list) and isinstance(mine, list) and isinstance(theirs, list):
        labels = dict(zip(field.columns, field.column_labels or field.columns, strict=True))
        merge = merge_rows(_rows(base), _rows(mine), _rows(theirs), labels)
    else:
        base, mine, theirs = str(base), str(mine), str(theirs)
        merge = merge_texts(base, mine, theirs)
    return FieldMerge(
        field=field.name, label=field.label, base=base, mine=mine, theirs=theirs, merge=merge
    )


def _rows(value: Sequence[JsonValue]) -> list[Mapping[str, JsonValue]]:
    return [row for row in value if isinstance(row, dict)]

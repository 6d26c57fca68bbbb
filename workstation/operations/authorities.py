"""Delegations (委托), grants to townships (赋权), the 柔性清单: dated and never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workstation.domain.authority import LENIENCY_GROUNDS, LeniencyEntry, leniency_of
from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind, standing
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.storage.database import Database, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryField:
    """What an entry says beside its number and term; ``kind`` is text, words, day or number."""

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()


_MATTERS = EntryField(key="matters", label="事项编码（用“、”分开）", kind="words", required=False)
_FIELDS = EntryField(key="fields", label="整个领域（用“、”分开）", kind="words", required=False)
_PUBLISHED = EntryField(key="published", label="公布日", kind="day", required=False)
ENTRY_FIELDS: Mapping[EntryKind, tuple[EntryField, ...]] = {
    EntryKind.DELEGATION: (
        EntryField(key="principal", label="委托机关"),
        EntryField(key="agent", label="受委托组织"),
        _MATTERS,
        _FIELDS,
        EntryField(key="powers", label="权限"),
        EntryField(key="principal_duties", label="委托机关的责任"),
        EntryField(key="agent_duties", label="受委托组织的责任"),
        _PUBLISHED,
    ),
    EntryKind.GRANT: (
        EntryField(key="township", label="乡镇、街道"),
        _MATTERS,
        _FIELDS,
        _PUBLISHED,
    ),
    EntryKind.LENIENCY: (
        EntryField(key="matter", label="事项编码"),
        EntryField(key="ground", label="法定情形（行政处罚法§33）", choices=LENIENCY_GROUNDS),
        EntryField(key="conditions", label="适用条件"),
        EntryField(key="correction_days", label="改正期限（日）", kind="number", required=False),
        EntryField(key="exclusions", label="排除情形", required=False),
    ),
}
_COVERING = frozenset({EntryKind.DELEGATION, EntryKind.GRANT})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An agreement, grant or 柔性清单 entry to make, with its term and source."""

    kind: EntryKind
    number: str
    content: Mapping[str, JsonValue]
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool
    entered_by: str


class AuthorityOperations:
    """Reading and making entries; every call is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, kind: EntryKind, day: date | None = None) -> tuple[DatedEntry, ...]:
        """Return what stands of a kind, in its term on ``day`` or (None) whatever its term."""
        with self._database.reading() as unit:
            found = standing(unit.dated_entries.of_kind(kind))
        return tuple(entry for entry in found if day is None or entry.holds_on(day))

    def history(self, kind: EntryKind, number: str) -> tuple[DatedEntry, ...]:
        """Return every entry ever made under a number, the oldest first."""
        with self._database.reading() as unit:
            return unit.dated_entries.history(kind, number)

    def leniency_for(self, matter_code: str, day: date) -> tuple[LeniencyEntry, ...]:
        """Return the 柔性清单 entries on a matter that hold on ``day``."""
        found = (leniency_of(entry) for entry in self.entries(EntryKind.LENIENCY, day))
        return tuple(entry for entry in found if entry.matter == matter_code)

    def add(self, new: NewEntry) -> Changes:
        """Make an entry; one of the same number and first day takes the place of the earlier.

        Raises:
            InvalidInputError: something the law wants is missing, a day can't be, or a matter
                stands in no list.
        """
        content = _checked(new)
        with self._database.writing() as unit:
            _check_codes(unit, content)
            entry = _entry(new, content, withdrawn=False)
            unit.dated_entries.add(entry)
            _log(unit, entry)
        return Changes.of("authority", new.number)

    def withdraw(
        self, kind: EntryKind, number: str, valid_from: date, entered_by: str, reason: str
    ) -> Changes:
        """Take an entry back; the history keeps it.

        Raises:
            InvalidInputError: there is none of that first day, or no reason was given.
        """
        if not reason.strip():
            raise InvalidInputError("没有写明撤回的理由。", hint="请写明理由，历史中会一并显示。")
        with self._database.writing() as unit:
            found = standing(unit.dated_entries.history(kind, number))
            old = next((e for e in found if e.valid_from == valid_from), None)
            if old is None:
                message = f"没有自{valid_from.isoformat()}起的{kind.value}“{number}”。"
                raise InvalidInputError(message, hint="请核对文号和起始日。")
            entry = DatedEntry(
                kind=kind,
                key=number,
                content=old.content,
                valid_from=valid_from,
                valid_to=old.valid_to,
                source=reason.strip(),
                verified=old.verified,
                entered_by=entered_by,
                entered_at=_now(),
                withdrawn=True,
            )
            unit.dated_entries.add(entry)
            _log(unit, entry)
        return Changes.of("authority", number)


def entry_json(entry: DatedEntry) -> dict[str, Any]:
    """Return an entry as the command line prints it."""
    return {
        "kind": entry.kind.value,
        "number": entry.key,
        "effective_from": entry.valid_from.isoformat(),
        "effective_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "content": dict(entry.content),
        "source": entry.source,
        "verified": entry.verified,
        "entered_by": entry.entered_by,
        "entered_at": entry.entered_at.isoformat(timespec="minutes"),
    }


def content_from(kind: EntryKind, texts: Mapping[str, str]) -> dict[str, JsonValue]:
    """Read what was typed for an entry of ``kind``; words are parted by 、 or commas.

    Raises:
        InvalidInputError: a field is unknown, or a number or day can't be read.
    """
    known = {entry.key: entry for entry in ENTRY_FIELDS[kind]}
    content: dict[str, JsonValue] = {}
    for key, text in texts.items():
        if key not in known:
            message = f"{kind.value}没有“{key}”这一项。"
            raise InvalidInputError(message, hint=f"可填：{'、'.join(known)}。")
        if text.strip():
            content[key] = _typed(known[key], text.strip())
    return content


def _typed(entry: EntryField, text: str) -> JsonValue:
    if entry.kind == "words":
        return [w for w in text.replace("，", "、").replace(",", "、").split("、") if w.strip()]
    if entry.kind == "number":
        if not text.isdigit():
            message = f"“{entry.label}”应填整数。"
            raise InvalidInputError(message, hint="如 15；没有的留空。")
        return int(text)
    if entry.kind == "day":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            message = f"“{entry.label}”的“{text}”不是日期。"
            raise InvalidInputError(message, hint="请写作 2026-09-21。") from error
    return text


def _checked(new: NewEntry) -> dict[str, JsonValue]:
    content = dict(new.content)
    missing = [e.label for e in ENTRY_FIELDS[new.kind] if e.required and not content.get(e.key)]
    if not new.number.strip():
        missing.insert(0, "编号（文号）")
    if not new.source.strip():
        missing.append("来源文件")
    if not new.entered_by.strip():
        missing.append("登记人")
    if new.kind is EntryKind.DELEGATION and new.valid_to is None:
        missing.append("委托期限的末日")
    if new.kind in _COVERING and not content.get("matters") and not content.get("fields"):
        missing.append("事项编码或者领域")
    if missing:
        message = f"{new.kind.value}没有填写：{'、'.join(missing)}。"
        hint = "委托书应当载明委托的具体事项、权限、期限（行政处罚法第二十条）。"
        raise InvalidInputError(
            message, hint=hint if new.kind is EntryKind.DELEGATION else "请补填后再登记。"
        )
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise InvalidInputError("末日早于起始日。", hint="请核对期限的两个日期。")
    ground = content.get("ground")
    if new.kind is EntryKind.LENIENCY and ground not in LENIENCY_GROUNDS:
        message = f"法定情形“{ground}”不在行政处罚法第三十三条之内。"
        raise InvalidInputError(message, hint=f"请填：{'；'.join(LENIENCY_GROUNDS)}。")
    return content


def _check_codes(unit: Unit, content: Mapping[str, JsonValue]) -> None:
    listed = content.get("matters")
    codes = [str(code) for code in listed] if isinstance(listed, list) else []
    if content.get("matter"):
        codes.append(str(content["matter"]))
    unknown = [code for code in codes if not unit.matters.versions(code)]
    if unknown:
        message = f"事项清单中没有：{'、'.join(unknown)}。"
        raise InvalidInputError(message, hint="请核对编码，或者先导入该事项。")


def _entry(new: NewEntry, content: dict[str, JsonValue], *, withdrawn: bool) -> DatedEntry:
    return DatedEntry(
        kind=new.kind,
        key=new.number.strip(),
        content=content,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        source=new.source.strip(),
        verified=new.verified,
        entered_by=new.entered_by.strip(),
        entered_at=_now(),
        withdrawn=withdrawn,
    )


def _log(unit: Unit, entry: DatedEntry) -> None:
    unit.log.append(
        "authority_withdrawn" if entry.withdrawn else "authority_entered",
        {
            "kind": entry.kind.value,
            "key": entry.key,
            "content": dict(entry.content),
            "valid_from": entry.valid_from.isoformat(),
            "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
            "source": entry.source,
            "by": entry.entered_by,
        },
    )


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)

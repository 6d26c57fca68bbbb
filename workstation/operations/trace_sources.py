"""Saying of one datum of the context who recorded it, when, and with which evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.documents.value_paths import EVENT_MARK
from workstation.domain.cases import CaseEvent, CaseFile
from workstation.domain.intake import CORRECTED, stands_in, table_of
from workstation.operations.contexts import Context, Record
from workstation.operations.printed_values import value_at
from workstation.storage.records import LogEntry

_LEAD = frozenset(
    ["found_at", "received_at", "source", "lead_content", "lead_number", "reporter", "answer_due"]
)
_FILED = frozenset(["number", "serial", "filed_on"])
_CASE_LABELS = {"cause": "案由", "title": "案件名称", "summary": "案情摘要"}
_ROOT_LABELS = {
    "agency": "本机关资料",
    "people": "本机关人员名册",
    "party": "当事人登记",
    "officers": "承办人",
    "evidence": "证据清单",
    "deliveries": "送达登记",
    "deadlines": "期限计算",
    "hearing": "听证标准",
    "document": "本文书的文号、日期",
    "volume": "案卷装订",
    "catalogue": "案卷目录",
}
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceSource:
    """One place a printed value comes from.

    ``at`` is when it happened or was decided, ``recorded_at`` when it was entered (local time);
    ``event`` is the position of the event in the case, 0 for none. ``evidence`` holds the
    positions of the pieces taken in together with it.
    """

    path: str
    label: str
    text: str = ""
    by: str = ""
    at: datetime | None = None
    recorded_at: datetime | None = None
    event: int = 0
    evidence: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """The source in one line for the window."""
        parts = [self.label]
        if self.by:
            parts.append(f"{self.by}记录")
        if self.at is not None:
            parts.append(f"{self.at:%Y-%m-%d %H:%M}")
        if self.recorded_at is not None:
            parts.append(f"录入 {self.recorded_at:%Y-%m-%d %H:%M}")
        return "，".join(parts)


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads where data of a case come from; ``log`` is the log of the case, oldest first.

    ``office_log`` holds the latest rows about the office and its lists of matters.
    """

    record: Record
    context: Context
    log: tuple[LogEntry, ...]
    office_log: tuple[LogEntry, ...] = ()

    @property
    def file(self) -> CaseFile:
        """The case file."""
        return self.record.file

    def value(self, path: str) -> Any:
        """Return what stands at a path; None where nothing does."""
        return value_at(self.context, path)

    def holds(self, path: str) -> bool:
        """Tell whether something stands at a path."""
        if path.startswith("f."):
            return True
        value = self.value(path)
        if isinstance(value, Mapping) and "date" in value:
            return bool(value["date"])
        return value not in (None, "", [], {}, False)

    def source(self, path: str) -> TraceSource:
        """Return who recorded what stands at a path, and when."""
        root, _, rest = path.partition(".")
        readers: Mapping[str, Callable[[str, str], TraceSource]] = {
            "issued": self._of_document,
            "issued_all": self._of_document,
            "case": self._of_case,
            "matter": self._of_matter,
            "agency": self._of_office,
            "people": self._of_office,
            "officers": self._of_officers,
            "party": self._of_party,
            "evidence": self._of_evidence,
            "corrected": self._of_correction,
        }
        if root in readers:
            return readers[root](path, rest)
        label = _ROOT_LABELS.get(root, "案件记录")
        return TraceSource(path=path, label=label, text=self._text(path))

    def typed(self, key: str) -> frozenset[str] | None:
        """Return the fields typed by hand for an issued paper; None where it was not noted."""
        for entry in self.log:
            noted = entry.payload.get("typed")
            if isinstance(noted, dict) and isinstance(names := noted.get(key), list):
                return frozenset(map(str, names))
        return None

    def of_document(self, key: str) -> TraceSource:
        """Return the event an issued paper was made with."""
        document = next(d for d in self.file.documents if d.key == key)
        event = self._event(document.event_position)
        label = f"制发《{document.title}》时填写"
        return self._of_event(f"issued.{document.form}", label, event)

    def _of_document(self, path: str, rest: str) -> TraceSource:
        form, _, name = rest.partition(".")
        document = self.file.document(form)
        if document is None:
            return TraceSource(path=path, label=form)
        definition = self.record.forms.get(form)
        field = definition.field(name)
        number = document.number and f"（{document.number}）"
        label = f"《{document.title}》{number}" + (f"的“{field.label}”" if field else "")
        event = self._event(document.event_position)
        return self._of_event(path, label, event)

    def _of_correction(self, path: str, _rest: str) -> TraceSource:
        return self._of_event(path, "更正文书的登记", self.file.last("document_corrected"))

    def _of_case(self, path: str, rest: str) -> TraceSource:
        name, _, fact = rest.partition(".")
        _, mark, kind = rest.partition(EVENT_MARK)
        if mark:
            found = self.file.last(kind)
            return self._of_event(path, found.title if found else "", found)
        if name == "facts" and fact:
            return self._of_fact(path, fact.partition(".")[0])
        corrected = self._correction(path)
        if corrected is not None:
            return self._of_event(path, corrected.title, corrected)
        if name in _LEAD:
            return self._of_event(path, "案源登记", self.file.first("lead_registered"))
        if name in _FILED and self.file.first("case_filed") is not None:
            return self._of_event(path, "立案", self.file.first("case_filed"))
        return self._of_creation(path, _CASE_LABELS.get(name, "案件登记"))

    def _of_fact(self, path: str, name: str) -> TraceSource:
        for entry in reversed(self.log):
            names = entry.payload.get("facts")
            if isinstance(names, list) and name in names:
                event = self._event(int(str(entry.payload.get("position", 0))))
                title = event.title if event else "案件事实"
                return self._of_event(path, f"案件事实（{title}）", event)
        return self._of_creation(path, "案件事实")

    def _of_creation(self, path: str, label: str) -> TraceSource:
        created = next((entry for entry in self.log if entry.kind == "case_created"), None)
        return TraceSource(
            path=path,
            label=f"{label}（建案时登记）",
            text=self._text(path),
            recorded_at=_local(created),
        )

    def _of_officers(self, path: str, _rest: str) -> TraceSource:
        changed = self.file.last("officers_changed")
        if changed is not None:
            return self._of_event(path, changed.title, changed)
        return self._of_creation(path, _ROOT_LABELS["officers"])

    def _of_party(self, path: str, _rest: str) -> TraceSource:
        label, corrected = _ROOT_LABELS["party"], self._correction(path)
        if corrected is not None:
            return self._of_event(path, f"{label}（{corrected.title}）", corrected)
        return self._of_creation(path, label)

    def _correction(self, path: str) -> CaseEvent | None:
        """Return the correction that last wrote a registered value, or what it is made of."""
        written = (
            event
            for event in reversed(self.file.all_of(CORRECTED))
            if any(stands_in(changed, path) for changed in table_of(event, "changes"))
        )
        return next(written, None)

    def _of_evidence(self, path: str, _rest: str) -> TraceSource:
        pieces = tuple(p.position for p in self.file.evidence if p.accepted is not False)
        return TraceSource(path=path, label=_ROOT_LABELS["evidence"], evidence=pieces)

    def _of_matter(self, path: str, _rest: str) -> TraceSource:
        matter = self.record.matter
        if matter is None:
            return TraceSource(path=path, label="权力事项清单")
        taken = [e for e in self.office_log if e.payload.get("notice") == matter.notice]
        entry = taken[-1] if taken and matter.notice else self._set_up()
        return TraceSource(
            path=path,
            label=f"权力事项清单 {matter.code}（{matter.version}，自{matter.valid_from}起）",
            text=self._text(path),
            by=str(entry.payload.get("by", "")) if entry else "",
            recorded_at=_local(entry),
        )

    def _of_office(self, path: str, _rest: str) -> TraceSource:
        return TraceSource(
            path=path,
            label=_ROOT_LABELS[path.partition(".")[0]],
            text=self._text(path),
            recorded_at=_local(self._set_up()),
        )

    def _set_up(self) -> LogEntry | None:
        found = [entry for entry in self.office_log if entry.kind == "office_set_up"]
        return found[-1] if found else None

    def _of_event(self, path: str, label: str, event: CaseEvent | None) -> TraceSource:
        if event is None:
            return TraceSource(path=path, label=label, text=self._text(path))
        entry = next(
            (
                e
                for e in self.log
                if e.kind == "case_event" and e.payload.get("position") == event.position
            ),
            None,
        )
        pieces = entry.payload.get("evidence") if entry else None
        return TraceSource(
            path=path,
            label=label,
            text=self._text(path),
            by=event.actor,
            at=event.at,
            recorded_at=_local(entry),
            event=event.position,
            evidence=tuple(int(str(p)) for p in pieces) if isinstance(pieces, list) else (),
        )

    def _event(self, position: int) -> CaseEvent | None:
        return next((e for e in self.file.events if e.position == position), None)

    def _text(self, path: str) -> str:
        value = self.value(path)
        if value is None or isinstance(value, Mapping | list):
            return ""
        text = str(value)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _local(entry: LogEntry | None) -> datetime | None:
    """Return when a row was written, on the clock of this desk."""
    return entry.at.astimezone().replace(tzinfo=None, microsecond=0) if entry else None

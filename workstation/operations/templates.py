"""The bureau's own .docx templates: export, check, install, roll back, compare.

Every version stays: its file lies in the content-addressed store under its digest, who put it
in force from which day is a dated entry. A paper keeps the digest of the template it was issued
with, and that file stays too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.docx_package import DamagedDocxError, open_package
from workstation.documents.filling_process import normalised
from workstation.documents.forms import FormDefinition
from workstation.documents.pdf import PdfMetadata, write_pdf
from workstation.documents.template_diff import TextChange, changes_between
from workstation.documents.template_faults import FaultKind, TemplateFault
from workstation.documents.template_lint import glyph_faults
from workstation.domain.cases import IssuedDocument
from workstation.domain.dated_entries import DatedEntry, EntryKind, holding
from workstation.domain.people import Agency
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.papers import PaperMaker, PaperRequest
from workstation.operations.sample_papers import SAMPLE_DAY, sample_context
from workstation.storage.database import Database

_MOST_BYTES = 20 * 1024 * 1024
SHIPPED = 0


class TemplateFaultsError(WorkstationError):
    """A template has faults and was not put in force."""

    code = "template_faults"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCheck:
    """What came of checking a template: its faults, or its pages on sample data."""

    form: FormDefinition
    sha256: str
    faults: tuple[TemplateFault, ...]
    layout: LaidOutDocument | None

    @property
    def is_sound(self) -> bool:
        """Whether it may be put in force."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One version of a form's template; number 0 is the shipped one, its digest is empty.

    ``number`` counts what the office put in force; going back to a version is an entry too, with
    the number of the version it went back to in ``restored``.
    """

    number: int
    sha256: str = ""
    valid_from: date | None = None
    note: str = ""
    entered_by: str = "程序自带"
    entered_at: datetime | None = None
    restored: int | None = None
    in_force: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the version as the command line prints it."""
        return {
            "version": self.number,
            "sha256": self.sha256,
            "valid_from": self.valid_from.isoformat() if self.valid_from else "",
            "source": self.note,
            "entered_by": self.entered_by,
            "entered_at": (
                self.entered_at.isoformat(timespec="minutes") if self.entered_at else ""
            ),
            "restored": self.restored,
            "in_force": self.in_force,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """A template to put in force: from which day, why, by whom."""

    form_id: str
    content: bytes
    file_name: str
    valid_from: date
    note: str
    entered_by: str


class TemplateOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, papers: PaperMaker) -> None:
        self._database = database
        self._papers = papers

    def forms_in_own_hands(self, day: date | None = None) -> Mapping[str, TemplateVersion]:
        """Return by form id what the office uses in place of the shipped template on ``day``."""
        with self._database.reading() as unit:
            keys = dict.fromkeys(e.key for e in unit.dated_entries.of_kind(EntryKind.TEMPLATE))
        found = {key: self._in_force(key, day or date.today()) for key in keys}
        return {key: version for key, version in found.items() if version.sha256}

    def versions(self, form_id: str, day: date | None = None) -> tuple[TemplateVersion, ...]:
        """Return the shipped template and every version put in force, the oldest first.

        Raises:
            UnknownFormError: there is no such form.
        """
        form = self._papers.forms.get(form_id)
        with self._database.reading() as unit:
            entries = unit.dated_entries.history(EntryKind.TEMPLATE, form.id)
        current = next(iter(holding(entries, day or date.today())), None)
        versions = [TemplateVersion(number=SHIPPED, in_force=current is None)]
        versions += [
            _version(number, entry, in_force=entry is current)
            for number, entry in enumerate(entries, start=1)
        ]
        return tuple(versions)

    def _in_force(self, form_id: str, day: date) -> TemplateVersion:
        versions = self.versions(form_id, day)
        return next((v for v in reversed(versions) if v.in_force), versions[0])

    def content(self, form_id: str, number: int | None = None) -> bytes:
        """Return a template as a .docx; ``None`` means the one in force today.

        Raises:
            UnknownFormError, InvalidInputError: there is no such form or version.
        """
        form = self._papers.forms.get(form_id)
        version = self._version(form_id, number)
        if version.sha256:
            return self._database.blobs.read(version.sha256)
        return self._papers.filler.template(replace(form, own_docx=None)).to_bytes()

    def _version(self, form_id: str, number: int | None) -> TemplateVersion:
        if number is None:
            return self._in_force(form_id, date.today())
        versions = self.versions(form_id)
        if not 0 <= number < len(versions):
            message = f"{form_id} 没有第{number}版模板。"
            hint = f"现有第0版（程序自带）至第{len(versions) - 1}版。"
            raise InvalidInputError(message, hint=hint)
        return versions[number]

    def export(self, form_id: str, path: Path, number: int | None = None) -> Path:
        """Write a template to ``path``, or into it when it is a folder; return the file.

        Raises:
            InvalidInputError: there is no such version, or the file can't be written.
        """
        form = self._papers.forms.get(form_id)
        return _write(path, f"{form.id}_{form.title}_模板.docx", self.content(form_id, number))

    def check(self, form_id: str, content: bytes) -> TemplateCheck:
        """Check a template and, where it is sound, lay it out on sample data.

        Raises:
            UnknownFormError: there is no such form.
        """
        form = self._papers.forms.get(form_id)
        try:
            kept = normalised(content)
        except DamagedDocxError as error:
            return _damaged(form, error)
        agency = self._agency()
        context, given = sample_context(form, self._papers.forms, agency)
        try:
            faults = self._papers.filler.lint(form, kept, context)
            faults = faults or glyph_faults(open_package(kept), self._papers.fonts)
            layout = None if faults else self._lay_out(form, kept, given)
        except WorkstationError as error:
            faults, layout = (_fault_of(error),), None
        sha256 = hashlib.sha256(kept).hexdigest()
        return TemplateCheck(form=form, sha256=sha256, faults=faults, layout=layout)

    def _agency(self) -> Agency | None:
        with self._database.reading() as unit:
            return unit.office.get().agency if unit.office.exists() else None

    def _lay_out(
        self, form: FormDefinition, content: bytes, given: Mapping[str, Any]
    ) -> LaidOutDocument:
        own = replace(form, own_docx=content)
        context, _ = sample_context(own, self._papers.forms, self._agency())
        request = PaperRequest(form=own, number="", dated=SAMPLE_DAY, given=given, draft=False)
        paper = self._papers.make_from(context, request)
        return self._papers.lay_out_paper(paper, draft=False)

    def preview(self, form_id: str, number: int | None = None) -> LaidOutDocument:
        """Return a version's pages on sample data.

        Raises:
            InvalidInputError: there is no such version.
            TemplateError, UnsupportedDocxError: it can't be filled or laid out.
        """
        form = self._papers.forms.get(form_id)
        _, given = sample_context(form, self._papers.forms)
        return self._lay_out(form, self.content(form_id, number), given)

    def install(self, new: NewTemplate) -> Changes:
        """Put a template in force from a day on.

        Raises:
            TemplateFaultsError: it has faults; nothing was changed.
            InvalidInputError: no name or note was given, or it is the template in force.
        """
        checked = self.check(new.form_id, new.content)
        if checked.faults:
            first = checked.faults[0]
            count = len(checked.faults)
            message = f"模板有{count}处问题，没有启用。第一处：{first.message}"
            raise TemplateFaultsError(message, hint=first.fix)
        content = {"sha256": checked.sha256, "file": new.file_name}
        entry = _entry(checked.form.id, content, new.valid_from, new.note, new.entered_by)
        self._database.blobs.add_bytes(normalised(new.content))
        return self._add(entry, "template_installed")

    def roll_back(
        self, form_id: str, number: int, *, entered_by: str, note: str, valid_from: date
    ) -> Changes:
        """Put an earlier version in force again; 0 is the shipped template.

        Raises:
            InvalidInputError: there is no such version, or it is in force; no name or note.
        """
        version = self._version(form_id, number)
        if version.in_force:
            message = f"第{number}版正在使用，不需要恢复。"
            raise InvalidInputError(message, hint="请选择另一个版本。")
        content = {"sha256": version.sha256, "restored": number}
        entry = _entry(form_id, content, valid_from, note, entered_by)
        return self._add(entry, "template_restored")

    def _add(self, entry: DatedEntry, kind: str) -> Changes:
        if not entry.entered_by or not entry.source:
            message = "没有写明由谁修改、为什么修改模板。"
            raise InvalidInputError(message, hint="请填写登记人和修改说明，版本记录会一并保存。")
        with self._database.writing() as unit:
            unit.dated_entries.add(entry)
            unit.log.append(
                kind,
                {
                    "form": entry.key,
                    "content": dict(entry.content),
                    "valid_from": entry.valid_from.isoformat(),
                    "note": entry.source,
                    "by": entry.entered_by,
                },
            )
        return Changes.of("template", entry.key)

    def compare(self, form_id: str, content: bytes, with_number: int) -> tuple[TextChange, ...]:
        """Return what a template says differently from a version of the form's.

        Raises:
            DamagedDocxError: the file can't be opened safely.
            InvalidInputError: there is no such version.
        """
        older = open_package(self.content(form_id, with_number))
        return changes_between(older, open_package(content))

    def write_sample(self, checked: TemplateCheck, path: Path) -> Path:
        """Write the pages of a sound template on sample data as a PDF; return the file.

        Raises:
            InvalidInputError: it has faults, or the file can't be written.
        """
        if checked.layout is None:
            raise InvalidInputError("模板有问题，没有样例页面。", hint="请先改正所列问题。")
        buffer = BytesIO()
        form = checked.form
        metadata = PdfMetadata(title=f"{form.title}（样例）", author="执法案卷工作站")
        write_pdf((checked.layout,), buffer, metadata=metadata)
        return _write(path, f"{form.id}_{form.title}_样例.pdf", buffer.getvalue())

    def export_used(self, case: str, key: str, path: Path) -> tuple[IssuedDocument, Path]:
        """Write the template an issued paper was made from; return the paper and the file.

        Raises:
            InvalidInputError: the case holds no such paper, or the file can't be written.
            BlobMissingError: it was issued before templates were kept.
        """
        with self._database.reading() as unit:
            documents = unit.documents.of_case(unit.cases.find(case))
        document = next((d for d in documents if d.key == key), None)
        if document is None:
            message = f"本案还没有制发 {key}。"
            raise InvalidInputError(message, hint="文书编号形如 D51，第二份为 D36-2。")
        content = self._database.blobs.read(document.template_sha256)
        return document, _write(path, f"{document.key}_{document.title}_制发时模板.docx", content)

    def close(self) -> None:
        """End the process that fills the bureau's own templates."""
        self._papers.close()


def _write(path: Path, name: str, content: bytes) -> Path:
    target = path / name if path.is_dir() else path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_atomically(target, content)
    except OSError as error:
        message = f"文件没有写到“{target}”：{error.strerror}。"
        raise InvalidInputError(message, hint="请换一个可以写入的文件夹。") from error
    return target


def read_template(path: Path) -> bytes:
    """Return the bytes of a template file.

    Raises:
        InvalidInputError: it can't be read, or is far too large for a template.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            message = f"“{path.name}”超过20MB，不像文书模板。"
            raise InvalidInputError(message, hint="请检查是否选错文件，或删除其中的大图片。")
        return path.read_bytes()
    except OSError as error:
        message = f"读不了文件“{path}”：{error.strerror}。"
        raise InvalidInputError(message, hint="请检查文件名和读取权限。") from error


def _version(number: int, entry: DatedEntry, *, in_force: bool) -> TemplateVersion:
    restored = entry.content.get("restored")
    return TemplateVersion(
        number=number,
        sha256=str(entry.content["sha256"]),
        valid_from=entry.valid_from,
        note=entry.source,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
        restored=restored if isinstance(restored, int) else None,
        in_force=in_force,
    )


def _entry(
    form_id: str, content: dict[str, Any], valid_from: date, note: str, entered_by: str
) -> DatedEntry:
    return DatedEntry(
        kind=EntryKind.TEMPLATE,
        key=form_id,
        content=content,
        valid_from=valid_from,
        source=note.strip(),
        verified=True,
        entered_by=entered_by.strip(),
        entered_at=datetime.now().replace(microsecond=0),
    )


def _damaged(form: FormDefinition, error: DamagedDocxError) -> TemplateCheck:
    fault = TemplateFault(
        kind=FaultKind.FILE, place="整份模板", what=error.message.rstrip("。"), fix=error.hint
    )
    return TemplateCheck(form=form, sha256="", faults=(fault,), layout=None)


def _fault_of(error: WorkstationError) -> TemplateFault:
    what = error.message.rstrip("。")
    return TemplateFault(kind=FaultKind.DATA, place="用样例数据试填时", what=what, fix=error.hint)

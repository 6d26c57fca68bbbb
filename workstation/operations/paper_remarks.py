"""Opinions written into an issued paper for Word, and what others wrote into it read back.

The issued file itself never changes: the opinions are in a copy that is handed out.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workstation.archive.bags import safe_name
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.docx_package import open_package
from workstation.documents.docx_remarks import DocxRemark, with_remarks
from workstation.documents.docx_revisions import ReturnedRemark, remarks_in
from workstation.documents.forms import FormCatalogue
from workstation.domain.capsules import Opinion, Subject, subjects_of
from workstation.domain.cases import IssuedDocument
from workstation.domain.paper_remarks import PaperRemark, RemarkDecision, Verdict
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.reviews import ReviewOperations
from workstation.operations.templates import read_template
from workstation.review.records import Finding, State
from workstation.storage.database import Database, Unit
from workstation.storage.record_json import canonical_json

MACHINE = "审核清单"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedPaper:
    """A copy of a paper with opinions in it."""

    path: Path
    remarks: tuple[DocxRemark, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as ``document comment`` prints it."""
        return {
            "docx": str(self.path),
            "remarks": [
                {
                    "author": remark.author,
                    "field": remark.field,
                    "quote": remark.quote,
                    "text": remark.text,
                    "suggestion": remark.suggestion,
                }
                for remark in self.remarks
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRemark:
    """A remark of the case, the name of its field, and what was decided of it."""

    remark: PaperRemark
    label: str
    decision: RemarkDecision | None = None

    @property
    def verdict(self) -> Verdict:
        """What was decided; open until somebody did."""
        return self.decision.verdict if self.decision else Verdict.OPEN

    def as_json(self) -> dict[str, Any]:
        """Return it as ``document comments`` prints it."""
        remark, decision = self.remark, self.decision
        return {
            "id": remark.id[:12],
            "document": remark.document,
            "kind": remark.kind,
            "author": remark.author,
            "date": remark.date,
            "anchor": remark.anchor,
            "text": remark.text,
            "field": remark.field,
            "field_label": self.label,
            "place": remark.place,
            "verdict": self.verdict.value,
            "reason": decision.reason if decision else "",
            "decided_by": decision.person if decision else "",
        }


class PaperRemarkOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(
        self, database: Database, forms: FormCatalogue, reviews: ReviewOperations
    ) -> None:
        self._database = database
        self._forms = forms
        self._reviews = reviews

    def annotate(
        self, wanted: str, key: str, folder: Path, own: Iterable[DocxRemark] = ()
    ) -> AnnotatedPaper:
        """Write a copy of a paper with what the checks, the lawyers and ``own`` say of it.

        Raises:
            InvalidInputError: the case holds no such paper, or the folder can't be written.
        """
        with self._database.reading() as unit:
            document = _issued(unit, unit.cases.find(wanted), key)
            docx = unit.documents.docx_of(document.id)
        remarks = (*self._opinions(wanted, key), *own)
        if not remarks:
            message = f"《{document.title}》没有可以写入的意见。"
            raise InvalidInputError(
                message, hint="清单中没有指向本文书的问题，律师也没有意见；请自己写一条。"
            )
        target = folder / f"{safe_name(f'{document.key}_{document.title}_批注')}.docx"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            content = with_remarks(open_package(docx), remarks).to_bytes()
            write_bytes_atomically(target, content)
        except OSError as error:
            message = f"文书没有写入“{folder}”：{error.strerror}。"
            raise InvalidInputError(message, hint="请换一个可以写入的文件夹。") from error
        return AnnotatedPaper(path=target, remarks=remarks)

    def returned(self, path: Path) -> tuple[ReturnedRemark, ...]:
        """Return the comments and tracked changes of a file.

        Raises:
            InvalidInputError: the file can't be read.
            DamagedDocxError: it is no .docx that can be opened safely.
        """
        return remarks_in(open_package(read_template(path)))

    def take_in(
        self, wanted: str, key: str, path: Path, by: str
    ) -> tuple[tuple[KeptRemark, ...], Changes]:
        """Take what others wrote into a paper into the case; our own opinions are left out.

        Returns:
            What was new, and the change.

        Raises:
            InvalidInputError: the case holds no such paper, or the file can't be read.
            DamagedDocxError: it is no .docx that can be opened safely.
        """
        found = self.returned(path)
        ours = {(opinion.author, opinion.text) for opinion in self._opinions(wanted, key)}
        now = datetime.now()
        fresh = []
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            document = _issued(unit, case_id, key)
            known = {remark.id for remark in unit.paper_remarks.of_case(case_id)}
            for returned in found:
                remark = _remark(returned, case_id, key, by, now)
                if (returned.author, returned.text) in ours or remark.id in known:
                    continue
                known.add(remark.id)
                unit.paper_remarks.add(remark)
                fresh.append(self._kept(remark, document.form))
            if fresh:
                told = f"{key}：{len(fresh)}条，{path.name}"
                unit.log.append(
                    "paper_remarks_taken_in", {"case": case_id, "person": by, "what": told}
                )
        return tuple(fresh), Changes.of("capsule", case_id)

    def of_case(self, wanted: str) -> tuple[KeptRemark, ...]:
        """Return the remarks of a case in the order they came in."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            remarks = unit.paper_remarks.of_case(case_id)
            latest = {d.remark: d for d in unit.paper_remarks.decisions(case_id)}
        return tuple(
            self._kept(remark, remark.document.partition("-")[0], latest.get(remark.id))
            for remark in remarks
        )

    def decide(
        self, wanted: str, remark: str, verdict: Verdict, reason: str, *, person: str
    ) -> Changes:
        """Take a remark up or decline it; ``remark`` is its id or the beginning of it.

        Raises:
            InvalidInputError: there is no such remark, or reason or name is missing.
        """
        if not reason.strip() or not person.strip():
            raise InvalidInputError("没有写明理由或者决定人。", hint="请写明为何采纳或者不采纳。")
        found = [kept.remark for kept in self.of_case(wanted) if kept.remark.id.startswith(remark)]
        if len(found) != 1 or not remark:
            message = f"没有编号为“{remark}”的批注或者修订。"
            raise InvalidInputError(message, hint="请用 document comments 列出后照抄编号。")
        decision = RemarkDecision(
            case_id=found[0].case_id,
            remark=found[0].id,
            verdict=verdict,
            reason=reason.strip(),
            person=person.strip(),
            decided_at=datetime.now(),
        )
        with self._database.writing() as unit:
            unit.paper_remarks.decide(decision)
            logged = {
                "remark": decision.remark,
                "verdict": verdict.value,
                "reason": reason.strip(),
            }
            unit.log.append(
                "paper_remark_decided", {"case": decision.case_id, "person": person, **logged}
            )
        return Changes.of("capsule", decision.case_id)

    def _opinions(self, wanted: str, key: str) -> tuple[DocxRemark, ...]:
        """Return what the checks and the lawyers say of a paper."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            subjects = subjects_of(
                unit.capsules.replies(case_id), unit.capsules.decisions(case_id)
            )
        now = datetime.now().isoformat(timespec="seconds")
        findings = self._reviews.check_case(case_id).findings
        return (*_of_checks(findings, key, now), *_of_lawyers(subjects, key))

    def _kept(
        self, remark: PaperRemark, form: str, decision: RemarkDecision | None = None
    ) -> KeptRemark:
        field = self._forms.get(form).field(remark.field) if remark.field else None
        label = field.label if field else remark.field
        return KeptRemark(remark=remark, label=label, decision=decision)


def _issued(unit: Unit, case_id: str, key: str) -> IssuedDocument:
    document = next((d for d in unit.documents.of_case(case_id) if d.key == key), None)
    if document is None:
        message = f"本案还没有制发 {key}。"
        raise InvalidInputError(message, hint="文书编号形如 D51，第二份为 D36-2。")
    return document


def _of_checks(findings: Iterable[Finding], key: str, now: str) -> Iterator[DocxRemark]:
    """Yield the findings that name this paper: what failed, and what a person concluded."""
    for finding in findings:
        if finding.state is not State.FAILED and finding.overruled is None:
            continue
        place = next((p for p in finding.passages if p.document == key), None)
        if place is None:
            continue
        overruled = finding.overruled
        lines = [f"【{finding.check.id} {finding.state.value}】{finding.message}"]
        lines += [f"改判理由：{overruled.reason}"] if overruled else []
        lines += [f"改法：{finding.fix}"] if finding.fix and not overruled else []
        lines += [f"依据：{finding.basis}"] if finding.basis else []
        yield DocxRemark(
            author=overruled.person if overruled else MACHINE,
            date=f"{overruled.day.isoformat()}T00:00:00" if overruled else now,
            text="\n".join(lines),
            field=place.field,
        )


def _of_lawyers(subjects: Iterable[Subject], key: str) -> Iterator[DocxRemark]:
    for subject in subjects:
        for remark in subject.remarks:
            item = remark.item
            if item.document != key:
                continue
            told = "" if item.conclusion is Opinion.COMMENT else f"【{item.conclusion.value}】"
            about = "" if item.kind.value == "field" else f"（{item.label}）"
            yield DocxRemark(
                author=remark.author,
                date=item.written_at,
                text=f"{told}{about}{item.text}",
                field=item.target if item.kind.value == "field" else "",
            )


def _remark(
    returned: ReturnedRemark, case_id: str, key: str, by: str, now: datetime
) -> PaperRemark:
    told = [case_id, key, returned.kind.value, returned.author, returned.date]
    told += [returned.anchor, returned.text, returned.place]
    return PaperRemark(
        id=hashlib.sha256(canonical_json(told).encode()).hexdigest(),
        case_id=case_id,
        document=key,
        kind=returned.kind.value,
        author=returned.author,
        date=returned.date,
        anchor=returned.anchor,
        text=returned.text,
        field=returned.field,
        place=returned.place,
        received_by=by,
        received_at=now,
    )

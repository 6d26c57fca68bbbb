"""Making a capsule, checking one, and taking in what comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from workstation.archive import verify_capsule
from workstation.archive.bags import BagInfo, safe_name
from workstation.archive.capsules import (
    read_data,
    write_capsule,
)
from workstation.archive.volume_order import VolumeOrder
from workstation.domain.capsules import (
    Capsule,
    CapsuleReply,
    Opinion,
    Subject,
    SubjectDecision,
    subjects_of,
)
from workstation.domain.interventions import Intervention
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.package_source import StatutePackageMissingError
from workstation.operations.capsules import contents
from workstation.operations.capsules.choices import (
    CapsuleChoices,
    CapsuleOptions,
    leaving,
    options_of,
)
from workstation.operations.capsules.making import CapsulePages, describing_files
from workstation.operations.capsules.replies import read_reply
from workstation.operations.capsules.viewer import viewer_page
from workstation.operations.case_citations import CaseCitationOperations, CaseCitations
from workstation.operations.changes import Changes
from workstation.operations.forms import FormOperations
from workstation.operations.interventions import InterventionOperations
from workstation.operations.reviews import ReviewOperations
from workstation.operations.signing_keys import office_key
from workstation.storage.database import Database

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCapsule:
    """A capsule that was made: where it lies, and what of the case is in it."""

    path: Path
    record: Capsule
    pages: int
    size: int
    changes: Changes

    def as_json(self) -> dict[str, Any]:
        """Return it as ``capsule make`` prints it."""
        return {
            "file": str(self.path),
            "seal": self.record.seal,
            "recipient": self.record.recipient,
            "masked": self.record.masked,
            "chosen": list(self.record.chosen),
            "left_out": list(self.record.left_out),
            "pages": self.pages,
            "bytes": self.size,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CapsuleCheck:
    """What a check of a capsule found; ``own`` tells whether this office's key signed it."""

    problems: tuple[str, ...]
    seal: str
    fingerprint: str
    own: bool
    record: Capsule | None

    def as_json(self) -> dict[str, Any]:
        """Return it as ``capsule verify`` prints it."""
        return {
            "valid": not self.problems,
            "problems": list(self.problems),
            "seal": self.seal,
            "fingerprint": self.fingerprint,
            "made_here": self.own,
            "recipient": self.record.recipient if self.record else "",
            "made_at": self.record.made_at.isoformat() if self.record else "",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedReply:
    """What became of one reply file; ``reply`` is None where it was refused."""

    file: str
    state: str
    message: str = ""
    reply: CapsuleReply | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as ``capsule merge`` prints it."""
        return {
            "file": self.file,
            "state": self.state,
            "message": self.message,
            "author": self.reply.author if self.reply else "",
            "items": len(self.reply.items) if self.reply else 0,
        }


MERGED, KNOWN, REFUSED = "已并入", "已收过", "未收"


class CapsuleOperations:
    """Safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        forms: FormOperations,
        reviews: ReviewOperations,
        citations: CaseCitationOperations,
        interventions: InterventionOperations,
        order: VolumeOrder,
    ) -> None:
        self._database = database
        self._forms = forms
        self._reviews = reviews
        self._citations = citations
        self._interventions = interventions
        self._order = order

    def options(self, wanted: str) -> CapsuleOptions:
        """Return what of a case may be chosen."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            return options_of(file, self._order, unit.interventions.count(file.case.id))

    def make(
        self,
        wanted: str,
        folder: Path,
        choices: CapsuleChoices,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> MadeCapsule | None:
        """Write a capsule into ``folder`` and record it; None when ``stop`` was set on the way.

        Raises:
            InvalidInputError: a choice can't be met, or the folder can't be written.
            SignInRefusedError: the sealed register was chosen by somebody who may not read it.
        """
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            agency = unit.office.get().agency.name
            count = unit.interventions.count(file.case.id)
        out = leaving(file, options_of(file, self._order, count), choices)
        register = self._register(file.case.id, choices)
        review = self._reviews.check_case(file.case.id)
        citations = self._cited(file.case.id)
        made_at = datetime.now().replace(microsecond=0)
        content = contents.frame(out, choices, agency, made_at.isoformat(sep=" "), register)
        content |= contents.describe(file, out, self._forms.catalogue(), review, citations)
        blobs = {e.sha256: self._database.blobs.read(e.sha256) for e in out.evidence}
        pages = CapsulePages(file=file, out=out, agency=agency, forms=self._forms)
        made = pages.make(blobs, progress, stop)
        if made is None:
            return None
        items, payload = made
        payload |= describing_files(content)
        info = BagInfo(
            organization=agency,
            identifier=file.case.number or file.case.id,
            description=out.redaction.text(file.case.title),
            bagging_date=made_at.date(),
        )
        stem = f"案卷胶囊_{file.case.number or file.case.id}_{choices.recipient.strip()}"
        path = folder / f"{safe_name(stem)}_{made_at:%Y%m%d-%H%M%S}.zip"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            seal = write_capsule(
                path,
                payload,
                info,
                lambda seal: viewer_page(content, items, seal),
                office_key(self._database),
            )
        except OSError as error:
            message = f"胶囊没有写入“{folder}”：{error.strerror}。"
            raise InvalidInputError(
                message, hint="请换一个可以写入、空间足够的文件夹。"
            ) from error
        record = Capsule(
            seal=seal,
            case_id=file.case.id,
            recipient=choices.recipient.strip(),
            chosen=out.chosen,
            left_out=out.left_out,
            reason=choices.reason.strip(),
            masked=choices.masked,
            file=str(path),
            made_by=choices.by.strip(),
            made_at=made_at,
        )
        with self._database.writing() as unit:
            unit.capsules.add(record)
            unit.log.append(
                "capsule_made",
                {
                    "case": file.case.id,
                    "person": record.made_by,
                    "seal": seal,
                    "recipient": record.recipient,
                    "chosen": list(out.chosen),
                    "reason": record.reason,
                    "masked": record.masked,
                },
            )
        return MadeCapsule(
            path=path,
            record=record,
            pages=sum(len(item.layout.pages) for item in items),
            size=path.stat().st_size,
            changes=Changes.of("capsule", file.case.id),
        )

    def verify(self, path: Path) -> CapsuleCheck:
        """Check a capsule: not a byte changed, and who signed it."""
        found = verify_capsule.check(path)
        with self._database.reading() as unit:
            own = bool(found.key) and unit.capsules.is_own_key(found.key)
            record = unit.capsules.get(found.seal) if own and found.seal else None
        return CapsuleCheck(
            problems=tuple(found.problems),
            seal=found.seal,
            fingerprint=verify_capsule.fingerprint(found.key) if found.key else "",
            own=own,
            record=record,
        )

    def show(self, path: Path) -> dict[str, Any]:
        """Return what a sound capsule says of its case.

        Raises:
            BrokenCapsuleError: it is none, or was changed.
        """
        return read_data(path)

    def capsules(self, wanted: str) -> tuple[Capsule, ...]:
        """Return the capsules that were made of a case, the oldest first."""
        with self._database.reading() as unit:
            return unit.capsules.of_case(unit.cases.find(wanted))

    def replies(self, wanted: str) -> tuple[CapsuleReply, ...]:
        """Return the replies that came back to a case, the oldest first."""
        with self._database.reading() as unit:
            return unit.capsules.replies(unit.cases.find(wanted))

    def subjects(self, wanted: str) -> tuple[Subject, ...]:
        """Return every remark of the lawyers by what it is about; open conflicts first."""
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            found = subjects_of(unit.capsules.replies(case_id), unit.capsules.decisions(case_id))
        return tuple(sorted(found, key=lambda subject: not subject.is_open))

    def merge(self, paths: Iterable[Path], by: str) -> tuple[tuple[MergedReply, ...], Changes]:
        """Take in reply files, each whole or not at all; one that was taken in is recognised."""
        done, cases = [], []
        for path in paths:
            try:
                merged = self._merge(path, by)
            except WorkstationError as error:
                merged = MergedReply(file=path.name, state=REFUSED, message=error.message)
            done.append(merged)
            if merged.state == MERGED and merged.reply is not None:
                cases.append(merged.reply.case_id)
        return tuple(done), Changes.of("capsule", *dict.fromkeys(cases))

    def decide(
        self, wanted: str, subject: str, conclusion: Opinion, reason: str, *, person: str
    ) -> Changes:
        """Decide between the lawyers' conclusions on a subject; nothing of theirs goes away.

        Raises:
            InvalidInputError: there is no such subject, or reason or name is missing.
        """
        if not reason.strip() or not person.strip() or conclusion is Opinion.COMMENT:
            raise InvalidInputError(
                "没有写明结论、理由或者决定人。", hint="请选定一个结论，写明采纳哪一方、为什么。"
            )
        known = self.subjects(wanted)
        if all(found.key != subject for found in known):
            message = f"没有关于“{subject}”的意见。"
            hint = f"有意见的是：{'、'.join(found.key for found in known) or '（还没有回件）'}。"
            raise InvalidInputError(message, hint=hint)
        with self._database.writing() as unit:
            case_id = unit.cases.find(wanted)
            decision = SubjectDecision(
                case_id=case_id,
                subject=subject,
                conclusion=conclusion,
                reason=reason.strip(),
                person=person.strip(),
                decided_at=datetime.now(),
            )
            unit.capsules.decide(decision)
            logged = {"subject": subject, "conclusion": conclusion.value, "reason": reason.strip()}
            unit.log.append("capsule_decided", {"case": case_id, "person": person, **logged})
        return Changes.of("capsule", case_id)

    def _merge(self, path: Path, by: str) -> MergedReply:
        try:
            data = path.read_bytes()
        except OSError as error:
            message = f"不能读取“{path.name}”：{error.strerror}。"
            raise InvalidInputError(message) from error
        reply = read_reply(data, by)
        with self._database.writing() as unit:
            capsule = unit.capsules.get(reply.seal)
            if capsule is None:
                message = "它答复的不是本机关制作的案卷胶囊。"
                return MergedReply(file=path.name, state=REFUSED, message=message, reply=None)
            if unit.capsules.has_reply(reply.digest):
                return MergedReply(file=path.name, state=KNOWN, reply=reply)
            reply = replace(reply, case_id=capsule.case_id)
            unit.capsules.add_reply(reply)
            logged = {"seal": reply.seal, "reply": reply.digest, "author": reply.author}
            unit.log.append(
                "capsule_reply_merged", {"case": capsule.case_id, "person": by, **logged}
            )
        return MergedReply(file=path.name, state=MERGED, reply=reply)

    def _register(self, case_id: str, choices: CapsuleChoices) -> tuple[Intervention, ...]:
        if not choices.interventions or choices.credential is None:
            return ()
        why = f"随案卷胶囊交{choices.recipient.strip()}：{choices.reason.strip()}"
        entries = self._interventions.read(case_id, choices.credential, why)
        return tuple(entries[number - 1] for number in choices.interventions)

    def _cited(self, case_id: str) -> CaseCitations | None:
        """Return the articles the papers cite; None where the statutes are not installed."""
        try:
            return self._citations.of_case(case_id)
        except StatutePackageMissingError:
            return None

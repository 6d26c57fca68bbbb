"""Archiving as a user does it: the order of papers, binding and sealing, verifying."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from workstation.archive import verify_volume
from workstation.archive.bags import BagInfo, safe_name, write_bag
from workstation.archive.binding import (
    CatalogueEntry,
    VolumeItem,
    VolumeParts,
    bind,
    catalogue_of,
    evidence_item,
)
from workstation.archive.volume_order import (
    INNER_VOLUME,
    MAIN_VOLUME,
    VolumeOrder,
    arrange,
)
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.pdf import PdfMetadata
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.contexts import Context, Record
from workstation.operations.forms import FormOperations
from workstation.operations.papers import PaperRequest
from workstation.operations.readings import record_of
from workstation.operations.recording import Recorder
from workstation.operations.volume_package import (
    VolumeIdentity,
    describing_files,
    original_files,
)
from workstation.storage.database import Database

Progress = Callable[[int, int], None]
_VOLUMES = (MAIN_VOLUME, INNER_VOLUME)


class VolumeNotReadyError(WorkstationError):
    """The case can't be sealed yet."""

    code = "volume_not_ready"


_COVER, _CATALOGUE, _CLOSING_NOTE = FRONT_MATTER = ("D67", "D68", "D69")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundVolume:
    """A sealed volume: the bound main volume, the inner one, and the package.

    ``pages`` counts the numbered pages of the main volume; ``seal`` is the package's digest.
    """

    pdf: Path
    inner_pdf: Path
    package: Path
    pages: int
    catalogue: tuple[CatalogueEntry, ...]
    seal: str
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check of a package found; ``seal`` is empty where there is none."""

    valid: bool
    problems: tuple[str, ...]
    files: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedVolume:
    """A volume this office sealed, as its event log remembers it."""

    case_id: str
    title: str
    archive_number: str
    retention: str
    pages: int
    sealed_on: date
    pdf: Path
    package: Path
    seal: str


class ArchiveOperations:
    """Safe to call from any thread."""

    def __init__(
        self, database: Database, recorder: Recorder, forms: FormOperations, order: VolumeOrder
    ) -> None:
        self._database = database
        self._recorder = recorder
        self._forms = forms
        self._order = order

    def catalogue(self, wanted: str) -> tuple[CatalogueEntry, ...]:
        """Return the catalogue a case would be bound with today, both volumes."""
        record, blobs = self._read(wanted)
        return tuple(
            entry
            for volume in _VOLUMES
            for entry in catalogue_of(self._items(record, volume, blobs), volume)
        )

    def bind(
        self,
        wanted: str,
        folder: Path,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> BoundVolume | None:
        """Bind an archived case and seal its package in ``folder``; None when ``stop`` was set.

        Raises:
            VolumeNotReadyError: the case was not archived yet.
            PackageExistsError: the package is already there.
            InvalidInputError: the folder can't be written.
        """
        record, blobs = self._read(wanted)
        archived = record.file.first("case_archived")
        if archived is None:
            raise VolumeNotReadyError(
                "案件还没有归档，不能封卷。",
                hint="请先办理结案，再记录“归档”事件；目录可以先行预览。",
            )
        archive_number = str(archived.data.get("archive_number", ""))
        retention = str(archived.data.get("retention", ""))
        items = {name: self._items(record, name, blobs) for name in _VOLUMES}
        binding = _Binding(
            recorder=self._recorder,
            record=record,
            archive_number=archive_number,
            retention=retention,
            day=archived.day,
            inner_pages=sum(len(item.layout.pages) for item in items[INNER_VOLUME]),
            progress=progress,
            stop=stop,
        )
        volumes: dict[str, _Volume] = {}
        for name in _VOLUMES:
            volume = binding.volume(name, items[name])
            if volume is None:
                return None
            volumes[name] = volume
        return self._seal(folder, binding, volumes, blobs)

    def _seal(
        self,
        folder: Path,
        binding: "_Binding",
        volumes: Mapping[str, "_Volume"],
        blobs: Mapping[str, bytes],
    ) -> BoundVolume:
        record = binding.record
        agency = record.office.agency
        stem = safe_name(f"{agency.archive_fonds}-{binding.archive_number}")
        pdf = folder / f"{stem}_正卷.pdf"
        inner = folder / f"{stem}_副卷.pdf"
        info = BagInfo(
            organization=agency.name,
            identifier=binding.archive_number,
            description=record.file.case.title,
            bagging_date=binding.day,
        )
        catalogue = tuple(entry for name in _VOLUMES for entry in volumes[name].catalogue)
        payload = self._payload(binding, volumes, catalogue) | original_files(
            record.file.evidence, blobs
        )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            seal = write_bag(folder / stem, payload, info)
            write_bytes_atomically(pdf, volumes[MAIN_VOLUME].pdf)
            write_bytes_atomically(inner, volumes[INNER_VOLUME].pdf)
        except OSError as error:
            message = f"案卷没有写入“{folder}”：{error.strerror}。"
            raise InvalidInputError(
                message, hint="请换一个可以写入、空间足够的文件夹。"
            ) from error
        self._remember(binding, folder / stem, pdf, volumes[MAIN_VOLUME], seal)
        return BoundVolume(
            pdf=pdf,
            inner_pdf=inner,
            package=folder / stem,
            pages=volumes[MAIN_VOLUME].pages,
            catalogue=catalogue,
            seal=seal,
            changes=Changes.of("volume", record.file.case.id),
        )

    def _remember(
        self, binding: "_Binding", package: Path, pdf: Path, volume: "_Volume", seal: str
    ) -> None:
        case = binding.record.file.case
        with self._database.writing() as unit:
            unit.log.append(
                "volume_sealed",
                {
                    "case": case.id,
                    "title": case.title,
                    "archive_number": binding.archive_number,
                    "retention": binding.retention,
                    "pages": volume.pages,
                    "sealed_on": date.today().isoformat(),
                    "pdf": str(pdf),
                    "package": str(package),
                    "seal": seal,
                },
            )

    def _payload(
        self,
        binding: "_Binding",
        volumes: Mapping[str, "_Volume"],
        catalogue: tuple[CatalogueEntry, ...],
    ) -> dict[str, bytes]:
        payload = {
            f"{name}合订本.pdf": volumes[name].pdf for name in _VOLUMES if volumes[name].pages
        }
        identity = VolumeIdentity(
            archive_number=binding.archive_number,
            retention=binding.retention,
            agency=binding.record.office.agency.name,
        )
        payload |= describing_files(binding.record.file, identity, catalogue)
        with self._database.reading() as unit:
            for document in binding.record.file.documents:
                name = safe_name(f"{document.key}_{document.title}")
                payload[f"文书/{name}.docx"] = unit.documents.docx_of(document.id)
        return payload

    def verify(self, path: Path) -> Verification:
        """Check a package; one of ours must also carry the seal that the event log remembers."""
        problems, files = verify_volume.verify(path)
        seal = "" if problems else verify_volume.seal_of(path)
        if seal:
            known = [v for v in self.volumes() if v.package.resolve() == path.resolve()]
            if known and all(volume.seal != seal for volume in known):
                problems = ["封卷摘要与本局事件日志的记录不符：案卷包曾被整包重做。"]
        return Verification(valid=not problems, problems=tuple(problems), files=files, seal=seal)

    def volumes(self) -> tuple[SealedVolume, ...]:
        """Return the volumes this office sealed, the latest first."""
        with self._database.reading() as unit:
            entries = unit.log.entries("volume_sealed")
        return tuple(_sealed(entry.payload) for entry in reversed(entries))

    def _read(self, wanted: str) -> tuple[Record, dict[str, bytes]]:
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            record = record_of(
                unit, case_id, self._recorder.rules, self._recorder.papers.forms, date.today()
            )
        digests = [piece.sha256 for piece in record.file.evidence if piece.sha256]
        return record, {digest: self._database.blobs.read(digest) for digest in digests}

    def _items(
        self, record: Record, volume: str, blobs: Mapping[str, bytes]
    ) -> tuple[VolumeItem, ...]:
        file = record.file
        documents = arrange(file.documents, file.deliveries, self._order, volume)
        items = [self._item(file, document) for document in documents]
        if volume == MAIN_VOLUME:
            items += [
                evidence_item(
                    f"证据：{piece.name}",
                    piece.media_type,
                    blobs[piece.sha256],
                    piece.obtained_on,
                )
                for piece in file.evidence
                if piece.sha256
            ]
        return tuple(items)

    def _item(self, file: CaseFile, document: IssuedDocument) -> VolumeItem:
        return VolumeItem(
            title=_item_title(document) + _corrections(file, document.key),
            number=document.number,
            dated=document.dated,
            layout=self._forms.page_of(file.case.id, document.key),
        )


@dataclass(frozen=True, slots=True)
class _Volume:
    pdf: bytes
    pages: int
    catalogue: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Binding:
    """One case being bound."""

    recorder: Recorder
    record: Record
    archive_number: str
    retention: str
    day: date
    inner_pages: int
    progress: Progress | None
    stop: Event | None

    def volume(self, name: str, items: tuple[VolumeItem, ...]) -> _Volume | None:
        if self.stop is not None and self.stop.is_set():
            return None
        entries = catalogue_of(items, name)
        pages = entries[-1].to_page if entries else 0
        context = self._context(name, entries, pages)
        parts = VolumeParts(
            cover=self._paper(_COVER, context),
            catalogue=self._paper(_CATALOGUE, context),
            items=items,
            closing_note=self._paper(_CLOSING_NOTE, context),
        )
        metadata = PdfMetadata(
            title=f"{self.record.file.case.title}（{name}）", author=self.record.office.agency.name
        )
        pdf = bind(parts, self.recorder.papers.fonts, metadata, progress=self.progress)
        return _Volume(pdf=pdf, pages=pages, catalogue=entries)

    def _context(self, name: str, entries: tuple[CatalogueEntry, ...], pages: int) -> Context:
        evidence = self.record.file.evidence
        recordings = [e for e in evidence if e.kind.value in {"视听资料", "电子数据"}]
        return {
            "volume": {
                "kind": name,
                "pages": pages,
                "inner_pages": self.inner_pages,
                "items": len(entries),
                "archive_number": self.archive_number,
                "retention": self.retention,
                "photos": sum("照片" in e.name for e in evidence),
                "recordings": len(recordings),
            },
            "catalogue": [
                {
                    "position": entry.position,
                    "number": entry.number,
                    "title": entry.title,
                    "date": entry.dated.isoformat() if entry.dated else "",
                    "from_page": entry.from_page,
                    "to_page": entry.to_page,
                    "pages": f"{entry.from_page}—{entry.to_page}"
                    if entry.to_page > entry.from_page
                    else str(entry.from_page),
                    "note": "",
                }
                for entry in entries
            ],
        }

    def _paper(self, form_id: str, context: Context) -> LaidOutDocument:
        papers = self.recorder.papers
        request = PaperRequest(
            form=papers.forms.get(form_id), number="", dated=self.day, given={}, draft=False
        )
        paper = papers.make(self.record, request, context)
        return papers.lay_out_paper(paper, draft=False)


def _item_title(document: IssuedDocument) -> str:
    served = str(document.values.get("document_title", "")) if document.form == "D56" else ""
    return f"{document.title}（{served}）" if served else document.title


def _corrections(file: CaseFile, key: str) -> str:
    """Return what was corrected in a document, as the catalogue says it."""
    made = [e.data for e in file.all_of("document_corrected") if e.data.get("document") == key]
    return "".join(f"（{d.get('how')}更正：{d.get('old')}→{d.get('new')}）" for d in made)


def _sealed(payload: Mapping[str, Any]) -> SealedVolume:
    return SealedVolume(
        case_id=payload["case"],
        title=payload["title"],
        archive_number=payload["archive_number"],
        retention=payload["retention"],
        pages=payload["pages"],
        sealed_on=date.fromisoformat(payload["sealed_on"]),
        pdf=Path(payload["pdf"]),
        package=Path(payload["package"]),
        seal=payload["seal"],
    )

"""The demo office and its cases: real events by the same path as any case.

The main case goes through all 18 steps; one more of each kind shows where a case may turn off:
no penalty, the police, seizure, instalments, the summary procedure, service by announcement.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from workstation.data_files import resources_dir
from workstation.documents.rasterise import render_pages
from workstation.errors import WorkstationError
from workstation.operations.archive import FRONT_MATTER, BoundVolume
from workstation.operations.cases import NEW_CASE
from workstation.operations.event_files import read_json
from workstation.operations.forms import ExportedDocument
from workstation.operations.workstation import Workstation
from workstation.procedure import StepStatus

Progress = Callable[[int, int], None]
_BEHIND = frozenset({StepStatus.DONE, StepStatus.NOT_APPLICABLE})


class UnknownDemoKindError(WorkstationError):
    """There is no demo case of this kind."""

    code = "unknown_demo_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBranch:
    """A demo case beside the main one, and its papers; ``volume`` where it came to its end."""

    kind: str
    case_id: str
    case_number: str
    documents: tuple[ExportedDocument, ...]
    volume: BoundVolume | None

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that were issued in the case, the front matter of its volume included."""
        return _forms(self.documents, self.volume)


class DemoExistsError(WorkstationError):
    """The home folder already holds an office, which the demo must not touch."""

    code = "office_exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """The demo case and what came of it; ``pictures`` is None unless they were asked for.

    ``missing`` are the forms of the catalogue that none of the cases issued.
    """

    home: Path
    case_id: str
    case_number: str
    steps_done: int
    documents: tuple[ExportedDocument, ...]
    volume: BoundVolume
    pictures: Path | None
    branches: tuple[DemoBranch, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that were issued in the main case, the front matter of its volume included."""
        return _forms(self.documents, self.volume)


def demo_kinds() -> dict[str, Path]:
    """Return the event file of each kind of demo case beside the main one, in order."""
    files = sorted((resources_dir() / "demo" / "branches").glob("[0-9]*.json"))
    return {str(read_json(path)["kind"]): path for path in files}


def make_demo(
    workstation: Workstation,
    folder: Path,
    progress: Progress | None = None,
    *,
    pictures: bool = False,
    kinds: Iterable[str] = (),
) -> DemoResult:
    """Set up the demo office and take its case from lead to bound volume; write all to ``folder``.

    ``kinds`` names further cases to make (:func:`demo_kinds`).

    Raises:
        DemoExistsError: the home holds an office already.
        UnknownDemoKindError: there is no case of such a kind; nothing was made.
        GuardRefusedError: a guard refuses an event of the demo (the rules were changed).
    """
    files = _files_of(kinds)
    case_id = open_demo_case(workstation, with_branches=bool(files))
    exported = workstation.forms.export_all(case_id, folder / "文书", progress) or ()
    volume = workstation.archive.bind(case_id, folder / "案卷", progress)
    if volume is None:
        message = "演示案件没有封卷。"
        raise WorkstationError(message)
    view = workstation.cases.view(case_id)
    branches = tuple(
        _open_branch(workstation, kind, path, folder, progress) for kind, path in files.items()
    )
    issued = {form for branch in branches for form in branch.forms} | set(_forms(exported, volume))
    return DemoResult(
        home=workstation.home.root,
        case_id=case_id,
        case_number=view.file.case.number,
        steps_done=sum(state.status in _BEHIND for state in view.steps),
        documents=exported,
        volume=volume,
        pictures=_draw(exported, volume, folder / "图片", progress) if pictures else None,
        branches=branches,
        missing=tuple(f.id for f in workstation.forms.catalogue() if f.id not in issued),
    )


def _forms(documents: Iterable[ExportedDocument], volume: BoundVolume | None) -> tuple[str, ...]:
    issued = {document.key.partition("-")[0] for document in documents}
    return tuple(sorted(issued | (set(FRONT_MATTER) if volume else set())))


def _files_of(kinds: Iterable[str]) -> dict[str, Path]:
    known = demo_kinds()
    wanted = tuple(dict.fromkeys(kinds))
    unknown = [kind for kind in wanted if kind not in known]
    if unknown:
        raise UnknownDemoKindError(
            f"没有“{unknown[0]}”这一种演示案件。", hint=f"可选：{'、'.join(known)}。"
        )
    return {kind: known[kind] for kind in wanted}


def _open_branch(
    workstation: Workstation, kind: str, path: Path, folder: Path, progress: Progress | None
) -> DemoBranch:
    applied = workstation.cases.apply_file(NEW_CASE, path)
    if applied.refusal is not None:
        raise applied.refusal
    exported = workstation.forms.export_all(applied.case_id, folder / kind, progress) or ()
    with workstation.database.reading() as unit:
        file = unit.cases.load_case_file(applied.case_id)
    volume = None
    if file.last("case_archived") is not None:
        volume = workstation.archive.bind(applied.case_id, folder / kind / "案卷", progress)
    return DemoBranch(
        kind=kind,
        case_id=applied.case_id,
        case_number=file.case.number or file.case.lead.number,
        documents=exported,
        volume=volume,
    )


def open_demo_case(workstation: Workstation, *, with_branches: bool = False) -> str:
    """Set up the demo office, record the demo case's events and return the case's id.

    ``with_branches`` adds the matters the further cases are about.

    Raises:
        DemoExistsError: the home holds an office already.
        GuardRefusedError: a guard refuses an event of the demo (the rules were changed).
    """
    if workstation.office.exists():
        raise DemoExistsError(
            "这个数据文件夹里已经有机关数据，没有再建演示案件。",
            hint="请用 --home 指定一个空文件夹来建立演示机关。",
        )
    folder = resources_dir() / "demo"
    matters = [folder / "matters.json"]
    if with_branches:
        matters.append(folder / "branches" / "matters.json")
    workstation.office.set_up(folder / "office.json", *matters)
    applied = workstation.cases.apply_file(NEW_CASE, folder / "case.json")
    if applied.refusal is not None:
        raise applied.refusal
    return applied.case_id


def _draw(
    exported: tuple[ExportedDocument, ...],
    volume: BoundVolume,
    folder: Path,
    progress: Progress | None,
) -> Path:
    files = [*(document.pdf for document in exported), volume.pdf]
    folder.mkdir(parents=True, exist_ok=True)
    for done, pdf in enumerate(files):
        for number, picture in enumerate(render_pages(pdf), start=1):
            (folder / f"{pdf.stem}_{number:02d}.png").write_bytes(picture)
        if progress is not None:
            progress(done + 1, len(files))
    return folder

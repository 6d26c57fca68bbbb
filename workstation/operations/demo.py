"""The demo office and its case: real events through all 18 steps, by the same path as any case."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workstation.data_files import resources_dir
from workstation.documents.rasterise import render_pages
from workstation.errors import WorkstationError
from workstation.operations.archive import BoundVolume
from workstation.operations.cases import NEW_CASE
from workstation.operations.forms import ExportedDocument
from workstation.operations.workstation import Workstation
from workstation.procedure import StepStatus

Progress = Callable[[int, int], None]
_BEHIND = frozenset({StepStatus.DONE, StepStatus.NOT_APPLICABLE})


class DemoExistsError(WorkstationError):
    """The home folder already holds an office, which the demo must not touch."""

    code = "office_exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """The demo case and what came of it; ``pictures`` is None unless they were asked for."""

    home: Path
    case_id: str
    case_number: str
    steps_done: int
    documents: tuple[ExportedDocument, ...]
    volume: BoundVolume
    pictures: Path | None


def make_demo(
    workstation: Workstation,
    folder: Path,
    progress: Progress | None = None,
    *,
    pictures: bool = False,
) -> DemoResult:
    """Set up the demo office and take its case from lead to bound volume; write all to ``folder``.

    Raises:
        DemoExistsError: the home holds an office already.
        GuardRefusedError: a guard refuses an event of the demo (the rules were changed).
    """
    case_id = open_demo_case(workstation)
    exported = workstation.forms.export_all(case_id, folder / "文书", progress) or ()
    volume = workstation.archive.bind(case_id, folder / "案卷", progress)
    if volume is None:
        message = "演示案件没有封卷。"
        raise WorkstationError(message)
    view = workstation.cases.view(case_id)
    return DemoResult(
        home=workstation.home.root,
        case_id=case_id,
        case_number=view.file.case.number,
        steps_done=sum(state.status in _BEHIND for state in view.steps),
        documents=exported,
        volume=volume,
        pictures=_draw(exported, volume, folder / "图片", progress) if pictures else None,
    )


def open_demo_case(workstation: Workstation) -> str:
    """Set up the demo office, record the demo case's events and return the case's id.

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
    workstation.office.set_up(folder / "office.json", folder / "matters.json")
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

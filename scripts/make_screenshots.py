#!/usr/bin/env python3
"""Make the pictures of the user guide: every page, light and dark, from the demo case.

    scripts/make_screenshots.py [--home DIR] [--to docs/screenshots]

Runs without a display. The same fonts and the same demo case give the same pictures.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402 path first
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from ui.app import make_window, prepare_application  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.pages.archive_page import ArchivePage  # noqa: E402
from ui.pages.due_page import DuePage  # noqa: E402
from ui.pages.law_page import LawPage  # noqa: E402
from ui.pages.ledgers_page import LedgersPage  # noqa: E402
from ui.pages.settings_page import SettingsPage  # noqa: E402
from ui.theme import Scheme  # noqa: E402
from workstation.bootstrap import Workstation, open_workstation  # noqa: E402
from workstation.data_files import resources_dir  # noqa: E402
from workstation.operations.cases import new_case_from  # noqa: E402
from workstation.operations.demo import make_demo  # noqa: E402
from workstation.operations.event_files import EventRequest, read_json  # noqa: E402
from workstation.settings import open_home  # noqa: E402

SIZE = (1440, 900)
_FILED = 2
_ROUND_MS, _QUIET_ROUNDS = 200, 4
# A day in the middle of the demo case: notice served, the party's periods still running.
MIDDLE = date(2026, 9, 12)


def main() -> int:
    """Make all pictures; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="home folder of the demo office")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    prepare_application(application)
    home = arguments.home or Path(tempfile.mkdtemp(prefix="screenshots-"))
    workstation = open_workstation(open_home(home))
    if not workstation.office.exists():
        make_demo(workstation, home / "output" / "demo")
    workstation.law.build()
    under_way = _case_under_way(workstation)
    workstation.review_runs.run()
    window = make_window(workstation)
    window.show_law_status()
    window.resize(*SIZE)
    window.show()
    for scheme in Scheme:
        window.set_scheme(scheme)
        for name, prepare in _pages(window, workstation, under_way).items():
            prepare()
            _settle()
            _take_mouse_away(window)
            window.grab().save(str(arguments.to / f"{name}_{scheme.value}.png"))
            window.side.put_away()
            print(f"{name}_{scheme.value}.png")
    window.close_desk()
    window.close()
    workstation.close()
    return 0


def _pages(
    window: MainWindow, workstation: Workstation, under_way: str
) -> dict[str, Callable[[], None]]:
    case_id = next(case.id for case in workstation.cases.summaries() if case.step > _FILED)

    def workspace(step: int, day: date | None) -> None:
        window.open_case(case_id)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101 - the tab was opened the line before
        page.show_day(day)
        _settle()
        page.timeline.choose(step)
        page.tabs.show_pane(page.documents)

    def law() -> None:
        page = window.open_page("law")
        assert isinstance(page, LawPage)  # noqa: S101
        page.search("擅自倾倒建筑垃圾 罚款")
        _settle()
        page.article.show_reference("行政处罚法第六十三条", None)

    def archive() -> None:
        page = window.open_page("archive")
        assert isinstance(page, ArchivePage)  # noqa: S101
        page.reload()
        _settle()
        page.verify_chosen()

    def review() -> None:
        workspace(13, None)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101
        page.tabs.show_pane(page.review)
        _settle()

    def rounds() -> None:
        workspace(13, None)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101
        page.tabs.show_pane(page.review_rounds)

    def inbox() -> None:
        window.open_page("review")

    def cases() -> None:
        window.open_page("cases")
        window.cases_page.step_back()

    return {
        "case_list": cases,
        "workspace": lambda: workspace(13, None),
        "workspace_replayed": lambda: workspace(9, MIDDLE),
        "review": review,
        "rounds": rounds,
        "inbox": inbox,
        "law": law,
        "beside": partial(_beside, window, workspace),
        "archive": archive,
        **_engine_pages(window, under_way),
    }


def _beside(window: MainWindow, workspace: Callable[[int, date | None], None]) -> None:
    workspace(13, None)
    window.side.open_search("装修垃圾倒在空地上罚多少")
    _settle()
    panel = window.side.search
    assert panel is not None  # noqa: S101 - opened two lines before
    panel.article.show_reference("生态环境法典第一千一百六十九条", None)


def _engine_pages(window: MainWindow, open_case: str) -> dict[str, Callable[[], None]]:
    def settings(section: str) -> None:
        page = window.open_page("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101
        page.open_section(section)

    def due() -> None:
        page = window.open_page("due")
        assert isinstance(page, DuePage)  # noqa: S101
        _settle()
        page.show_derivation()

    def events() -> None:
        window.open_case(open_case)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101
        _settle()
        page.open_event(7, "investigation_closed")

    def service() -> None:
        window.open_case(open_case)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101
        _settle()
        page.tabs.show_pane(page.service)

    def heat() -> None:
        page = window.open_page("ledger")
        assert isinstance(page, LedgersPage)  # noqa: S101
        page.setCurrentWidget(page.heat)

    def register() -> None:
        window.open_case(open_case)
        page = window.cases_page.current_case()
        assert page is not None  # noqa: S101
        _settle()
        page.tabs.show_pane(page.interventions)

    return {
        "events": events,
        "service": service,
        "heat": heat,
        "register": register,
        "due": due,
        "settings": lambda: settings("people"),
        "parameters": lambda: settings("parameters"),
    }


def _case_under_way(workstation: Workstation) -> str:
    """Return a case that was filed and not yet investigated: something blocks it."""
    found = [case.id for case in workstation.cases.summaries() if case.step == _FILED]
    if found:
        return found[0]
    new = new_case_from(read_json(resources_dir() / "demo" / "case.json"))
    # Elsewhere: a second lead on the same act would have to be joined to the demo case.
    elsewhere = {**new.facts, "place": "珊瑚路北侧空地"}
    created = workstation.cases.create(replace(new, facts=elsewhere))
    for kind, step, at in (
        ("lead_registered", 1, "2026-08-19T08:50"),
        ("case_filed", _FILED, "2026-08-21T09:30"),
    ):
        rule = workstation.office.rules.events.kind(kind)
        request = EventRequest(
            kind=kind,
            step=step,
            at=datetime.fromisoformat(at),
            title=rule.title,
            actor=rule.actor,
            data={},
            documents=(),
        )
        workstation.cases.record(created.case_id, request)
    return created.case_id


def _settle() -> None:
    """Let what was asked for begin, come back and be painted."""
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        loop = QEventLoop()
        QTimer.singleShot(_ROUND_MS, loop.quit)
        loop.exec()
        quiet = 0 if any(window.is_busy for window in windows) else quiet + 1


def _take_mouse_away(window: MainWindow) -> None:
    """No button is to be drawn as if the mouse were on it."""
    for widget in window.findChildren(QWidget):
        if widget.testAttribute(Qt.WidgetAttribute.WA_UnderMouse):
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
            widget.update()


if __name__ == "__main__":
    sys.exit(main())

"""The frame: rail, top bar, pages, tabs of open cases, article panel, status line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.office_overview import read_overview
from ui.pages.cases_page import CasesPage
from ui.pages.law_page import LawPage
from ui.recolouring import recolour_texts
from ui.side_panels import SidePanels
from ui.theme import Scheme, apply_theme, current_tokens
from ui.widgets.command_palette import Command, CommandPalette
from ui.widgets.error_banner import ErrorBanner
from ui.widgets.key_map import KeyMap
from ui.widgets.navigation_rail import NavigationRail
from ui.widgets.status_line import StatusLine
from ui.widgets.top_bar import TopBar
from workstation.domain.people import Office, Role
from workstation.operations.changes import Changes
from workstation.operations.law import LawStatus

CASES, LAW = "cases", "law"
_OVERVIEW_DELAY = 400
_NO_FIELD = "请先打开案件，在“填写”中点一下要写入的文字栏目，再引入条文。"
# What, once written, may move the last day of any running deadline.
_MOVING_DEADLINES = ("parameter", "holidays")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page of the rail; it is made when it is first opened."""

    key: str
    title: str
    icon: str
    shortcut: str
    make: Callable[[Desk], QWidget]


class MainWindow(QWidget):
    """The window of one office."""

    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setWindowTitle("执法案卷工作站")
        self._desk = desk
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, QWidget] = {}
        self.rail = NavigationRail()
        self.top_bar = TopBar()
        self.banner = ErrorBanner()
        self.status = StatusLine(desk.tasks)
        self.cases_page = CasesPage(desk)
        self._stack = QStackedWidget()
        self.side = SidePanels(desk, self._stack, self._join, self.case_days, self)
        self.palette_dialog = CommandPalette(desk, self)
        self._key_map = KeyMap(self)
        self._recomputing = Event()
        self._overview = QTimer(self)
        self._overview.setSingleShot(True)
        self._overview.setInterval(_OVERVIEW_DELAY)
        self._build_layout()
        self._build_entries()
        self._connect()
        self.open_page(CASES)
        self._read_office()
        self._overview.start()

    def _build_layout(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.banner)
        right.addWidget(self.side, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)

    def _build_entries(self) -> None:
        self._add_page(CASES, self.cases_page)
        self.rail.add_entry(CASES, "案件", "cases", "F2")
        self._shortcut("F2", partial(self.open_page, CASES))
        for entry in self._entries.values():
            self.rail.add_entry(entry.key, entry.title, entry.icon, entry.shortcut)
            self._shortcut(entry.shortcut, partial(self.open_page, entry.key))

    def _connect(self) -> None:
        desk = self._desk
        desk.tasks.failed.connect(self.banner.show_error)
        desk.tasks.crashed.connect(self.banner.show_report)
        desk.bus.changed.connect(self._on_changed)
        self._overview.timeout.connect(self._read_overview)
        self.rail.page_chosen.connect(self.open_page)
        self.top_bar.palette_requested.connect(self.open_palette)
        self.top_bar.theme_toggled.connect(self.toggle_theme)
        self.top_bar.counter_clicked.connect(self.open_due)
        self.status.office_clicked.connect(lambda: self.open_page("settings"))
        self.status.law_clicked.connect(lambda: self.open_page(LAW))
        self.cases_page.citation_activated.connect(self.open_citation)
        self.citation_activated.connect(self.side.show_article)
        self.side.crowded.connect(lambda on: self.cases_page.make_room(for_panel=on))
        self.palette_dialog.case_chosen.connect(self.open_case)
        self.palette_dialog.article_chosen.connect(self.search_law)
        for keys, slot in (
            ("Ctrl+K", self.open_palette),
            ("Ctrl+N", self.new_case),
            ("Ctrl+Shift+F", partial(self.open_page, LAW)),
            ("Ctrl+L", self.search_beside),
            ("F1", self._key_map.open_beside),
            ("Esc", self.step_back),
        ):
            self._shortcut(keys, slot)

    def _shortcut(self, keys: str, slot: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def commands(self) -> tuple[Command, ...]:
        """Return what the palette offers beside cases and articles."""
        pages = [Command("打开案件", "F2", partial(self.open_page, CASES))]
        pages += [
            Command(f"打开{entry.title}", entry.shortcut, partial(self.open_page, entry.key))
            for entry in self._entries.values()
        ]
        return (
            *pages,
            Command("新建案件", "Ctrl+N", self.new_case),
            Command("在侧栏检索法规、案例、实务", "Ctrl+L", self.search_beside),
            Command("核对文件、文字中的引用", "", self.check_citations),
            Command("切换浅色/深色", "", self.toggle_theme),
            Command("快捷键一览", "F1", self._key_map.open_beside),
        )

    def open_page(self, key: str) -> QWidget | None:
        """Show a page, making it on first use; an unknown key is ignored."""
        if key not in self._pages:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._add_page(key, entry.make(self._desk))
        page = self._pages[key]
        if key == LAW:
            # It has room for itself only, and shows articles itself.
            self.side.put_away()
        self._stack.setCurrentWidget(page)
        self.rail.choose(key)
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return page

    def _add_page(self, key: str, page: QWidget) -> None:
        self._pages[key] = page
        self._stack.addWidget(page)
        if page is not self.cases_page:
            self._join(page)

    def _join(self, page: QWidget) -> None:
        """Connect what a page or a panel beside it asks of the window."""
        for name, slot in (
            ("citation_activated", self.open_citation),
            ("insert_wanted", self.insert_citation),
            ("case_opened", self.open_case),
            ("matter_opened", self.open_matter),
            ("step_opened", self.open_step),
            ("check_opened", self.open_check),
            ("recompute_wanted", self.recompute_deadlines),
        ):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(slot)

    def open_case(self, case_id: str) -> None:
        """Show a case in its tab."""
        self.open_page(CASES)
        self.cases_page.open_case(case_id)

    def open_matter(self, code: str) -> None:
        """Show a matter of the list with its articles, ranges and tiers."""
        page = self.open_page("settings")
        show = getattr(page, "show_matter", None)
        if show is not None:
            show(code)

    def open_step(self, case_id: str, step: int) -> None:
        """Show a case in its tab, at a step."""
        self.open_page(CASES)
        self.cases_page.open_case(case_id).go_to(step)

    def open_check(self, case_id: str, check: str) -> None:
        """Show a case in its tab, at a check of the review."""
        self.open_page(CASES)
        self.cases_page.open_case(case_id).show_check(check)

    def open_due(self, group: str) -> None:
        """Show the due board at a group of it."""
        page = self.open_page("due")
        choose = getattr(page, "choose", None)
        if choose is not None:
            choose(group)

    def recompute_deadlines(self) -> None:
        """Count the deadlines of all open cases anew in the background, once at a time."""
        self._recomputing.set()
        task = self._desk.tasks.long(
            self._desk.workstation.due.recompute_all,
            title="重新计算期限",
            owner=self,
            done=self._on_recomputed,
        )
        self._recomputing = task.stop

    def _on_recomputed(self, changes: Changes | None) -> None:
        if changes is None:
            self.status.show_message("没有算完：已算的保留，其余仍是原来的末日。")
            return
        self._desk.bus.publish(changes)
        self.status.show_message("全部案件的期限已重新计算。")

    def new_case(self) -> None:
        """Show the form of a new case."""
        self.open_page(CASES)
        self.cases_page.new_case()

    def search_law(self, query: str) -> None:
        """Open the e助理 with a query."""
        page = self.open_page(LAW)
        if isinstance(page, LawPage):
            page.search(query)

    def check_citations(self) -> None:
        """Let a file or a text be checked for what it cites."""
        page = self.open_page(LAW)
        if isinstance(page, LawPage):
            page.open_citations()

    def open_citation(self, text: str, as_of: date | None = None) -> None:
        """Say that an article is asked for; it is shown beside the page."""
        self.citation_activated.emit(text, as_of)

    def case_days(self) -> tuple[tuple[str, date], ...]:
        """Return the days by which the law of the case in view is looked for."""
        case = self.cases_page.current_case()
        return case.law_days if case is not None and case.isVisible() else ()

    def search_beside(self) -> None:
        """Open the e助理 beside the page, with the words selected in the form if there are any."""
        if self._stack.currentWidget() is self._pages.get(LAW):
            self.open_page(LAW)
            return
        case = self.cases_page.current_case()
        in_view = case is not None and case.isVisible()
        self.side.open_search(case.documents.selected_words() if case and in_view else "")

    def insert_citation(self, text: str, day: date, tell: Callable[[str, str], None]) -> None:
        """Put a citation into the field of the open case typed in last; its text is of ``day``."""
        case = self.cases_page.current_case()
        field = case.documents.insert_citation(text, day) if case is not None else ""
        if field:
            tell(f"已写入“{field}”，所引文本已记下：{text}", "ok")
        else:
            tell(_NO_FIELD, "warn")

    def open_palette(self) -> None:
        """Ask for a case, an article or a command in one box."""
        self.palette_dialog.open_with(self.commands())

    def step_back(self) -> None:
        """Put away what lies on top: the error strip, else the panel beside the page."""
        if self.banner.isVisible():
            self.banner.dismiss()
        elif not self.side.put_away():
            self.cases_page.step_back()

    def toggle_theme(self) -> None:
        """Switch between light and dark."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dark = application.property("scheme") == Scheme.DARK.value
            self.set_scheme(Scheme.LIGHT if dark else Scheme.DARK)

    @property
    def is_busy(self) -> bool:
        """Whether background work is under way."""
        return self._desk.tasks.is_busy

    def set_scheme(self, scheme: Scheme) -> None:
        """Show the window light or dark."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            before = current_tokens()
            recolour_texts(self, before, apply_theme(application, scheme))
        self.rail.recolour()
        self.top_bar.recolour()
        self.cases_page.recolour()
        for page in self._pages.values():
            page.update()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("draft"):
            self.status.show_draft_saved(datetime.now())
        if changes.touches("case") or changes.touches("deadlines"):
            self._overview.start()
        if any(changes.touches(kind) for kind in _MOVING_DEADLINES):
            self.recompute_deadlines()
        if changes.touches("office"):
            self._read_office()
        if changes.touches("law"):
            self.show_law_status()

    def show_law_status(self) -> None:
        """Say in the status line which statutes are at hand."""
        self._desk.tasks.read(
            self._desk.workstation.law.status,
            owner=self,
            done=self._on_law_status,
            latest="law status",
        )

    def _on_law_status(self, status: LawStatus) -> None:
        if status.ready:
            self.status.show_law(f"法规库 {status.instruments}部 {status.articles}条")

    def _read_office(self) -> None:
        office = self._desk.workstation.office

        def read() -> Office | None:
            return office.office() if office.exists() else None

        self._desk.tasks.read(read, owner=self, done=self._on_office_read, latest="office")

    def _on_office_read(self, office: Office | None) -> None:
        if office is None:
            self.status.show_office("尚未建立机关", "")
            return
        clerks = office.with_role(Role.CLERK)
        self.status.show_office(office.agency.name, clerks[0].name if clerks else "")

    def _read_overview(self) -> None:
        workstation = self._desk.workstation
        self._desk.tasks.read(
            lambda: read_overview(workstation),
            owner=self,
            done=self.top_bar.show_overview,
            latest="overview",
        )

    def run_start(self, prepare: Callable[[], str]) -> None:
        """Prepare the office in the background, open the case it names, then read the statutes."""
        self.status.show_message("正在准备…")
        self._desk.tasks.write(prepare, owner=self, done=self._on_prepared, title="准备机关与案件")

    def _on_prepared(self, case_id: str) -> None:
        self.status.show_message("")
        self._read_office()
        self._overview.start()
        self.cases_page.list_page.refresh()
        if case_id:
            self.open_case(case_id)
        self._desk.tasks.long(
            self._desk.workstation.law.build,
            title="建立法规库",
            owner=self,
            done=self._on_law_built,
        )

    def _on_law_built(self, changes: Changes | None) -> None:
        self._desk.bus.publish(changes)
        self.show_law_status()
        self._desk.tasks.read(self._desk.workstation.law.warm, owner=self)

    def close_desk(self) -> None:
        """Let what runs in the background end; call once the window is closed."""
        self._desk.tasks.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.cases_page.save_drafts()
        super().closeEvent(event)

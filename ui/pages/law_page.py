"""The e助理: one box, three shelves; results grouped by law, the article at the right."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.pages.law_results import NOTHING_FOUND, answer_html, welcome_html
from ui.widgets.article_panel import ArticlePanel
from ui.widgets.group_chips import GroupChips
from ui.widgets.law_day_line import CaseDays
from ui.widgets.law_filters import LawFilters
from ui.widgets.law_search_box import LawSearchBox
from ui.widgets.link_browser import LinkBrowser
from ui.widgets.shelf_view import ShelfView
from ui.widgets.splits import split_of
from ui.widgets.task_progress import TaskProgress
from ui.widgets.text_citations import TextCitationsView
from ui.widgets.text_labels import button, label, row_of, set_role
from ui.widgets.version_comparison import VersionComparisonView
from workstation.domain.shelves import Shelf
from workstation.errors import WorkstationError
from workstation.legislation.article_pairs import ArticlePairs
from workstation.legislation.imported_texts import LawImport
from workstation.legislation.search import SearchAnswer
from workstation.legislation.shelf_index import ShelfAnswer
from workstation.operations.changes import Changes
from workstation.operations.law import LawStatus
from workstation.operations.shelves.searching import SHELVES

_DELAY = 150
_LIMIT = 40


class LawPage(QWidget):
    """Searches as the user types; the statutes are read in once, with progress and cancel."""

    insert_wanted = Signal(str, object, object)
    case_opened = Signal(str)
    matter_opened = Signal(str)
    citation_activated = Signal(str, object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, beside: CaseDays | None = None
    ) -> None:
        """``beside``: in a narrow panel, text below results; tells the days of the page beside."""
        super().__init__(parent)
        self._desk = desk
        self._beside = beside is not None
        self._opens_first = False
        self._answer: SearchAnswer | None = None
        self._shelves_stale = True
        self.box = LawSearchBox(desk)
        self.filters = LawFilters(beside)
        self.state = label("", "muted", wraps=True)
        self.progress = TaskProgress(desk.tasks, 220)
        self.results = LinkBrowser("检索结果")
        self.article = ArticlePanel(desk)
        self.shelf_chips = GroupChips({s.value: s.label for s in Shelf}, "检索哪一架")
        self.shelves = {shelf: ShelfView(desk, shelf, self._across) for shelf in SHELVES}
        self.comparison = VersionComparisonView(desk)
        self.citations = TextCitationsView(desk)
        self.check_citations = button("核对引用", flat=True)
        self.check_citations.setToolTip("核对一份文件、一段文字引用的法条（Alt+4）")
        self.check_citations.setShortcut("Alt+4")
        self._left = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._build()
        self._connect()
        self._ensure()

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 4)
        if self._beside:
            top.addWidget(self.box)
            top.addLayout(row_of(self.filters, None))
        else:
            top.addLayout(row_of(self.box, self.filters))
        top.addLayout(row_of(self.shelf_chips, self.check_citations, None, self.filters.widening))
        state = row_of(self.state, self.progress)
        state.setStretch(0, 1)
        top.addLayout(state)
        left = QWidget()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(16, 0, 8, 12)
        left_layout.addWidget(self._left)
        self._left.addWidget(self.results)
        self._left.addWidget(self.citations)
        sizes = (260, 540) if self._beside else (620, 560)
        self._found = split_of(left, self.article, sizes=sizes, upright=self._beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        self.comparison.hide()
        layout.addWidget(self._found, 1)
        layout.addWidget(self.comparison, 1)
        for view in self.shelves.values():
            view.hide()
            layout.addWidget(view, 1)
        self.article.offer_comparison()
        self.article.listen_on(self)
        self.setFocusProxy(self.box)
        self._welcome()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self.shelf_chips.chosen.connect(lambda key: self.show_shelf(Shelf(key)))
        for number, (key, chip) in enumerate(self.shelf_chips.chips.items(), 1):
            # Also where it was chosen already: it leads back from the check of citations.
            chip.clicked.connect(lambda _on=False, key=key: self.show_shelf(Shelf(key)))
            chip.setToolTip(f"Alt+{number}")
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(chip.click)
        for view in self.shelves.values():
            view.case_opened.connect(self.case_opened)
            view.citation_activated.connect(self.citation_activated)
        self.article.insert_wanted.connect(self.insert_wanted)
        self.article.comparison_wanted.connect(self.compare)
        self.comparison.closed.connect(self._leave_comparison)
        self.check_citations.clicked.connect(self.open_citations)
        self.citations.article_wanted.connect(self._show_cited)
        self.citations.closed.connect(lambda: self.show_shelf(Shelf.LAWS))
        self.article.case_opened.connect(self.case_opened)
        self.article.matter_opened.connect(self.matter_opened)
        self.box.textChanged.connect(lambda _text: self._on_typed())
        self.filters.changed.connect(self._timer.start)
        self.box.returnPressed.connect(self._open_first)
        self.box.left_downwards.connect(lambda: self._shown_results().choose_first())
        for results in (self.results, *(view.results for view in self.shelves.values())):
            results.left_upwards.connect(self.box.setFocus)
        self.results.anchorClicked.connect(self._on_link)
        self._desk.bus.changed.connect(self._on_changed)

    def search(self, query: str) -> None:
        """Put a query into the box and answer it."""
        self.box.put(query)
        self.box.setFocus()

    @property
    def _across(self) -> Qt.Orientation:
        """How results and text are laid out."""
        return Qt.Orientation.Vertical if self._beside else Qt.Orientation.Horizontal

    def _shown_results(self) -> LinkBrowser:
        return self.results if self.shelf is Shelf.LAWS else self.shelves[self.shelf].results

    @property
    def shelf(self) -> Shelf:
        """The shelf that is shown."""
        return Shelf(self.shelf_chips.key())

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the answers of a shelf; the day, region and kind are those of the law only."""
        self.comparison.hide()
        self._left.setCurrentWidget(self.results)
        self._found.setVisible(shelf is Shelf.LAWS)
        for known, view in self.shelves.items():
            view.setVisible(known is shelf)
        self.filters.setEnabled(shelf is Shelf.LAWS)

    def compare(self, title: str) -> None:
        """Show the texts of a law side by side in the place of the results."""
        self.shelf_chips.choose(Shelf.LAWS.value)
        self._found.hide()
        self.comparison.show()
        self.comparison.show_texts_of(title)

    def _leave_comparison(self) -> None:
        self.comparison.hide()
        self._found.show()
        self.article.text.setFocus()

    def open_citations(self) -> None:
        """Let a file or a text be checked in the place of the results."""
        self.shelf_chips.choose(Shelf.LAWS.value)
        self.show_shelf(Shelf.LAWS)
        self.citations.keep_to(self.as_of)
        self._left.setCurrentWidget(self.citations)
        if self._beside:
            self._found.setSizes([420, 380])
        self.citations.setFocus()

    def _show_cited(self, citation: str) -> None:
        self.article.show()
        self.article.show_reference(citation, self.as_of)

    @property
    def as_of(self) -> date | None:
        """The day the texts must be in force on; None is today, or a day that can't be read."""
        return self.filters.as_of

    def _ensure(self) -> None:
        law = self._desk.workstation.law
        if law.is_ready:
            self._on_ready(None)
            return
        self.state.setText("正在读入国家法律并建立检索索引，首次约十几秒，可继续做别的事。")
        task = self._desk.tasks.long(
            law.build,
            title="建立法规库",
            owner=self,
            done=self._on_ready,
            failed=self._on_failed,
        )
        self.progress.follow(task)

    def _on_ready(self, changes: Changes | None) -> None:
        law = self._desk.workstation.law
        if not law.is_ready:
            self.state.setText("法规库没有建立完成。再次打开本页即可继续。")
            return
        if changes is not None:
            self._desk.bus.publish(changes)
        self._desk.tasks.read(
            lambda: (law.status(), law.imports(), law.own_region(), law.kinds()),
            owner=self,
            done=self._show_store,
            latest="store",
        )

    def _show_store(
        self,
        read: tuple[LawStatus, tuple[LawImport, ...], str | None, tuple[str, ...]] | None,
    ) -> None:
        """Say what there is, offer its kinds and the office's own region, then search."""
        if read is None:
            return
        status, imports, own, kinds = read
        imported = sum(not taken.undone_at for taken in imports)
        others = f"其中本局导入 {imported} 件。" if imported else "地方性法规、规章等尚未导入。"
        self.state.setText(
            f"法规 {status.instruments} 部、{status.articles} 条（{status.package}）。{others}"
        )
        self.state.setVisible(not self._beside)
        self.filters.offer_kinds(kinds)
        if own:
            self.filters.offer_own(own)
        self._ask()

    def _on_failed(self, error: WorkstationError) -> None:
        set_role(self.state, "error")
        self.state.show()
        self.state.setText(f"{error.message}{error.hint}")

    def _ask(self) -> None:
        if self.citations.isVisible():
            self.citations.keep_to(self.as_of)
        query = self.box.text().strip()
        self._ask_shelves(query)
        law = self._desk.workstation.law
        if not query or not law.is_ready:
            self._answer = None
            self._count(Shelf.LAWS, None)
            self._welcome()
            return
        work = partial(
            law.search,
            query,
            as_of=self.as_of,
            kind=self.filters.chosen_kind,
            region=self.filters.chosen_region,
            limit=_LIMIT,
            as_typed=self.filters.as_typed,
        )
        self._desk.tasks.read(
            work, owner=self, done=self._show, failed=self._on_failed, latest="search"
        )

    def _ask_shelves(self, query: str) -> None:
        """Search the shelves beside the law, once what was written since is taken in."""
        search = self._desk.workstation.shelf_search
        if self._shelves_stale:
            self._shelves_stale = False
            self._desk.tasks.long(
                search.refresh,
                title="更新案例和办案实务的索引",
                owner=self,
                done=lambda _whole: self._ask_shelves(self.box.text().strip()),
                failed=self._on_failed,
            )
            return
        as_typed = self.filters.as_typed
        find = partial(search.search, query=query, limit=_LIMIT, as_typed=as_typed)
        self._desk.tasks.read(
            lambda: {shelf: find(shelf) if query else None for shelf in SHELVES},
            owner=self,
            done=self._show_shelves,
            latest="shelves",
        )

    def _show_shelves(self, answers: dict[Shelf, ShelfAnswer | None] | None) -> None:
        for shelf, answer in (answers or {}).items():
            self.shelves[shelf].show_answer(answer)
            self._count(shelf, answer.count if answer else None)
            self._open_where_wanted(shelf)

    def _count(self, shelf: Shelf, count: int | None) -> None:
        if count is None:
            self.shelf_chips.chips[shelf.value].setText(shelf.label)
        else:
            self.shelf_chips.show_counts({shelf.value: count})
            if shelf is Shelf.LAWS and count == _LIMIT:
                self.shelf_chips.chips[shelf.value].setText(f"{shelf.label} {count}+")

    def _show(self, answer: SearchAnswer | None) -> None:
        if answer is None:
            return
        self._answer = answer
        self._count(Shelf.LAWS, len(answer.results))
        self._open_where_wanted(Shelf.LAWS)
        if not answer.results:
            self.results.setHtml(NOTHING_FOUND)
            return
        self.results.setHtml(answer_html(answer))
        uses, day = self._desk.workstation.article_uses, self.as_of
        self._desk.tasks.read(
            lambda: uses.pairs_among(answer.results, day),
            owner=self,
            done=self._show_pairs,
            latest="search",
        )

    def _show_pairs(self, pairs: Mapping[int, ArticlePairs] | None) -> None:
        if pairs and self._answer is not None:
            bar = self.results.verticalScrollBar()
            place = bar.value()
            self.results.setHtml(answer_html(self._answer, pairs))
            bar.setValue(place)

    def _open_first(self) -> None:
        """Open the first answer, once what was typed last is answered."""
        if self._timer.isActive():
            self._timer.stop()
            self._opens_first = True
            self._ask()
            return
        if self.shelf is not Shelf.LAWS:
            self.shelves[self.shelf].open_first()
            return
        if self._answer is not None and self._answer.results:
            self._open(self._answer.results[0].article_id)

    def _open_where_wanted(self, answered: Shelf) -> None:
        if self._opens_first and self.shelf is answered:
            self._opens_first = False
            self._open_first()

    def _on_typed(self) -> None:
        self._left.setCurrentWidget(self.results)
        self._opens_first = False
        self._timer.start()

    def _welcome(self) -> None:
        searches = self._desk.workstation.searches
        self._desk.tasks.read(
            lambda: (searches.pinned(), searches.recent()),
            owner=self,
            done=self._show_welcome,
            latest="search",
        )

    def _show_welcome(self, kept: tuple[tuple[str, ...], tuple[str, ...]] | None) -> None:
        if kept is not None and self._answer is None:
            self.results.setHtml(welcome_html(*kept))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("searches") and self._answer is None:
            self._welcome()
        if changes.touches("law") and self._desk.workstation.law.is_ready:
            self._on_ready(None)
        if changes.touches("case"):
            self._shelves_stale = True
        if changes.touches("shelf"):
            self._shelves_stale = True
            self._ask_shelves(self.box.text().strip())

    def _open(self, article_id: int) -> None:
        self.article.show()
        self.article.show_article(article_id, self.as_of)
        work = partial(self._desk.workstation.searches.remember, self.box.text())
        self._desk.tasks.write(work, owner=self, done=self._desk.bus.publish)

    def _on_link(self, url: QUrl) -> None:
        kind, _, rest = url.toString().partition(":")
        if kind == "q":
            self.search(QUrl.fromPercentEncoding(rest.encode()))
        elif kind == "a":
            self._open(int(rest))
        elif kind == "p":
            self._show_cited(QUrl.fromPercentEncoding(rest.encode()))

"""What the papers of a case cite: each article with its verdict and every place that cites it."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.legislation.citations import WRONG, Verdict
from workstation.operations.case_citations import CaseCitations, CitedArticle, CitedPlace
from workstation.operations.certificates import Certificate
from workstation.operations.pinned_articles import PinState

_ARTICLES = ("条文", "结论", "处数", "引用的文书")
_PLACES = ("文书", "页", "栏目", "条款", "核对日", "说明")
_COUNTRY = "中华人民共和国"
_EMPTY = "本案制发的文书还没有引用法条。制发文书之后，引用会自动核对并列在这里。"


class CitationPane(CaseReadingPane):
    """Reads when it is looked at; Enter opens the article or the paper, Ctrl+Shift+C copies."""

    citation_activated = Signal(str, object)
    place_activated = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._found: CaseCitations | None = None
        self.summary = label("", "muted", wraps=True)
        self.pins = label("", "warn", wraps=True)
        self.model = RecordTableModel(_ARTICLES)
        self.table = record_table(self.model, "引用的条文", (268, 84, 44))
        self.places_model = RecordTableModel(_PLACES)
        self.places = record_table(self.places_model, "引用所在之处", (128, 32, 84, 116, 142))
        self.state = label("", "muted", wraps=True)
        self._open = button("查看条文")
        self._copy = button("复制引用")
        self._goto = button("打开文书")
        self._compile = button("生成条文汇编", primary=True)
        self._build()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.places)
        splitter.setSizes([380, 200])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.pins)
        self.pins.hide()
        layout.addWidget(splitter, 1)
        layout.addWidget(self.state)
        layout.addLayout(row_of(self._open, self._copy, self._goto, None, self._compile))
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._on_article)
        self._open.clicked.connect(self.open_article)
        self._copy.clicked.connect(self.copy_citation)
        self._goto.clicked.connect(self.open_place)
        self._compile.clicked.connect(self.compile)
        self.table.activated.connect(self.open_article)
        self.places.activated.connect(self.open_place)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy_citation)
        self._enable()

    @override
    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        self._say("正在核对全案引用…")
        citations, case_id, day = self._desk.workstation.citations, self._case_id, view.as_of
        pinned = self._desk.workstation.pinned_articles
        self._desk.tasks.read(
            lambda: (citations.of_case(case_id, day), pinned.of_case(case_id, day)),
            owner=self,
            done=self._show,
            failed=self._failed,
            latest="citations",
        )

    def article(self) -> CitedArticle | None:
        """Return the chosen article, or None."""
        row = _chosen(self.table)
        return self._found.articles[row] if self._found is not None and row >= 0 else None

    def place(self) -> CitedPlace | None:
        """Return the chosen place, else the one of the article to look at first."""
        article, row = self.article(), _chosen(self.places)
        if article is None:
            return None
        return article.places[row] if 0 <= row < len(article.places) else article.worst

    def open_article(self) -> None:
        """Show the chosen article as of the day it was judged by."""
        place = self.place()
        if place is not None:
            self.citation_activated.emit(str(place.check.reference), place.day)

    def open_place(self) -> None:
        """Go to the paper, to the field that cites the article."""
        place = self.place()
        if place is not None:
            self.place_activated.emit(place)

    def copy_citation(self) -> None:
        """Copy 《全称》第…条第…款第（…）项 of the chosen place."""
        place = self.place()
        if place is not None:
            QGuiApplication.clipboard().setText(str(place.check.reference))
            self._say(f"已复制 {place.check.reference}")

    def compile(self) -> None:
        """Write 《本案适用法律条文汇编》 into a folder the user names."""
        found, home = self._found, self._desk.workstation.home
        if found is None:
            return
        folder = self._desk.prompter.choose_folder(self, "条文汇编导出到", home.output)
        if folder is None:
            return
        citations = self._desk.workstation.citations
        self._say("正在生成条文汇编…")

        def made() -> tuple[Certificate, tuple[Path, Path]]:
            compilation = citations.compilation(found)
            return compilation, compilation.write(folder)

        self._desk.tasks.read(made, owner=self, done=self._written, failed=self._failed)

    def _written(self, made: tuple[Certificate, tuple[Path, Path]] | None) -> None:
        if made is not None:
            compilation, paths = made
            pages = len(compilation.layout.pages)
            self._say(f"已生成 {paths[0].name} 和 PDF（{pages}页），在 {paths[0].parent}")

    def _show(self, read: tuple[CaseCitations, tuple[PinState, ...]] | None) -> None:
        if read is None:
            return
        self._found, states = read
        found = self._found
        changed = [s for s in states if s.change]
        self.pins.setVisible(bool(changed))
        self.pins.setText("\n".join(map(_pin_line, changed)))
        self.model.show(
            [_article_row(a) for a in found.articles],
            [str(n) for n in range(len(found.articles))],
        )
        self._say("")
        self.summary.setText(_summary(found))
        if found.articles:
            first = next((n for n, a in enumerate(found.articles) if a.verdict in WRONG), 0)
            self.table.selectRow(first)
        else:
            self.places_model.show([])
        self._enable()

    def _on_article(self, _current: QModelIndex) -> None:
        article = self.article()
        rows = [_place_row(place) for place in article.places] if article else []
        self.places_model.show(rows, [str(n) for n in range(len(rows))])
        self._enable()

    def _enable(self) -> None:
        chosen = self.article() is not None
        for made in (self._open, self._copy, self._goto):
            made.setEnabled(chosen)
        self._compile.setEnabled(self._found is not None and bool(self._found.articles))

    def _say(self, text: str) -> None:
        set_role(self.state, "muted")
        self.state.setText(text)

    def _failed(self, error: WorkstationError) -> None:
        self._stale = True
        set_role(self.state, "error")
        self.state.setText(f"{error.message}{error.hint}")


def _chosen(table: QTableView) -> int:
    key = table.currentIndex().siblingAtColumn(0).data(KEY_ROLE)
    return int(key) if key else -1


def _summary(found: CaseCitations) -> str:
    if not found.articles:
        return _EMPTY
    places = sum(len(article.places) for article in found.articles)
    unsure = sum(a.verdict is not Verdict.OK for a in found.articles) - len(found.wrong)
    acted = f"（{found.act_day.isoformat()}）" if found.act_day else ""
    return (
        f"{found.papers}份文书引用{len(found.articles)}条、{places}处："
        f"✕ 不能引用{len(found.wrong)}条，? 须查原文{unsure}条。"
        f"事项清单的处罚依据按行为日{acted}核对，其余按文书日期核对。"
    )


def _pin_line(state: PinState) -> str:
    pin = state.pin
    return f"⚠ {pin.document} 引入的{pin.citation}：{state.change.rstrip('。')}。请核对后改写。"


def _article_row(article: CitedArticle) -> tuple[str, ...]:
    return (
        str(article.reference).replace(_COUNTRY, ""),
        f"{article.verdict.mark} {article.verdict.words}",
        str(len(article.places)),
        "、".join(article.papers),
    )


def _place_row(place: CitedPlace) -> tuple[str, ...]:
    return (
        f"{place.document} {place.document_title}",
        str(place.page) if place.page else "",
        place.field_label or "固定文字",
        place.check.reference.place,
        f"{place.day_kind.value} {place.day.isoformat()}",
        f"{place.check.verdict.mark} {place.check.message}",
    )

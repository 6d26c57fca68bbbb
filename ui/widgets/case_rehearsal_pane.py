"""The case as the other side would argue it (复议沙盘): arguments, below them the answer."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import QSplitter, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.theme import current_tokens
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.certificates import Certificate
from workstation.operations.rehearsals import Rehearsal
from workstation.review.records import Passage
from workstation.review.rehearsals import HEADER, Weakness

_HEADINGS = ("事由", "审核项", "答复", "对方可能主张")
_WIDTHS = (80, 110, 64)
_ARTICLE, _PLACE = "article:", "place:"


class RehearsalPane(CaseReadingPane):
    """Reads when it is looked at; Ctrl+↑ and Ctrl+↓ move, Enter goes to the place."""

    citation_activated = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._found: Rehearsal | None = None
        self.headline = label(HEADER, "heading", wraps=True)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "对方可能的主张", _WIDTHS)
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName("主张与答复")
        self.state = label("", "muted", wraps=True)
        self.export = button("生成应诉要点", primary=True)
        self._build()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([320, 260])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(split, 1)
        bar = row_of(self.state, self.export)
        bar.setStretch(0, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.table)
        self.export.setEnabled(False)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.activated.connect(self.go_to_place)
        self.detail.anchorClicked.connect(self._on_link)
        self.export.clicked.connect(self.write_points)
        self._step_with_keys()

    @override
    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        rehearsals, case_id, day = self._desk.workstation.rehearsals, self._case_id, view.as_of
        self._say("正在按清单推演……")
        self._desk.tasks.read(
            lambda: rehearsals.of_case(case_id, day),
            owner=self,
            done=self._show,
            failed=self._on_failed,
            latest="rehearsal",
        )

    def _show(self, found: Rehearsal | None) -> None:
        if found is None:
            return
        self._found = found
        self.model.show([_row(weakness) for weakness in found.weaknesses])
        count = len(found.weaknesses)
        self.headline.setText(f"{HEADER}　·　{count}项可被攻击，{found.unanswered}项无答复")
        set_role(self.headline, "warn" if found.unanswered else "heading")
        self.export.setEnabled(True)
        self._say("")
        if found.weaknesses:
            self.table.selectRow(0)
        else:
            self.detail.setPlainText("审核清单上没有可以攻击的项目。")

    def chosen(self) -> Weakness | None:
        """Return the argument that is chosen."""
        row = self.table.currentIndex().row()
        if self._found is None or not 0 <= row < len(self._found.weaknesses):
            return None
        return self._found.weaknesses[row]

    @override
    def step_by(self, by: int) -> None:
        """Choose the next argument (1) or the one before (-1)."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def go_to_place(self) -> None:
        """Go to where the chosen argument hangs, else to the paper that answers it."""
        places = _places(self.chosen())
        if places:
            self.place_wanted.emit(places[0])

    def write_points(self) -> None:
        """Write 《应诉要点》 into a folder the user names."""
        found, workstation = self._found, self._desk.workstation
        if found is None:
            return
        folder = self._desk.prompter.choose_folder(self, "应诉要点导出到", workstation.home.output)
        if folder is None:
            return

        def made() -> tuple[Certificate, tuple[Path, Path]]:
            points = workstation.rehearsals.points(found)
            return points, points.write(folder)

        self._desk.tasks.read(made, owner=self, done=self._on_written, failed=self._on_failed)

    def _on_written(self, made: tuple[Certificate, tuple[Path, Path]] | None) -> None:
        if made is not None:
            points, paths = made
            pages = len(points.layout.pages)
            self._say(f"已生成 {paths[0].name} 和 PDF（{pages}页），在 {paths[0].parent}")

    def _on_chosen(self, _index: QModelIndex) -> None:
        weakness = self.chosen()
        if weakness is not None:
            losses = self._found.losses(weakness) if self._found else ""
            self.detail.setHtml(_detail_html(weakness, losses))

    def _on_link(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(_ARTICLE):
            self.citation_activated.emit(text.removeprefix(_ARTICLE))
        else:
            self.place_wanted.emit(_places(self.chosen())[int(text.removeprefix(_PLACE))])

    def _on_failed(self, error: WorkstationError) -> None:
        self._stale = True
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _row(weakness: Weakness) -> tuple[str, ...]:
    found = weakness.finding
    answered = "有" if weakness.answer else "✕ 无"
    name = f"{found.check.id} {found.state.value}"
    return weakness.attack.ground.name, name, answered, weakness.argument


def _places(weakness: Weakness | None) -> tuple[Passage, ...]:
    return (*weakness.finding.passages, *weakness.support) if weakness is not None else ()


def _detail_html(weakness: Weakness, losses: str) -> str:
    tokens, found = current_tokens(), weakness.finding
    tone = tokens.text if weakness.answer else tokens.error
    first = len(found.passages)
    pointers = "；".join(_link(f"{_PLACE}{n}", _named(p)) for n, p in enumerate(found.passages))
    support = "；".join(
        _link(f"{_PLACE}{first + n}", _named(p)) for n, p in enumerate(weakness.support)
    )
    basis = "、".join(_link(_ARTICLE + str(a), str(a)) for a in found.check.basis)
    ground = "、".join(_link(_ARTICLE + str(a), str(a)) for a in weakness.attack.ground.basis)
    told = f"<p style='color:{tokens.warn}'>{escape(losses)}</p>" if losses else ""
    return (
        f"<p><b>对方可能主张</b>：{escape(weakness.argument)}</p>"
        f"{told}"
        f"<p><span style='color:{tokens.muted}'>指向</span>　{pointers or '未指向具体文书'}</p>"
        f"<p style='color:{tone}'><b>案卷的答复</b>：{escape(weakness.best_answer)}</p>"
        f"<p>{support}</p>"
        f"<p><span style='color:{tokens.muted}'>依据</span>　{basis}</p>"
        f"<p><span style='color:{tokens.muted}'>撤销、变更的条文</span>　{ground}</p>"
    )


def _named(passage: Passage) -> str:
    page = f" 第{passage.page}页" if passage.page else ""
    return f"{passage.title}{page}"


def _link(target: str, text: str) -> str:
    accent = current_tokens().accent
    return f"<a href='{escape(target)}' style='color:{accent}'>{escape(text)}</a>"

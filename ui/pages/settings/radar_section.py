"""修法雷达 in the window: which matters and open cases a change of law or list touches."""

from datetime import date
from threading import Event

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.models.typed_dates import parse_day
from ui.tasks import Task
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.law_radar import Progress, RadarReport, TouchedMatter

_MATTERS = ("编码", "名称", "条款", "变动", "自", "说明")
_CASES = ("案号", "案件", "原因", "自", "说明", "怎么办", "依据", "承办人")


class RadarSection(QWidget):
    """Runs in the background with progress and cancel; Enter opens a case or an article."""

    citation_activated = Signal(str, object)
    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._as_of = date.today()
        self.since, self.as_of = QLineEdit(), QLineEdit()
        self.bar = QProgressBar()
        self.state = label("", "muted", wraps=True)
        self.advice = label("", "", wraps=True)
        self.matters = RecordTableModel(_MATTERS)
        self.matter_table = record_table(self.matters, "受影响的事项", (140, 240, 260, 110, 100))
        self.cases = RecordTableModel(_CASES)
        self.case_table = record_table(
            self.cases, "受影响的在办案件", (180, 240, 170, 100, 320, 320, 120)
        )
        self._start = button("开始查找", primary=True)
        self._cancel = button("停止", flat=True)
        self._build()
        self._connect()
        self._say(
            "按“开始查找”，把全部在办案件和有效事项与法规库、清单比对一遍，不改动任何案件。",
            "muted",
        )

    def _build(self) -> None:
        for box, name, hint in (
            (self.since, "只看该日以后的变动", "全部"),
            (self.as_of, "以哪一日为准", "今天"),
        ):
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
            box.setFixedWidth(120)
        self.bar.setAccessibleName("进度")
        self.bar.setMaximumWidth(260)
        self.bar.hide()
        self._cancel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            label(
                "法律废止、修改，或者清单调整之后，查哪些在办案件要作从旧兼从轻的比较、移送或者过渡，"
                "哪些事项还引着旧条款。",
                "muted",
                wraps=True,
            )
        )
        layout.addLayout(
            row_of(
                label("变动在"), self.since, label("以后，以"), self.as_of, label("为准"),
                self._start, self.bar, self._cancel, None,
            )
        )  # fmt: skip
        layout.addWidget(self.state)
        splitter = QSplitter(Qt.Orientation.Vertical)
        for title, table in (("在办案件", self.case_table), ("事项", self.matter_table)):
            part = QWidget()
            inner = QVBoxLayout(part)
            inner.setContentsMargins(0, 4, 0, 0)
            inner.addWidget(label(title, "heading"))
            inner.addWidget(table, 1)
            if table is self.case_table:
                inner.addWidget(self.advice)
            splitter.addWidget(part)
        splitter.setSizes([360, 240])
        splitter.setChildrenCollapsible(False)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self._start)

    def _connect(self) -> None:
        self._start.clicked.connect(self.start)
        self._cancel.clicked.connect(self.stop)
        self._desk.tasks.progressed.connect(self._on_progress)
        self.case_table.activated.connect(self._on_case)
        self.case_table.selectionModel().currentRowChanged.connect(self._on_row)
        self.matter_table.activated.connect(self._on_matter)

    def start(self) -> None:
        """Look through all open cases."""
        since, as_of = _day(self.since), _day(self.as_of)
        unread = [
            b for b, d in ((self.since, since), (self.as_of, as_of)) if b.text() and d is None
        ]
        if unread:
            unread[0].setFocus()
            self._say("✕ 看不懂日期，请写作 2026-08-15；留空即全部、今天。", "error")
            return
        radar = self._desk.workstation.law_radar
        self._as_of = as_of or date.today()
        self.bar.setRange(0, 0)
        self.bar.show()
        self._cancel.show()
        self._start.setEnabled(False)
        self._say("正在查找…", "muted")

        def run(progress: Progress, stop: Event) -> RadarReport | None:
            return radar.run(since=since, as_of=as_of, progress=progress, stop=stop)

        self._task = self._desk.tasks.long(
            run, title="修法雷达", owner=self, done=self._show, failed=self._on_failed
        )

    def stop(self) -> None:
        """End the run early."""
        if self._task is not None:
            self._task.stop.set()
            self._say("正在停止…", "muted")

    def _on_progress(self, task: Task, done: int, total: int) -> None:
        if task is self._task:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _show(self, report: RadarReport | None) -> None:
        self._end()
        if report is None:
            self._say("已停止，没有结果。", "warn")
            return
        self.cases.show(
            [
                (
                    found.number,
                    found.title,
                    found.touch.value,
                    found.day.isoformat() if found.day else "—",
                    found.message,
                    found.advice,
                    found.basis,
                    "、".join(found.officers),
                )
                for found in report.cases
            ],
            [found.case_id for found in report.cases],
        )
        self.case_table.setCurrentIndex(self.cases.index(0, 0))
        rows = [row for touched in report.matters for row in _matter_rows(touched)]
        self.matters.show([row for row, _ in rows], [article for _, article in rows])
        touched_cases = len({found.case_id for found in report.cases})
        said = (
            f"看过 {report.cases_seen:,} 件尚未决定的案件、{report.matters_seen:,} 个有效事项："
            f"{touched_cases:,} 件案件、{len(report.matters):,} 个事项受影响。"
        )
        hint = "回车打开案件或者条文。" if rows or report.cases else ""
        self._say(said + hint, "warn" if report.cases or rows else "ok")

    def _on_failed(self, error: WorkstationError) -> None:
        self._end()
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _end(self) -> None:
        self._task = None
        self.bar.hide()
        self._cancel.hide()
        self._start.setEnabled(True)

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        said = [str(current.siblingAtColumn(column).data() or "") for column in (4, 5, 6)]
        self.advice.setText("{}{}（{}）".format(*said) if current.isValid() else "")

    def _on_case(self, index: QModelIndex) -> None:
        case_id = index.siblingAtColumn(0).data(KEY_ROLE)
        if case_id:
            self.case_opened.emit(str(case_id))

    def _on_matter(self, index: QModelIndex) -> None:
        article = index.siblingAtColumn(0).data(KEY_ROLE)
        if article:
            self.citation_activated.emit(str(article), self._as_of)

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _day(box: QLineEdit) -> date | None:
    return parse_day(box.text(), date.today())


def _matter_rows(touched: TouchedMatter) -> list[tuple[tuple[str, ...], str]]:
    return [
        (
            (
                touched.matter.code,
                touched.matter.name,
                str(change.reference),
                change.fate.value,
                change.day.isoformat() if change.day else "—",
                change.message,
            ),
            str(change.reference),
        )
        for change in touched.changes
    ]

"""One shelf of the e助理 beside the law: what answers at the left, the text at the right."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.pages.law_results import marked_html
from ui.prompts import READABLE_FILES
from ui.theme import current_tokens
from ui.widgets.link_browser import LinkBrowser
from ui.widgets.note_editor import NoteEditor
from ui.widgets.task_progress import TaskProgress
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.shelves import Shelf, ShelfText
from workstation.errors import WorkstationError
from workstation.legislation.shelf_index import ShelfAnswer, ShelfHit
from workstation.operations.changes import Changes
from workstation.operations.shelves.operations import ShelfImport, changes_of
from workstation.operations.shelves.own_cases import case_of

_FILES = f"文本 ({READABLE_FILES})"
_LISTED = 60
_REMOVED = "下架"
_EMPTY = {
    Shelf.CASES: "架上还没有案例。点“导入文件”选一份处罚决定、指导性案例；本局已结案件自动在架。",
    Shelf.NOTES: "还没有办案实务。点“写一条”记下取证、裁量、送达的做法，或者导入已有的文件。",
}


class ShelfView(QWidget):
    """Shows an answer, or without one what was put on the shelf last."""

    case_opened = Signal(str)
    citation_activated = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shelf = shelf
        self._answer: ShelfAnswer | None = None
        self._text: ShelfText | None = None
        self._removed = ""
        self._orientation = orientation
        self.results = LinkBrowser(f"{shelf.label}检索结果")
        self.write = button("写一条")
        self.file = button("导入文件…")
        self.folder = button("导入文件夹…")
        self.by = QLineEdit()
        self.by.setPlaceholderText("登记人姓名")
        self.by.setAccessibleName("登记人姓名")
        self.by.setFixedWidth(110)
        self.progress = TaskProgress(desk.tasks, 140)
        self.undo = button("撤回下架", flat=True)
        self.state = label("", "muted", wraps=True)
        self.title = label("", "title", wraps=True)
        self.facts = label("", "muted", wraps=True)
        self.warning = label("", "warn", wraps=True)
        self.text = QTextBrowser()
        self.text.setAccessibleName("全文")
        self.text.setOpenLinks(False)
        self.edit = button("修改")
        self.remove = button("下架", flat=True)
        self.editor = NoteEditor(desk)
        self._right = QStackedWidget()
        self._build()
        self._connect()
        self._clear()

    def _build(self) -> None:
        left = QWidget()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(16, 0, 8, 12)
        making = (self.write, self.file, self.folder, self.by)
        left_layout.addLayout(row_of(*making, self.progress, self.undo, None))
        self.write.setVisible(self.shelf is Shelf.NOTES)
        self.state.hide()
        left_layout.addWidget(self.state)
        left_layout.addWidget(self.results, 1)
        self.undo.hide()
        reading = QWidget()
        layout = QVBoxLayout(reading)
        layout.setContentsMargins(8, 0, 16, 12)
        for line in (self.title, self.facts, self.warning):
            layout.addWidget(line)
        layout.addWidget(self.text, 1)
        layout.addLayout(row_of(self.edit, self.remove, None))
        self._right.addWidget(reading)
        self._right.addWidget(self.editor)
        splitter = QSplitter(self._orientation)
        splitter.addWidget(left)
        splitter.addWidget(self._right)
        splitter.setSizes([620, 560])
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.setFocusProxy(self.results)

    def _connect(self) -> None:
        self.write.clicked.connect(self.write_note)
        self.file.clicked.connect(self.choose_file)
        self.folder.clicked.connect(self.choose_folder)
        self.undo.clicked.connect(self.undo_removal)
        self.edit.clicked.connect(self.edit_text)
        self.remove.clicked.connect(self.remove_text)
        self.editor.saved.connect(self._on_saved)
        self.editor.given_up.connect(lambda: self._right.setCurrentIndex(0))
        self.results.anchorClicked.connect(self._on_link)
        self.text.anchorClicked.connect(self._on_link)

    def show_answer(self, answer: ShelfAnswer | None) -> None:
        """Show what answers; None: nothing was asked, and the shelf itself is listed."""
        self._answer = answer
        if answer is None:
            self.list_texts()
        elif answer.hits:
            self.results.setHtml(_answer_html(answer))
        else:
            self.results.setHtml("<p>这一架没有找到。可以换一种说法，或者去掉引号。</p>")

    def list_texts(self) -> None:
        """List what stands on the shelf, the latest first."""
        shelves, shelf = self._desk.workstation.shelves, self.shelf
        self._desk.tasks.read(
            lambda: shelves.texts(shelf), owner=self, done=self._show_list, latest="texts"
        )

    def open_text(self, code: str) -> None:
        """Show a text, or open the own case that is meant."""
        case_id = case_of(code)
        if case_id:
            self.case_opened.emit(case_id)
            return
        shelves = self._desk.workstation.shelves
        self._desk.tasks.read(
            lambda: shelves.get(code), owner=self, done=self._show_text, latest="text"
        )

    def open_first(self) -> None:
        """Show the first of what answers."""
        if self._answer is not None and self._answer.hits:
            self.open_text(self._answer.hits[0].code)

    def write_note(self, matter: str = "") -> None:
        """Begin a note."""
        self.editor.write_new(matter or "")
        self._edit()

    def edit_text(self) -> None:
        """Begin a new version of the text that is shown."""
        if self._text is not None:
            self.editor.rewrite(self._text)
            self._edit()

    def remove_text(self) -> None:
        """Take the text that is shown off the shelf; one click puts it back."""
        if self._text is None:
            return
        code, by = self._text.code, self.by.text().strip() or self._text.author
        shelves = self._desk.workstation.shelves
        self._desk.tasks.write(
            lambda: shelves.remove(code, by, _REMOVED),
            owner=self,
            done=self._on_removed,
            failed=self._failed,
        )

    def undo_removal(self) -> None:
        """Put back what was taken off last."""
        code, by, shelves = self._removed, self.by.text(), self._desk.workstation.shelves
        self._desk.tasks.write(
            lambda: shelves.restore(code, by),
            owner=self,
            done=self._on_restored,
            failed=self._failed,
        )

    def choose_file(self) -> None:
        """Ask for a file and put it on the shelf."""
        path = self._desk.prompter.choose_file(self, "导入文件", Path.home(), _FILES)
        if path is not None:
            self.import_paths((path,))

    def choose_folder(self) -> None:
        """Ask for a folder and put its files on the shelf."""
        path = self._desk.prompter.choose_folder(self, "导入文件夹", Path.home())
        if path is not None:
            self.import_paths((path,))

    def import_paths(self, paths: tuple[Path, ...]) -> None:
        """Put files on the shelf in the background; what is done stays when it is stopped."""
        by = self.by.text().strip()
        if not by:
            self._say("✕ 请先填写登记人姓名。", "error")
            self.by.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        shelves, shelf = self._desk.workstation.shelves, self.shelf
        self._say("正在导入…")
        task = self._desk.tasks.long(
            lambda progress, stop: shelves.import_files(
                shelf, paths, by, progress=progress, stop=stop
            ),
            title=f"导入{shelf.label}",
            owner=self,
            done=self._on_imported,
            failed=self._failed,
        )
        self.progress.follow(task)

    def _edit(self) -> None:
        if not self.editor.by.text():
            self.editor.by.setText(self.by.text())
        self._right.setCurrentWidget(self.editor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self, texts: tuple[ShelfText, ...] | None) -> None:
        if texts is None or self._answer is not None:
            return
        if not texts:
            self.results.setHtml(f"<p>{_EMPTY[self.shelf]}</p>")
            return
        shown = "".join(_listed_html(text) for text in texts[:_LISTED])
        more = f"<p>只列最近{_LISTED}份，其余请检索。</p>" if len(texts) > _LISTED else ""
        muted = current_tokens().muted
        head = f"<p style='color:{muted}'>在架 {len(texts)} 份，新的在前</p>"
        self.results.setHtml(head + shown + more)

    def _show_text(self, text: ShelfText | None) -> None:
        if text is None:
            return
        self._text = text
        self._right.setCurrentIndex(0)
        self.title.setText(f"{text.title}{'（已下架）' if text.removed else ''}")
        self.facts.setText(_facts(text))
        self.warning.setVisible(bool(text.warnings))
        found = "、".join(text.warnings)
        self.warning.setText(f"⚠ 可能没有遮蔽个人信息：{found}。对外使用前请先遮蔽。")
        self.text.setHtml(_text_html(text))
        self.edit.setVisible(self.shelf is Shelf.NOTES)
        self.edit.setEnabled(not text.removed)
        self.remove.setVisible(not text.removed)

    def _clear(self) -> None:
        self._text = None
        self.title.setText("")
        self.facts.setText("选一份，全文显示在这里。")
        self.warning.hide()
        self.text.clear()
        self.edit.hide()
        self.remove.hide()

    def _on_saved(self, text: ShelfText) -> None:
        self._show_text(text)
        self._say(f"已存 {text.code} 第{text.version}版")

    def _on_removed(self, text: ShelfText) -> None:
        self._removed = text.code
        self._clear()
        self.undo.show()
        self._say(f"{text.code} 已下架，历史保留。")
        self._desk.bus.publish(changes_of(text))

    def _on_restored(self, text: ShelfText) -> None:
        self.undo.hide()
        self._say(f"{text.code} 已放回架上。")
        self._desk.bus.publish(changes_of(text))
        self._show_text(text)

    def _on_imported(self, outcomes: tuple[ShelfImport, ...]) -> None:
        taken = [o.taken for o in outcomes if o.taken is not None]
        refused = [o for o in outcomes if o.error is not None]
        there = len(outcomes) - len(taken) - len(refused)
        unmasked = sum(bool(text.warnings) for text in taken)
        parts = [f"收入{len(taken)}份，已在架{there}份，未能读取{len(refused)}份"]
        parts += [f"⚠ {unmasked}份可能没有遮蔽个人信息"] if unmasked else []
        parts += [f"{o.path.name}：{o.error.message}" for o in refused[:3] if o.error]
        self._say("；".join(parts), "warn" if unmasked or refused else "ok")
        if taken:
            self._desk.bus.publish(Changes.of("shelf", *(text.code for text in taken)))

    def _on_link(self, url: QUrl) -> None:
        kind, _, rest = url.toString().partition(":")
        value = QUrl.fromPercentEncoding(rest.encode())
        if kind == "t":
            self.open_text(value)
        elif kind == "p":
            self.citation_activated.emit(value, self._text.day if self._text else None)

    def _failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)
        self.state.setVisible(bool(text))


def _linked(scheme: str, value: str, words: str) -> str:
    target = QUrl.toPercentEncoding(value).toStdString()
    return f"<a href='{scheme}:{target}' style='color:{current_tokens().accent}'>{words}</a>"


def _answer_html(answer: ShelfAnswer) -> str:
    muted = current_tokens().muted
    expanded = f"　扩展：{escape('；'.join(answer.expanded))}" if answer.expanded else ""
    more = f"，先列{len(answer.hits)}份" if answer.count > len(answer.hits) else ""
    head = f"{answer.count} 份{more}，{answer.took_ms:.0f} 毫秒{expanded}"
    return f"<p style='color:{muted}'>{head}</p>" + "".join(map(_hit_html, answer.hits))


def _hit_html(hit: ShelfHit) -> str:
    muted = current_tokens().muted
    day = hit.day.isoformat() if hit.day else "日期未写明"
    passages = "".join(
        f"<p style='margin:2px 0 4px 0; line-height:150%'>{marked_html(p.snippet)}</p>"
        for p in hit.passages
    )
    return (
        f"<h4 style='margin-bottom:2px'>{_linked('t', hit.code, escape(hit.title))}</h4>"
        f"<p style='color:{muted}; margin:0'>{escape(hit.kind)}　{day}　{escape(hit.why)}</p>"
        f"{passages}"
    )


def _listed_html(text: ShelfText) -> str:
    muted = current_tokens().muted
    day = text.day.isoformat() if text.day else "日期未写明"
    mark = (
        f"<span style='color:{current_tokens().warn}'>　⚠ 未遮蔽</span>" if text.warnings else ""
    )
    return (
        f"<p style='margin:6px 0'>{_linked('t', text.code, escape(text.title))}{mark}<br>"
        f"<span style='color:{muted}'>{text.code}　{escape(text.kind)}　{day}</span></p>"
    )


def _facts(text: ShelfText) -> str:
    parts = [
        text.code,
        text.kind,
        text.number,
        text.day.isoformat() if text.day else "日期未写明",
        f"第{text.version}版 {text.author} {text.written_at:%Y-%m-%d %H:%M}",
        f"事项 {'、'.join(text.matters)}" if text.matters else "",
        f"标签 {'、'.join(text.tags)}" if text.tags else "",
    ]
    return "　·　".join(filter(None, parts))


def _text_html(text: ShelfText) -> str:
    cited = "　".join(_linked("p", article, escape(article)) for article in text.articles)
    head = f"<p style='color:{current_tokens().muted}'>引用条文：{cited}</p>" if cited else ""
    lines = "".join(
        f"<p style='line-height:165%; margin:4px 0'>{escape(line)}</p>"
        for line in text.text.split("\n")
    )
    return head + lines

"""法制审核 in rounds: what is concluded, what changed, what goes back, every round so far."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.models.review_change_model import ReviewChangeModel
from ui.theme import current_tokens
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.conclusion_table import ConclusionTable
from ui.widgets.group_chips import GroupChips
from ui.widgets.opinion_form import OpinionForm
from ui.widgets.record_table import record_table
from ui.widgets.submission_form import SubmissionForm
from ui.widgets.text_labels import label, set_role
from workstation.domain.people import Office, Role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.recording import Recorded
from workstation.operations.review_rounds import NewOpinion, Submission
from workstation.operations.review_views import ReviewView, RoundState, RoundView
from workstation.procedure.review_freezes import ReviewChange
from workstation.review.conclusions import Proposal, Verdict
from workstation.review.records import Passage

_VIEWS = {
    "submit": "送审",
    "conclusions": "十项结论",
    "opinion": "意见书",
    "changes": "改动",
    "rounds": "各轮",
}
_ROUNDS = ("轮", "环节", "状态", "意见", "送审", "审核")
_WIDTHS = (32, 76, 140, 104, 142)
_SAID_ROLES = {RoundState.VOIDED: "error", RoundState.RETURNED: "warn"}
_Read = tuple[ReviewView, tuple[Proposal, ...], tuple[str, ...], tuple[str, ...], Office]


class ReviewRoundsPane(CaseReadingPane):
    """Reads when it is looked at; Ctrl+↑ and Ctrl+↓ move from conclusion to conclusion."""

    place_wanted = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._shown: ReviewView | None = None
        self._agreeing: tuple[str, ...] = ()
        self._waited_for: str | None = None
        self.headline = label("", "heading", wraps=True)
        self.views = GroupChips(_VIEWS, "法制审核的各面")
        self.submission = SubmissionForm()
        self.conclusions = ConclusionTable()
        self.opinion = OpinionForm()
        self.changes = ReviewChangeModel()
        self.change_table = record_table(self.changes, "上一轮审核以来的改动", (92, 220, 96))
        self.rounds = RecordTableModel(_ROUNDS)
        self.round_table = record_table(self.rounds, "各轮审核", _WIDTHS)
        self.round_detail = QTextBrowser()
        self.round_detail.setAccessibleName("该轮的结论、任务和改动")
        self.state = label("", "error", wraps=True)
        self.stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        history = QSplitter(Qt.Orientation.Vertical)
        history.addWidget(self.round_table)
        history.addWidget(self.round_detail)
        history.setSizes([160, 360])
        history.setChildrenCollapsible(False)
        for widget in (
            self.submission,
            self.conclusions,
            self.opinion,
            self.change_table,
            history,
        ):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(self.views)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.state)
        self.state.hide()
        self.setFocusProxy(self.views)
        self.views.chosen.connect(self._on_view)
        self.submission.submitted.connect(self.submit)
        self.conclusions.kept.connect(self.keep_conclusion)
        self.conclusions.place_wanted.connect(self.place_wanted)
        self.opinion.taken.connect(self.take)
        self.opinion.issued.connect(self.issue)
        self.change_table.activated.connect(self._go_to_change)
        self.round_table.selectionModel().currentRowChanged.connect(self._show_round)
        self._step_with_keys()

    @override
    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        workstation, case_id, day = self._desk.workstation, self._case_id, view.as_of
        rounds = workstation.review_rounds

        def read() -> _Read:
            return (
                rounds.show(case_id, day),
                rounds.proposals(case_id, day),
                rounds.reviewers(case_id),
                rounds.agreeing(day),
                workstation.office.office(),
            )

        self._desk.tasks.read(
            read, owner=self, done=self._show, failed=self._on_failed, latest="rounds"
        )

    def _show(self, read: _Read | None) -> None:
        if read is None:
            return
        shown, proposals, reviewers, self._agreeing, office = read
        self._shown = shown
        last, rounds = shown.last, self._desk.workstation.review_rounds
        waiting = last is not None and last.round.is_open
        heads = [person.name for person in office.with_role(Role.UNIT_HEAD)]
        self.submission.show_choices([s.name for s in rounds.stages], shown.stage, heads)
        self.submission.submit.setEnabled(not waiting)
        written = shown.conclusions or (last.conclusions if last else ()) or rounds.nothing_yet
        self.conclusions.show_conclusions(written, proposals, open_=waiting)
        taken = waiting and last is not None and last.round.taken is not None
        reviewer = last.round.reviewer if waiting and last is not None else ""
        self.opinion.show_people(reviewers, rounds.opinions, reviewer)
        self.opinion.show_open(open_=waiting, taken=taken)
        self.changes.show_changes((last.voided_by if last else ()) or _since(shown))
        self.rounds.show([_row(found) for found in shown.rounds])
        self.views.show_counts(
            {"changes": self.changes.rowCount(), "rounds": self.rounds.rowCount()}
        )
        set_role(self.headline, _SAID_ROLES.get(last.state, "heading") if last else "heading")
        self.headline.setText(_headline(shown))
        if shown.rounds:
            self.round_table.selectRow(len(shown.rounds) - 1)
        self._choose_view(shown)

    def _choose_view(self, shown: ReviewView) -> None:
        """Show what is to be done next, when the turn passed to somebody else."""
        last = shown.last
        state = last.state.value if last else ""
        if state == self._waited_for:
            return
        self._waited_for = state
        if last is None or last.state is RoundState.RETURNED:
            self.views.choose("submit" if last is None else "rounds")
        elif last.round.is_open:
            self.views.choose("conclusions")
        else:
            self.views.choose("changes" if last.state is RoundState.VOIDED else "rounds")

    @override
    def step_by(self, by: int) -> None:
        """Choose the next conclusion (1) or the one before (-1)."""
        self.conclusions.step_by(by)

    def submit(self, submission: Submission) -> None:
        """Hand the case in for review."""
        rounds, case_id = self._desk.workstation.review_rounds, self._case_id
        self._write(lambda: rounds.submit(case_id, submission), "送审", self.submission.clear)

    def take(self, reviewer: str) -> None:
        """Take the open round."""
        rounds, case_id = self._desk.workstation.review_rounds, self._case_id
        at = datetime.now().replace(second=0, microsecond=0)
        self._write(lambda: rounds.take(case_id, reviewer, at), "审核收件")

    def issue(self, opinion: NewOpinion) -> None:
        """End the open round: the opinion is issued, the case goes on or goes back."""
        rounds, case_id = self._desk.workstation.review_rounds, self._case_id
        agrees = opinion.opinion in self._agreeing
        call = rounds.approve if agrees else rounds.send_back
        self._write(lambda: call(case_id, opinion), "签发审核意见书", self.opinion.clear)

    def keep_conclusion(self, title: str, verdict: Verdict, reason: str) -> None:
        """Keep one of the ten conclusions and go on to the next."""
        rounds, case_id = self._desk.workstation.review_rounds, self._case_id

        def kept(changes: Changes) -> None:
            self.state.hide()
            self.conclusions.step_by(1)
            self.conclusions.table.setFocus()
            self._desk.bus.publish(changes)
            self._stale = True
            self._ask_if_seen()

        self._desk.tasks.write(
            lambda: rounds.conclude(case_id, title, verdict, reason),
            owner=self,
            done=kept,
            failed=self._on_failed,
            title="记下审核结论",
        )

    def _write(
        self,
        call: Callable[[], Recorded],
        title: str,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        def done(recorded: Recorded) -> None:
            after()
            self.state.hide()
            self._desk.bus.publish(recorded.changes)

        self._desk.tasks.write(call, owner=self, done=done, failed=self._on_failed, title=title)

    def _on_failed(self, error: WorkstationError) -> None:
        self.state.setText(f"✕ {error.message}{error.hint}")
        self.state.show()

    def _on_view(self, key: str) -> None:
        self.stack.setCurrentIndex(list(_VIEWS).index(key))

    def _show_round(self) -> None:
        row = self.round_table.currentIndex().row()
        if self._shown is not None and 0 <= row < len(self._shown.rounds):
            self.round_detail.setHtml(_round_html(self._shown.rounds[row]))

    def _go_to_change(self) -> None:
        row = self.change_table.currentIndex().row()
        if self._view is None or not 0 <= row < len(self.changes.changes):
            return
        change = self.changes.changes[row]
        papers = self._view.file.documents
        paper = next((d for d in papers if d.key == change.document), None)
        if paper is not None:
            place = Passage(
                title=change.name, text=change.what, document=paper.key, step=paper.step
            )
            self.place_wanted.emit(place)


def _since(shown: ReviewView) -> tuple[ReviewChange, ...]:
    """Return what the next round, or the open one, opens on."""
    last = shown.last
    if last is not None and last.round.is_open and last.changes:
        return last.changes
    return shown.changes


def _headline(shown: ReviewView) -> str:
    last = shown.last
    if last is None:
        return "还没有送审。调查终结以后，由办案机构负责人送审。"
    named = f"第{last.round.number}轮（{last.round.stage}）"
    match last.state:
        case RoundState.WAITING:
            handed = last.round.submitted
            return f"{named}待收件：{handed.day.isoformat()}由{handed.actor}送审。"
        case RoundState.TAKEN:
            done = sum(bool(conclusion.verdict) for conclusion in shown.conclusions)
            return f"{named}由{last.round.reviewer}审查，十项结论已作出{done}项。"
        case RoundState.RETURNED:
            waiting = len(shown.open_tasks)
            told = f"还有{waiting}项任务没有答复" if waiting else "任务都已答复，可以再次送审"
            return f"{named}{last.round.reviewer}意见：{last.round.opinion}；{told}。"
        case RoundState.VOIDED:
            first = last.voided_by[0].what
            more = f"等{len(last.voided_by)}处" if len(last.voided_by) > 1 else ""
            return f"✕ {named}通过的意见已失效：{first}{more}。请就改动的部分再次送审。"
    return f"{named}{last.round.reviewer}意见：{last.round.opinion}（{last.state.value}）。"


def _row(found: RoundView) -> tuple[str, ...]:
    round_ = found.round
    handed = f"{round_.submitted.day.isoformat()} {round_.submitted.actor}"
    concluded = round_.concluded or round_.taken
    reviewed = f"{concluded.day.isoformat()} {round_.reviewer}" if concluded else ""
    return (
        str(round_.number),
        round_.stage,
        found.state.value,
        round_.opinion,
        handed,
        reviewed,
    )


def _round_html(found: RoundView) -> str:
    tokens = current_tokens()
    parts = []
    if found.voided_by:
        told = "".join(
            f"<li>{escape(c.what)}"
            + (f"：“{escape(c.before)}” → “{escape(c.after)}”" if c.before or c.after else "")
            + "</li>"
            for c in found.voided_by
        )
        parts.append(f"<div style='color:{tokens.error}'><b>失效原因</b><ul>{told}</ul></div>")
    if found.round.concluded is not None:
        parts.append(
            f"<p><b>{escape(found.round.opinion)}</b>　{escape(found.reason)}"
            f"　<span style='color:{tokens.muted}'>{found.paper}</span></p>"
        )
    for conclusion in found.conclusions:
        tone = tokens.error if conclusion.verdict == Verdict.UNLAWFUL else tokens.text
        parts.append(
            f"<p><b>{escape(conclusion.subject.title)}</b>　"
            f"<span style='color:{tone}'>{escape(conclusion.verdict)}</span>　"
            f"{escape(conclusion.reason)}</p>"
        )
    for task in found.round.tasks:
        answer = f"✓ {task.answer.person}：{task.answer.note}" if task.answer else "待答复"
        parts.append(f"<p>任务 {task.id}　{escape(task.what)}　{escape(answer)}</p>")
    if found.changes:
        told = "".join(f"<li>{escape(change.what)}</li>" for change in found.changes)
        parts.append(f"<p><b>上一轮以来的改动</b></p><ul>{told}</ul>")
    return "".join(parts) or "<p>还没有作出意见。</p>"

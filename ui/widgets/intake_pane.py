"""What was registered at intake, corrected with a reason; below it what still prints the old."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.entry_cards import EntryList
from ui.widgets.event_fields import add_field, show_known, typed_value, unreadable
from ui.widgets.evidence_card import EvidenceCard
from ui.widgets.group_chips import GroupChips
from ui.widgets.input_rows import InputRows
from ui.widgets.party_rows import PartyRows
from ui.widgets.record_table import record_table
from ui.widgets.splits import split_of
from ui.widgets.text_labels import button, label, link, row_of, set_role
from workstation.domain.cases import JsonValue
from workstation.domain.intake import FACT, PARTY, intake_values
from workstation.domain.leads import LeadSource
from workstation.domain.matters import Matter
from workstation.errors import WorkstationError
from workstation.operations.cases import CaseView
from workstation.operations.changes import Changes
from workstation.operations.intake import (
    Correction,
    IntakeView,
    MadeCorrection,
    sealable,
    view_of,
)
from workstation.operations.recording import Recorded
from workstation.procedure.intake_corrections import NATURES, StalePaper

_EXPLANATION = (
    "改动的各栏登记为一次更正：何人、何时、为何、原值和新值都留在案卷记录中。"
    "草稿随即采用新值；已制发的文书不变，仍印着旧内容的列在下面。"
)
_VIEWS = {"stale": "仍印着旧内容的文书", "made": "历次更正"}
_STALE = ("文书", "状态", "所印内容")
_MADE = ("时间", "经办", "更正内容", "理由")
_EMPTY = "（空）"
_MOMENTS = {"case.received_at", "case.found_at"}
_NATURE_TIP = (
    "登记有误：登记时就不对，已制发的文书要更正。事后变更：更名、迁址等后来才发生，"
    "已制发的文书当时并没有错。"
)


class IntakePane(QWidget):
    """Shows what the case holds; only what is typed anew is recorded.

    ``correction_wanted`` names the step, and what the correction of a paper begins with.
    """

    correction_wanted = Signal(int, object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._facts = desk.workstation.office.rules.facts
        self._known: dict[str, JsonValue] = {}
        self._officers: tuple[str, ...] = ()
        self._shown: dict[str, str] = {}
        self._matters: tuple[Matter, ...] | None = None
        self._intake: IntakeView | None = None
        self.about, self.party, self.lead, self.facts = (
            InputRows(),
            PartyRows(),
            InputRows(),
            InputRows(),
        )
        self.facts_link = link("更正案件事实（违法行为的时间、地点、数量等）")
        self.stale, self.made = RecordTableModel(_STALE), RecordTableModel(_MADE)
        self.stale_table = record_table(self.stale, "仍印着旧内容的文书", (190, 72))
        self.made_table = record_table(self.made, "历次更正", (124, 70, 220))
        self.views = GroupChips(_VIEWS, "更正之后")
        self._stack = QStackedWidget()
        self.advice = label("", "muted", wraps=True)
        self.mend = link("更正这份文书")
        self.mend_all = link("")
        self.mend_all.setToolTip("没有送出的文书都已在原件上加盖校对章更正的，一次登记")
        self.evidence = EntryList("依据的材料（收入证据）", "添加材料", self._piece)
        self.state = label("", "muted", wraps=True)
        self.record_button = button("登记更正", primary=True)
        self._build_inputs()
        self._build()
        self._connect()

    def _build_inputs(self) -> None:
        about, lead = self.about, self.lead
        natures = {nature: nature for nature in NATURES}
        about.add_choice("nature", "更正的性质", natures, required=True).setToolTip(_NATURE_TIP)
        about.add_line("reason", "理由和依据", required=True, hint="如 核对营业执照，误记一字")
        about.add_day("at", "时间", required=True, with_time=True)
        about.add_line("actor", "经办")
        sources = {source.value: source.value for source in LeadSource}
        lead.add_choice("case.source", "案源类型", sources)
        lead.add_day("case.found_at", "发现时间", with_time=True)
        lead.add_day("case.received_at", "收到时间", with_time=True)
        lead.add_choice("case.matter", "权力事项", {})
        lead.add_text("case.lead_content", "案源内容")
        lead.add_line("case.reporter", "线索提供人")
        lead.add_day("case.answer_due", "答复时限")
        lead.add_text("case.summary", "案情摘要")
        for entry in self._facts:
            add_field(self.facts, entry, ())
        self.facts.hide()

    def _build(self) -> None:
        # From the outside in: what is given a parent has its whole tree styled anew.
        inner, area, stale = QWidget(), QScrollArea(), QWidget()
        self._below = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(split_of(area, self._below, sizes=(430, 250), upright=True), 1)
        bar = row_of(self.state, self.record_button)
        bar.setStretch(0, 1)
        layout.addLayout(bar)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 6, 0, 0)
        below.addWidget(self.views)
        below.addWidget(self._stack, 1)
        self._stack.addWidget(stale)
        self._stack.addWidget(self.made_table)
        inside = QVBoxLayout(stale)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.stale_table, 1)
        line = row_of(self.advice, self.mend, self.mend_all)
        line.setStretch(0, 1)
        inside.addLayout(line)
        form = QVBoxLayout(inner)
        form.setContentsMargins(4, 6, 12, 12)
        form.setSpacing(8)
        form.addWidget(label(_EXPLANATION, "muted", wraps=True))
        form.addWidget(self.about)
        form.addWidget(self.evidence)
        for title, rows in (("当事人", self.party), ("案源和事项", self.lead)):
            form.addWidget(label(title, "heading"))
            form.addWidget(rows)
        form.addLayout(row_of(self.facts_link, None))
        form.addWidget(self.facts)
        form.addStretch(1)
        self.record_button.setToolTip("Ctrl+Enter")
        self.setFocusProxy(self.party.input("name"))

    def _connect(self) -> None:
        self.facts_link.clicked.connect(self.show_facts)
        self.views.chosen.connect(lambda key: self._stack.setCurrentIndex([*_VIEWS].index(key)))
        self.mend.clicked.connect(self.mend_paper)
        self.mend_all.clicked.connect(self.seal_papers)
        self.stale_table.activated.connect(self.mend_paper)
        self.stale_table.selectionModel().currentRowChanged.connect(self._show_advice)
        self.record_button.clicked.connect(self.record)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.record)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._matters is None:
            office = self._desk.workstation.office
            self._desk.tasks.read(
                office.matters, owner=self, done=self._on_matters, latest="intake matters"
            )

    def _on_matters(self, matters: tuple[Matter, ...]) -> None:
        self._matters = tuple(m for m in matters if m.holds_on(date.today()))
        if self._known:
            self._offer_matters()

    def _offer_matters(self) -> None:
        """List the matters to choose from, that of the case first and chosen."""
        choice = self.lead.input("case.matter")
        if isinstance(choice, QComboBox):
            code = str(self._known["case.matter"])
            offered = {m.code: f"{m.name}（{m.code}）" for m in self._matters or ()}
            choice.blockSignals(True)
            choice.clear()
            for value, shown in ({code: code} | offered).items():
                choice.addItem(shown, value)
            choice.blockSignals(False)

    def show_case(self, view: CaseView) -> None:
        """Show what is registered, and what was corrected; what is being typed stays."""
        known = intake_values(view.file.case)
        self._intake = view_of(view.file, self._desk.workstation.office.rules)
        self._officers = view.file.case.officers
        changed, self._known = known != self._known, known
        if changed:
            self._fill()
        self.record_button.setEnabled(not view.sealed)
        self._show_history(self._intake)

    def _fill(self) -> None:
        rows, known = self.lead, self._known
        self._offer_matters()
        for name in self.party.names:
            self.party.set_text(name, str(known[f"{PARTY}{name}"]))
        for path in rows.names:
            rows.put(path, str(known[path]).replace("T", " " if path in _MOMENTS else "T"))
        facts = {path.removeprefix(FACT): value for path, value in known.items()}
        show_known(self.facts, self._facts, facts)
        self.about.set_text("at", f"{datetime.now():%Y-%m-%d %H:%M}")
        self.about.set_text("reason", "")
        self.about.set_text("actor", "、".join(self._officers))
        self._shown = self._texts()

    def _texts(self) -> dict[str, str]:
        """Return what stands in the fields by path; what the kind of party lacks is empty."""
        asked = self.party.asked()
        party = {
            f"{PARTY}{name}": self.party.text(name) if name in asked else ""
            for name in self.party.names
        }
        lead = {path: self.lead.text(path) for path in self.lead.names}
        return party | lead | {f"{FACT}{name}": self.facts.text(name) for name in self.facts.names}

    def show_facts(self) -> None:
        """Show the facts of the act below the lead."""
        self.facts.show()
        self.facts_link.hide()
        self.facts.focus_first()

    def changes(self) -> dict[str, JsonValue]:
        """Return what was typed anew, by path; None for a fact that was emptied."""
        found: dict[str, JsonValue] = {}
        kinds = {f"{FACT}{entry.key}": entry for entry in self._facts}
        for path, text in self._texts().items():
            if text == self._shown.get(path):
                continue
            if path in kinds:
                found[path] = typed_value(kinds[path], self.facts) if text else None
            elif path in _MOMENTS:
                moment = self.lead.moment(path)
                found[path] = moment.isoformat(timespec="minutes") if moment else text
            elif path == "case.answer_due":
                day = self.lead.day(path)
                found[path] = day.isoformat() if day else text
            else:
                found[path] = text
        return found

    def record(self) -> None:
        """Record the correction; what is refused is said and nothing is written."""
        if not self.record_button.isEnabled():
            return
        moment = self.about.moment("at")
        self.about.show_error("at", "" if moment else "看不懂这个时间，请写作 2026-09-21 10:20")
        wrong = self.party.faults() + unreadable(self.facts, self._facts) + (moment is None)
        wrong += self.evidence.faults()
        if wrong or moment is None:
            self._say(f"✕ 有{wrong}处需要改正，见各栏下方。", "error")
            return
        correction = Correction(
            changes=self.changes(),
            nature=self.about.text("nature"),
            reason=self.about.text("reason"),
            at=moment,
            actor=self.about.text("actor"),
            evidence=tuple(card.request() for card in self.evidence.cards),
        )
        intake, case_id = self._desk.workstation.intake, self._case_id
        self.record_button.setEnabled(False)
        self._desk.tasks.write(
            lambda: intake.correct(case_id, correction),
            owner=self,
            done=self._on_recorded,
            failed=self._on_refused,
            title="登记更正",
        )

    def _piece(self) -> EvidenceCard:
        return EvidenceCard(self._officers)

    def _on_recorded(self, recorded: Recorded) -> None:
        self.record_button.setEnabled(True)
        self.evidence.show_entries([])
        warned = "".join(f"！{block.message}{block.hint}" for block in recorded.warnings)
        self._say(f"已登记更正。{warned}", "warn" if warned else "ok")
        self._desk.bus.publish(recorded.changes)

    def _on_refused(self, error: WorkstationError) -> None:
        self.record_button.setEnabled(True)
        self.mend_all.setEnabled(True)
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _show_history(self, intake: IntakeView) -> None:
        counts = {"stale": len(intake.stale), "made": len(intake.corrections)}
        self.views.show_counts(counts)
        self.stale.show([_stale_row(paper, intake.labels) for paper in intake.stale])
        self.made.show([_made_row(made) for made in reversed(intake.corrections)])
        self._below.setVisible(bool(intake.corrections))
        if intake.stale:
            self.stale_table.setCurrentIndex(self.stale.index(0, 0))
        count = len(sealable(intake.stale))
        self.mend_all.setText(f"没有送出的{count}份一并登记校对章更正")
        self.mend_all.setVisible(count > 1)
        self.mend_all.setEnabled(self.record_button.isEnabled())
        self._show_advice()

    def _choice(self) -> StalePaper | None:
        row = self.stale_table.currentIndex().row()
        stale = self._intake.stale if self._intake else ()
        return stale[row] if 0 <= row < len(stale) else None

    def _show_advice(self, *_of: object) -> None:
        paper = self._choice()
        self.mend.setVisible(paper is not None)
        told = self._intake.advice(paper) if paper and self._intake else "没有须更正的文书。"
        self.advice.setText(told)

    def seal_papers(self) -> None:
        """Record that all papers that did not go out were put right with the seal."""
        intake, case_id = self._desk.workstation.intake, self._case_id
        at = datetime.now().replace(second=0, microsecond=0)
        actor = self.about.text("actor")
        self.mend_all.setEnabled(False)
        self._desk.tasks.write(
            lambda: intake.mend(case_id, frozenset(), at=at, actor=actor),
            owner=self,
            done=self._on_sealed,
            failed=self._on_refused,
            title="登记校对章更正",
        )

    def _on_sealed(self, changes: Changes) -> None:
        self._say("已登记：没有送出的文书以校对章更正。", "ok")
        self._desk.bus.publish(changes)

    def mend_paper(self, *_of: object) -> None:
        """Go to the correction of the chosen paper, with what it prints and what holds now."""
        paper = self._choice()
        if paper is None:
            return
        paths = [path for path in paper.paths if paper.now(path)]
        texts: Mapping[str, str] = {
            "document": paper.document.key,
            "how": "补正书" if paper.served else "校对章",
            "old": "；".join(paper.was(path) for path in paths),
            "new": "；".join(paper.now(path) for path in paths),
        }
        self.correction_wanted.emit(paper.document.step, texts)

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _stale_row(paper: StalePaper, labels: Mapping[str, str]) -> tuple[str, ...]:
    document = paper.document
    printed = "；".join(
        f"{labels.get(path, path)}：{paper.was(path)} → {paper.now(path)}" for path in paper.paths
    )
    return f"{document.key}　{document.title}", "已送达" if paper.served else "未送出", printed


def _made_row(made: MadeCorrection) -> tuple[str, ...]:
    told = "；".join(
        f"{now.label}：{was or _EMPTY} → {now.value or _EMPTY}" for now, was in made.values
    )
    return f"{made.event.at:%Y-%m-%d %H:%M}", made.event.actor, told, made.reason

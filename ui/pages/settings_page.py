"""The office as the program knows it: bureau, people and certificates, matters, self-test."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.widgets.text_labels import label
from workstation.domain.matters import Matter
from workstation.domain.people import Agency, Office
from workstation.operations.changes import Changes
from workstation.operations.office import CheckLine
from workstation.procedure.deadlines import DeadlineRules

_AGENCY = {
    "name": "机关全称",
    "code": "机关代字",
    "unit": "办案机构",
    "region": "行政区域",
    "address": "地址",
    "phone": "电话",
    "reconsideration": "行政复议机关",
    "court": "管辖法院",
    "bank": "代收机构",
    "bank_address": "代收机构地址",
    "website": "公示渠道",
    "archive_fonds": "全宗号",
}


class SettingsPage(QWidget):
    """Read-only for now: a bureau changes its data in files, as the user guide says."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._bureau = self._add("机关", ("项目", "内容"))
        self._people = self._add("人员与证件", ("姓名", "角色", "执法证号", "有效期", "资格"))
        self._matters = self._add(
            "权力事项", ("编码", "名称", "版本", "权力来源", "有效期", "罚款幅度")
        )
        self._deadlines = self._add("期限规则", ("代码", "期限", "长度", "起算", "依据", "核实"))
        self._checks = self._add("自检", ("项目", "结果", "说明"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("设置", "title"))
        layout.addWidget(
            label(
                "数据在本机的数据文件夹："
                f"{desk.workstation.home.root}。本局自有的模板与参数放在其中的 own 文件夹，"
                "优先于程序自带。",
                "muted",
                wraps=True,
            )
        )
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        desk.bus.changed.connect(self._on_changed)
        self._deadlines.show(_deadline_rows(desk.workstation.office.rules.deadlines))
        self.reload()

    def _add(self, title: str, headings: tuple[str, ...]) -> RecordTableModel:
        table = QTableView()
        model = RecordTableModel(headings, table)
        table.setModel(model)
        table.setAccessibleName(title)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultSectionSize(170)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.tabs.addTab(table, title)
        return model

    def reload(self) -> None:
        """Read the office, its matters and the self-test again."""
        office = self._desk.workstation.office

        def read() -> tuple[Office, tuple[Matter, ...], tuple[CheckLine, ...]] | None:
            if not office.exists():
                return None
            return office.office(), office.matters(), office.self_check()

        self._desk.tasks.read(read, owner=self, done=self._show, latest="settings")

    def _show(
        self, found: tuple[Office, tuple[Matter, ...], tuple[CheckLine, ...]] | None
    ) -> None:
        if found is None:
            return
        office, matters, checks = found
        self._bureau.show(_agency_rows(office.agency))
        self._people.show(
            [
                (
                    person.name,
                    "、".join(role.value for role in person.roles),
                    person.certificate or "—",
                    f"{person.valid_from} 至 {person.valid_to}" if person.valid_from else "—",
                    person.qualification or "—",
                )
                for person in office.people
            ]
        )
        self._matters.show([_matter_row(matter) for matter in matters])
        self._checks.show([(c.name, "✓" if c.ok else "✕", c.message) for c in checks])

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("office") or changes.touches("law"):
            self.reload()


def _agency_rows(agency: Agency) -> list[tuple[str, str]]:
    return [(text, str(getattr(agency, name))) for name, text in _AGENCY.items()]


def _matter_row(matter: Matter) -> tuple[str, ...]:
    until = matter.valid_to.isoformat() if matter.valid_to else "今"
    return (
        matter.code,
        matter.name,
        matter.version,
        matter.authority.value,
        f"{matter.valid_from} 至 {until}",
        f"{matter.fine_min:,} — {matter.fine_max:,} 元",
    )


def _deadline_rows(rules: DeadlineRules) -> list[tuple[str, ...]]:
    found = [rules.rule(code) for code in rules.codes]
    return [
        (r.code, r.name, r.counting, r.start, r.basis, "" if r.verified else "未核实")
        for r in found
    ]

"""The office as the program knows it: bureau, people and certificates, matters, self-test."""

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.pages.settings.table_section import Rows, TableContent, TableSection

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
_NO_OFFICE = "尚未建立机关。按用户指南准备机关文件，再用命令或演示建立。"


def bureau_section(desk: Desk) -> QWidget:
    """Return the section on the bureau itself."""
    office = desk.workstation.office

    def read() -> Rows:
        if not office.exists():
            return []
        agency = office.office().agency
        return [(text, str(getattr(agency, name))) for name, text in _AGENCY.items()]

    home = desk.workstation.home
    return TableSection(
        desk,
        TableContent(
            title="机关",
            explanation=f"数据在本机的数据文件夹：{home.root}。本局自有的模板放在其中的 "
            "own 文件夹，优先于程序自带。",
            headings=("项目", "内容"),
            widths=(170,),
            read=read,
            kinds=frozenset({"office"}),
            empty=_NO_OFFICE,
        ),
    )


def people_section(desk: Desk) -> QWidget:
    """Return the section on people and their certificates."""
    office = desk.workstation.office

    def read() -> Rows:
        if not office.exists():
            return []
        return [
            (
                person.name,
                "、".join(role.value for role in person.roles),
                person.certificate or "—",
                f"{person.valid_from} 至 {person.valid_to}" if person.valid_from else "—",
                person.qualification or "—",
            )
            for person in office.office().people
        ]

    return TableSection(
        desk,
        TableContent(
            title="人员与证件",
            explanation="执法人员应当具有行政执法资格，证件过期的不能承办（行政处罚法§42）。",
            headings=("姓名", "角色", "执法证号", "有效期", "资格"),
            widths=(110, 240, 170, 210),
            read=read,
            kinds=frozenset({"office"}),
            empty=_NO_OFFICE,
        ),
    )


def deadline_rules_section(desk: Desk) -> QWidget:
    """Return the section on the rules deadlines are counted by."""
    rules = desk.workstation.office.rules.deadlines
    found = [rules.rule(code) for code in rules.codes]
    rows = [
        (r.code, r.name, r.counting, r.start, r.basis, "" if r.verified else "未核实")
        for r in found
    ]
    return TableSection(
        desk,
        TableContent(
            title="期限规则",
            explanation="法律定的长度不能改；法律没有定的，在“参数”里登记本局的取值和来源。",
            headings=("代码", "期限", "长度", "起算", "依据", "核实"),
            widths=(70, 220, 150, 220, 260),
            read=lambda: rows,
            kinds=frozenset(),
            empty="",
        ),
    )


def self_check_section(desk: Desk) -> QWidget:
    """Return the section that tells whether log, numbers, evidence and statutes are in order."""
    office = desk.workstation.office

    def read() -> Rows:
        if not office.exists():
            return []
        return [(c.name, "✓" if c.ok else "✕", c.message) for c in office.self_check()]

    return TableSection(
        desk,
        TableContent(
            title="自检",
            explanation="打开这一节时检查一遍：日志是否连成一链，文号有无断号，证据文件是否完好。",
            headings=("项目", "结果", "说明"),
            widths=(170, 70),
            read=read,
            kinds=frozenset({"office", "law"}),
            empty=_NO_OFFICE,
        ),
    )

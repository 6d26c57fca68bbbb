"""Workbooks of invented matters for tests: sound ones, and ones with planted faults."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

SEED = 20261127
_HEADINGS = (
    "事项编码", "事项名称", "领域", "权力类型", "实施主体", "违反条款", "处罚条款", "处罚种类",
    "罚款幅度", "前置条件", "可否简易程序", "听证标志", "生效日期", "失效日期", "替代事项编码",
    "追责时效依据",
)  # fmt: skip
# Articles that exist in the national statutes on every day asked about here.
_LAWS = (
    ("生态环境法典", (480, 700), (1060, 1115)),
    ("道路交通安全法", (8, 80), (87, 110)),
    ("治安管理处罚法", (1, 8), (26, 80)),
    ("城乡规划法", (9, 45), (58, 68)),
)
_FIELDS = ("市容环境卫生", "城乡规划", "生态环境", "道路交通", "城市管理")
_ACTS = ("擅自倾倒", "未按规定堆放", "违规占用", "未经批准设置", "擅自改变", "未按期清理")
_THINGS = ("建筑垃圾", "户外广告", "临时设施", "城市道路", "绿化用地", "餐厨垃圾", "施工围挡")
_RANGES = (
    "10万元以上100万元以下", "500-5000元", "五百元以上二万元以下", "违法所得1倍以上3倍以下",
    "每车500元以上2000元以下", "单位：1万元以上5万元以下；个人：100元以上500元以下",
    "５００元以上５０００元以下；拒不改正：5000元以上2万元以下",
    "合同价款百分之二以上百分之四以下",
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A fault planted in a workbook: its cell and a word of the reason to expect."""

    cell: str
    reason: str


def make_rows(count: int, *, first: int = 1) -> list[dict[str, Any]]:
    """Return ``count`` invented matters by heading, the same at every call."""
    chance = random.Random(SEED)  # noqa: S311 - invented matters, the same each time
    rows = []
    for n in range(first, first + count):
        law, duties, penalties = chance.choice(_LAWS)
        name = f"{chance.choice(_ACTS)}{chance.choice(_THINGS)}（{n}类）"
        rows.append(
            {
                "事项编码": f"330217{n:06d}",
                "事项名称": f"对{name}的行政处罚",
                "领域": chance.choice(_FIELDS),
                "权力类型": chance.choice(("法定", "相对集中（划转）", "赋权", "委托")),
                "实施主体": "龙屿市综合行政执法局",
                "违反条款": f"《{law}》第{chance.randint(*duties)}条",
                "处罚条款": f"《{law}》第{chance.randint(*penalties)}条",
                "处罚种类": "罚款",
                "罚款幅度": chance.choice(_RANGES),
                "前置条件": chance.choice(("", "", "逾期不改正")),
                "可否简易程序": chance.choice(("是", "否", "")),
                "听证标志": "是" if n % 7 == 0 else "否",
                "生效日期": chance.choice(("2026-09-01", "2026年9月1日", 46266)),
                "失效日期": "",
                "替代事项编码": "",
                "追责时效依据": "",
            }
        )
    return rows


def write_rows(
    path: Path, rows: list[dict[str, Any]], notice: Mapping[str, Any] | None = None
) -> Path:
    """Write rows under a merged title; a blank row stands in the middle, a note at the end."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "清单"
    sheet.append(["龙屿市综合行政执法事项目录"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(_HEADINGS))
    sheet.append(list(_HEADINGS))
    for position, row in enumerate(rows):
        if position == len(rows) // 2:
            sheet.append([])
        sheet.append([row[heading] for heading in _HEADINGS])
    sheet.append(["注：本清单为演示。"])
    if notice:
        other: Any = book.create_sheet("通告")
        for pair in notice.items():
            other.append(pair)
    book.save(path)
    return path


_FAULTS: tuple[tuple[str, Any, str], ...] = (
    ("事项编码", "", "没有填写事项编码"),
    ("事项编码", "3.30217E+11", "科学计数"),
    ("事项编码", "330217 甲", "符号"),
    ("事项编码", "330217000001", "重复"),
    ("事项名称", "", "没有填写事项名称"),
    ("权力类型", "授权", "四种"),
    ("权力类型", "", "没有填写权力类型"),
    ("违反条款", "", "没有填写条款"),
    ("违反条款", "环境保护有关规定", "不是一条法律条款"),
    ("违反条款", "《生态环境法典》第九千条", "没有第九千条"),
    ("处罚条款", "", "没有填写条款"),
    ("处罚条款", "《行政处罚法》第五十一条第九款", "款"),
    ("处罚条款", "《行政处罚法》第九条第二十项", "项"),
    ("处罚种类", "责令改正", "责令改正"),
    ("处罚种类", "批评教育", "第九条"),
    ("处罚种类", "警告", "没有罚款"),
    ("罚款幅度", "", "没有填写罚款幅度"),
    ("罚款幅度", "100万元以上10万元以下", "大于上限"),
    ("罚款幅度", "10万元以上", "没有上限"),
    ("罚款幅度", "依法处理", "看不懂"),
    ("前置条件", "情节严重", "规定的写法"),
    ("可否简易程序", "看情况", "“是”或者“否”"),
    ("生效日期", "2026-02-30", "没有“2026-02-30”这一天"),
    ("失效日期", "2026-08-01", "早于生效日期"),
    ("替代事项编码", "999999", "没有编码为999999的事项"),
)


def plant(rows: list[dict[str, Any]]) -> list[Planted]:
    """Plant 25 different faults in ``rows`` (at least 200) and say where each will stand."""
    planted = []
    for position, (heading, value, reason) in enumerate(_FAULTS):
        index = 5 + position * (len(rows) - 10) // len(_FAULTS)
        rows[index][heading] = value
        line = index + 3 + (index >= len(rows) // 2)
        planted.append(Planted(f"{chr(ord('A') + _HEADINGS.index(heading))}{line}", reason))
    return planted

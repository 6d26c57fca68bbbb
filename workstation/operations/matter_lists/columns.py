"""The columns of a list of matters: headings as lists write them, what goes in, an example."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; ``aliases`` are other headings under which lists carry it."""

    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    explanation: str
    example: str = ""


def _column(heading: str, key: str, explanation: str, example: str, *aliases: str) -> Column:
    required = heading.endswith("*")
    return Column(
        key=key,
        heading=heading.removesuffix("*"),
        aliases=aliases,
        required=required,
        explanation=explanation,
        example=example,
    )


_YES_NO = "填“是”或者“否”，不清楚的留空。"
MATTER_COLUMNS: tuple[Column, ...] = (
    _column("事项编码*", "code", "统一目录的编码；该列设为文本格式。", "330217-A01",
            "编码", "事项代码", "权力编码", "code"),
    _column("事项名称*", "name", "清单公布的全称。", "对擅自倾倒建筑垃圾的行政处罚",
            "名称", "权力事项名称", "事项", "name"),
    _column("案由", "cause", "立案用的案由；留空的，取事项名称去掉“对…的行政处罚”。",
            "擅自倾倒建筑垃圾"),
    _column("领域", "field", "执法领域。", "市容环境卫生", "执法领域", "所属领域", "领域名称"),
    _column("清单类型", "list_kind", "统一目录、扩展目录、赋权清单等；留空的，按通告。",
            "统一目录", "目录类型", "list_kind"),
    _column("权力类型*", "authority", "法定、相对集中、赋权、委托之一。", "相对集中",
            "职权来源", "权力来源", "authority"),
    _column("实施层级", "level", "省级、设区市、县级、镇街。", "县级", "层级"),
    _column("实施主体", "body", "以谁的名义实施。", "龙屿市综合行政执法局", "执法主体"),
    _column("业务主管部门", "department", "对口的主管部门。", "龙屿市住房和城乡建设局",
            "主管部门", "department"),
    _column("违反条款*", "violated", "全称和条款项；多条用“；”分开，第一条为主。",
            "《生态环境法典》第五百一十八条第二款", "违反依据", "违则", "义务条款"),
    _column("处罚条款*", "penalty", "全称和条款项；多条用“；”分开，第一条为主。",
            "《生态环境法典》第一千一百六十九条第一款", "处罚依据", "罚则", "penalty"),
    _column("处罚种类", "kinds", "行政处罚法第九条的种类，用“、”分开。", "罚款、没收违法所得",
            "种类", "kinds"),
    _column("罚款幅度", "fine", "定额区间、倍数、比例或者按件；分条件的写“拒不改正：…”。",
            "10万元以上100万元以下", "幅度", "处罚幅度", "罚款金额", "range"),
    _column("单位幅度", "fine_unit", "分单位、个人两档的，填单位一档。", "",
            "单位罚款幅度", "对单位"),
    _column("个人幅度", "fine_person", "分单位、个人两档的，填个人一档。", "",
            "个人罚款幅度", "对个人"),
    _column("前置条件", "precondition", "逾期不改正、拒不改正之一，没有的留空。", "",
            "处罚前置条件", "precondition"),
    _column("强制措施依据", "coercion", "授权查封、扣押的条款。", "《生态环境法典》第五十二条",
            "强制授权条款", "强制条款", "coercion"),
    _column("追责时效依据", "limitation", "单行法另定时效的条款。", "", "时效依据"),
    _column("可否简易程序", "summary", _YES_NO, "否", "简易可否", "简易程序", "是否可简易"),
    _column("听证标志", "hearing", _YES_NO, "是", "听证", "听证/重大标志", "是否听证"),
    _column("重大标志", "major", _YES_NO, "否", "重大", "重大处罚标志", "是否重大"),
    _column("犯罪提示", "criminal", "可能涉嫌的罪名。", "", "涉嫌犯罪", "行刑衔接提示"),
    _column("柔性清单号", "leniency", "柔性执法清单中的编号。", "", "免罚清单号", "轻罚清单号"),
    _column("裁量基准号", "discretion", "裁量基准文件号。", "", "裁量基准", "基准编号"),
    _column("来源通告", "notice", "公布本事项的通告；留空的，按通告表。", "",
            "来源", "来源文件", "通告", "notice"),
    _column("生效日期", "valid_from", "本版本施行之日；留空的，按通告。", "2026-08-15",
            "施行日期", "生效日", "生效", "effective_from", "起始日期"),
    _column("失效日期", "valid_to", "本版本施行的最后一日，没有的留空。", "",
            "终止日期", "失效日", "失效", "effective_to", "截止日期"),
    _column("替代事项编码", "supersedes", "本事项取代的旧编码。", "", "替代", "原编码",
            "supersedes"),
    _column("调整方式", "change", "只在调整通告中填：新增、变更、取消。", "", "调整类型",
            "变动情况", "调整情况"),
)  # fmt: skip
TIER_COLUMNS: tuple[Column, ...] = (
    _column("序号", "number", "可留空。", "1"),
    _column("事项代码*", "code", "与事项清单一致。", "330217-A01", "事项编码", "编码"),
    _column("事项名称", "name", "供核对。", "对擅自倾倒建筑垃圾的行政处罚", "名称"),
    _column("处罚依据", "penalty", "供核对。", "《生态环境法典》第一千一百六十九条第一款"),
    _column("阶次及适用条件*", "condition", "阶次名称、冒号、条件；机器能读的写作"
            "“倾倒量≥20立方米 且 倾倒量<50立方米”，其余按文字保存。", "较轻：倾倒量<20立方米",
            "阶次及条件", "适用条件", "裁量阶次及适用条件"),
    _column("裁量幅度*", "fine", "与罚款幅度写法相同。", "10万元以上20万元以下", "幅度"),
    _column("裁量基准来源", "source", "文件名称和文号。", "", "来源", "基准来源"),
)  # fmt: skip


def heading_key(text: str) -> str:
    """Return a heading without spaces, brackets and marks, for finding its column."""
    bare = re.sub(r"[\s*★]", "", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"\(.*?\)", "", bare)


def by_heading(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Return the columns by every heading they may stand under."""
    return {heading_key(name): c for c in columns for name in (c.heading, *c.aliases)}

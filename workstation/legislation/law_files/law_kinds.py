"""What kind of instrument a text is, of which region and by whom (立法法 parts the kinds)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from workstation.data_files import statutes_dir
from workstation.legislation.regions import NATIONAL, RegionTable, load_regions

_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,20}令\s*第\s*[\d〇一二三四五六七八九十百零]+\s*号"
    r"|[\u4e00-\u9fff]{1,8}[〔\[（(]\d{4}[〕\]）)]\s*(?:第\s*)?\d+\s*号)"
)
_PROVINCES = (
    "北京市|天津市|上海市|重庆市|河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省"
    "|河南省|湖北省|湖南省|广东省|海南省|四川省|贵州省|云南省|陕西省|甘肃省|青海省|内蒙古自治区|广西壮族自治区"
    "|西藏自治区|宁夏回族自治区|新疆维吾尔自治区"
)
_DAYS = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_PLACE = r"[\u4e00-\u9fff]{2,12}?(?:自治州|自治县|自治旗|特区|市|县|区|州|盟)"
_LOCAL_MAKER = re.compile(
    rf"(?P<region>{_PROVINCES}|{_PLACE})(?:第[\u4e00-\u9fff]{{1,5}}届)?"
    r"(?:人民(?:代表大会|政府)|人大(?:常委会)?)"
)
_LED_IN = re.compile(r"^(?:业经|已经|经|由|报|据)(?=[\u4e00-\u9fff]{2})")
# A place that the table of regions lacks; 城市, 上市, 市场, 市容, 县级 and the like are no places.
_UNLISTED = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}?自治[州县旗]"
    r"|(?!城市|都市)[\u4e00-\u9fff]{1,3}?(?<![城都上超夜集门股贸菜辖的])市(?![场容政民级域值价辖县])"
    r"|(?!贫困|脱贫|边境|民族)[\u4e00-\u9fff]{1,3}?(?<![市省各本])县(?![级域乡城]))"
)
_OF_THE_NATION = ("中华人民共和国", "国务院", "最高人民", "全国")
_BODY = re.compile(
    r"(?:全国人民代表大会常务委员会|全国人民代表大会|[\u4e00-\u9fff]{2,14}人民代表大会常务委员会"
    r"|[\u4e00-\u9fff]{2,14}人民代表大会|[\u4e00-\u9fff]{2,14}人大常委会|最高人民法院|最高人民检察院|国务院|[\u4e00-\u9fff]{2,10}人民政府)"
)
_FOLDERS = frozenset(
    ("法律", "行政法规", "地方性法规", "部门规章", "地方政府规章", "司法解释", "规范性文件")
)
_DIRECTIVE = ("通知", "意见", "公告", "函", "复函", "批复", "答复", "纪要", "通告", "方案", "要点")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentKind:
    """Kind, region (全国 or the place), issuing body and document number, empty where unknown."""

    kind: str
    region: str
    body: str
    number: str


def kind_of(title: str, history: Sequence[str], path: PurePath) -> InstrumentKind:
    """Tell the kind of an instrument from its title, the lines on its making, and its folder.

    ``path`` counts where a folder above the file is named like a kind, as collections have it.
    """
    told = _DAYS.sub(" ", " ".join(history))
    number = _NUMBER.search(told)
    region = region_of(title, told)
    filed = next((part for part in reversed(path.parts[:-1]) if part in _FOLDERS), "")
    return InstrumentKind(
        kind=filed or _kind(title, told, region),
        region=region,
        body=_body(told, title),
        number=re.sub(r"\s+", "", number[0]) if number else "",
    )


def region_of(title: str, told: str) -> str:
    """Return the place whose congress or government made a text, or 全国.

    Without a line on its making the title tells: it begins with the name of a place.
    """
    named = place_named(title)
    made = _LOCAL_MAKER.search(told)
    if made and "国务院" not in told[: made.start()] and not made["region"].startswith("全国"):
        place = _LED_IN.sub("", made["region"])
        return named if named and place.endswith(named) else _shipped_regions().plain(place)
    return named if named and "国务院" not in told else NATIONAL


def place_named(title: str) -> str:
    """Return the place a title begins with (《浙江省温州市…条例》: 温州市), or nothing."""
    if title.startswith(_OF_THE_NATION):
        return ""
    place = _shipped_regions().leading(title)
    if place:
        return place
    found = _UNLISTED.match(title)
    return found[0] if found else ""


@cache
def _shipped_regions() -> RegionTable:
    return load_regions(statutes_dir() / "regions.toml")


def _kind(title: str, told: str, region: str) -> str:
    if "最高人民法院" in title + told or "最高人民检察院" in title + told:
        return "司法解释"
    if "修正案" in title and title.endswith(("修正案", "）", ")")):
        return "修正案"
    if region != NATIONAL:
        return _local_kind(title, told)
    if title == "中华人民共和国宪法":
        return "宪法"
    if title.endswith(_DIRECTIVE):
        return "规范性文件"
    return _central_kind(title, told)


def _local_kind(title: str, told: str) -> str:
    if title.endswith(_DIRECTIVE):
        return "规范性文件"
    if "人民代表大会" in told or "人大常委会" in told or title.endswith("条例"):
        return "地方性法规"
    return "地方政府规章"


def _central_kind(title: str, told: str) -> str:
    is_law = title.endswith(("法", "法典")) and not title.endswith("办法")
    if "国务院" in told and not is_law:
        return "行政法规"
    if "全国人民代表大会" in told or (is_law and title.startswith("中华人民共和国")):
        return "修改决定" if "关于修改" in title else "法律"
    return "行政法规" if title.endswith("条例") or title.startswith("国务院") else "部门规章"


def _body(told: str, title: str) -> str:
    found = _BODY.search(told) or _BODY.match(title)
    if not found:
        return ""
    return _LED_IN.sub("", re.sub(r"^.*?(?=全国人民|国务院|最高人民)", "", found[0]))

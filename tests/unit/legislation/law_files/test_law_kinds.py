"""Of which place a text is: by the line on its making, else by the name its title begins with."""

from pathlib import PurePath

import pytest

from workstation.legislation.law_files.law_kinds import kind_of, place_named, region_of


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("温州市市容和环境卫生管理条例", "温州市"),
        ("浙江省温州市城市绿化条例", "温州市"),
        ("盐城市绿化条例", "盐城市"),
        ("浙江省城乡规划条例", "浙江省"),
        ("永嘉县楠溪江保护条例", "永嘉县"),
        ("龙屿市户外广告管理条例", "龙屿市"),
        ("云岫苗族自治县水资源条例", "云岫苗族自治县"),
        ("城市市容和环境卫生管理条例", ""),
        ("城市绿化条例", ""),
        ("中心城市建设条例", ""),
        ("农贸市场管理办法", ""),
        ("上市公司监督管理条例", ""),
        ("县级以上人民政府工作规定", ""),
        ("设区的市立法规定", ""),
        ("贫困县退出办法", ""),
        ("中华人民共和国自然保护区条例", ""),
        ("国务院关于上海市某事项的决定", ""),
    ],
)
def test_a_title_names_its_place(title: str, place: str) -> None:
    assert place_named(title) == place


@pytest.mark.parametrize(
    ("title", "told", "region"),
    [
        ("温州市物业管理条例", "", "温州市"),
        ("物业管理条例", "浙江省温州市人民代表大会常务委员会通过", "温州市"),
        ("物业管理条例", "经温州市人大常委会通过", "温州市"),
        ("温州市物业管理条例", "由温州市第十三届人民代表大会第一次会议通过", "温州市"),
        ("物业管理条例", "温州市鹿城区人民政府公布", "温州市鹿城区"),
        ("城市绿化条例", "国务院令第100号", "全国"),
        ("某法", "第十三届全国人民代表大会常务委员会通过", "全国"),
    ],
)
def test_the_maker_wins_over_the_title(title: str, told: str, region: str) -> None:
    assert region_of(title, told) == region


def test_a_citys_text_without_a_maker_is_a_local_regulation() -> None:
    found = kind_of("温州市物业管理条例", (), PurePath("a.docx"))

    assert (found.kind, found.region) == ("地方性法规", "温州市")


def test_the_issuing_body_is_named_without_what_leads_to_it() -> None:
    found = kind_of("物业管理条例", ("经温州市人大常委会通过",), PurePath("a.docx"))

    assert found.body == "温州市人大常委会"

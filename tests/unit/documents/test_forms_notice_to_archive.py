"""The forms from prior notice to archiving: complete in the demo case, and lawful in wording."""

import re

import pytest

from tests.demo_papers import blank_paper, paper

FORMS = [
    *("D41", "D43", "D44", "D45", "D46", "D47", "D48", "D49", "D50", "D51"),
    *("D58", "D60", "D66", "D67", "D68", "D69", "D70"),
]
OCCURRENCES = [(form_id, 1) for form_id in FORMS] + [("D46", 2)]
RANGE = re.compile(r"元以上|元至|元[—－-]\d")


@pytest.mark.parametrize(("form_id", "occurrence"), OCCURRENCES)
def test_the_demo_values_complete_every_paper(form_id: str, occurrence: int) -> None:
    completed, text = paper(form_id, occurrence)

    assert completed.missing == ()
    assert completed.problems == {}
    assert "None" not in text


@pytest.mark.parametrize("form_id", [*FORMS, "D56"])
def test_a_form_without_values_is_a_usable_blank(form_id: str) -> None:
    assert len(blank_paper(form_id)) > 5


@pytest.mark.parametrize(
    ("form_id", "contents"),
    [
        ("D41", "《中华人民共和国行政处罚法》第四十四条 五个工作日 第六十三条第一款"),
        ("D41", "第五百一十八条第二款 第一千一百六十九条第一款 壹拾壹万元整（¥110,000.00）"),
        ("D43", "2026年9月15日10时00分至10时25分 ☑提交书面意见 ☑要求听证 （以下空白）"),
        ("D44", "☑事实、理由、依据未变且未加重处罚 壹拾万元整（¥100,000.00） 叶怀山"),
        ("D45", "听证申请书 第六十四条第（一）项 卓望野"),
        ("D46", "2026年9月30日9时00分（星期三） 程既明 委托一至二人代理 申请回避"),
        ("D47", "2026年9月30日9时00分至10时35分 ☑公开 （以下空白） 屿综执听通字〔2026〕0007号"),
        ("D48", "争议焦点 听证主持人意见 2026年9月17日送达当事人"),
        ("D49", "第五十七条第二款 陆屿川（局长） 叶怀山 周砥 列席人员（不参加表决） 驻局律师"),
        ("D50", "屿综执法审字〔2026〕0186-2号 壹拾万壹仟陆佰元整（¥101,600.00） 陆屿川"),
        ("D58", "2026年10月26日 2026年11月12日 第四十八条 行政处罚信息公开摘要"),
        ("D60", "DEMO-000186 DEMO-3303990021 2026年11月3日 壹拾万壹仟陆佰元整 已缴清"),
        ("D67", "20260186 30年 立卷人 2026年11月4日"),
        ("D69", "共14张 共10份 立卷人 检查人"),
        ("D70", "DEMO-YX-20260930-01.mp4 SHA-256 1小时15分"),
    ],
)
def test_a_paper_holds_what_it_must(form_id: str, contents: str) -> None:
    _, text = paper(form_id)

    assert [content for content in contents.split() if content not in text] == []


@pytest.mark.parametrize(
    "content",
    [
        "龙屿市鲸礁渣土清运有限公司",
        "龙屿市望潮大道0号",
        "上述事实，有下列证据证明",
        "没收违法所得人民币壹仟陆佰元整（¥1,600.00）",
        "罚款人民币壹拾万元整（¥100,000.00）",
        "《中华人民共和国生态环境法典》第一千一百六十九条第一款",
        "自收到本决定书之日起十五日内",
        "代收机构：龙屿银行营业部（演示）",
        "第七十二条第一款第（一）项",
        "六十日内",
        "向龙屿市人民政府申请行政复议",
        "向龙屿市人民法院提起行政诉讼",
        "2026年10月15日",
    ],
)
def test_a_decision_states_the_six_matters_of_article_59(content: str) -> None:
    _, text = paper("D51")

    assert content in text


def test_a_decision_is_neither_tentative_nor_a_suspicion() -> None:
    _, text = paper("D51")

    assert not {"拟", "涉嫌"} & set(re.findall("拟|涉嫌", text))


def test_a_notice_names_one_amount_and_decides_nothing() -> None:
    _, text = paper("D41")

    assert RANGE.search(text) is None
    assert "本机关决定" not in text


def test_the_announcement_of_a_hearing_has_its_own_title() -> None:
    completed, text = paper("D46", 2)

    assert completed.values["document_heading"] == "行政处罚听证公告"
    assert "旁听" in text


def test_the_closing_report_checks_every_deadline_of_the_case() -> None:
    _, text = paper("D66")

    last_days = (
        "2026年9月3日 2026年11月19日 2026年9月1日 2026年9月15日 2026年9月17日 2026年10月19日"
        " 2026年10月26日 2026年11月12日 2026年11月3日 2026年12月18日 2027年4月19日"
        " 2027年7月19日 2026年12月4日 （第一轮） （第二轮）"
    )
    assert [day for day in last_days.split() if day not in text] == []
    assert "逾期" not in text.replace("未逾期", "")


@pytest.mark.parametrize("form_id", ["D41", "D51"])
@pytest.mark.parametrize(
    ("party", "present", "absent"),
    [
        ("citizen", "公民身份号码：990399198804230033", "法定代表人："),
        ("sole_trader", "经营者：莫小橘", "法定代表人："),
    ],
)
def test_a_party_is_named_after_its_kind(
    form_id: str, party: str, present: str, absent: str
) -> None:
    _, text = paper(form_id, 1, party)

    assert present in text
    assert absent not in text


def test_a_citizen_is_masked_in_what_is_published() -> None:
    completed, _ = paper("D58", 1, "citizen")

    assert completed.values["public_name"] == "赵某"
    assert completed.values["public_number"] == ""

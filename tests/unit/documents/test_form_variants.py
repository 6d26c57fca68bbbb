"""The forms that change with the kind of party, of decision or of measure."""

import pytest

from tests.demo_papers import blank_paper, filled, paper, shipped
from workstation.documents.forms import FieldType

PARTY_FORMS = ["D24", "D30", "D32", "D33", "D42", "D52", "D61", "D62", "D63"]


@pytest.mark.parametrize("form_id", PARTY_FORMS)
@pytest.mark.parametrize(
    ("party", "present"),
    [
        ("citizen", "性别：男　　出生日期：1988年4月23日公民身份号码：990399198804230033"),
        ("sole_trader", "经营场所：龙屿市潮信街000号经营者：莫小橘"),
    ],
)
def test_a_party_is_named_after_its_kind(form_id: str, party: str, present: str) -> None:
    _, text = paper(form_id, 1, party)

    assert present in text
    assert "法定代表人：" not in text


@pytest.mark.parametrize(
    ("ground", "present", "absent"),
    [
        ("轻微并及时改正，没有造成危害后果", "第三十三条第一款", "可以不予"),
        ("初次违法且危害后果轻微并及时改正", "依法可以不予行政处罚的情形", "主观过错"),
        ("当事人有证据足以证明没有主观过错", "第三十三条第二款", "第三十三条第一款"),
        ("不满十四周岁，或者精神病人、智力残疾人", "第三十条", "第三十三条第一款"),
        ("超过追责时效", "第三十六条", "第三十三条第一款"),
    ],
)
def test_each_ground_of_no_penalty_keeps_to_its_own_provision(
    ground: str, present: str, absent: str
) -> None:
    text = filled("D52", ground=ground, reason="情况如下。", education="教育内容。")

    assert present in text
    assert absent not in text
    assert "教育如下" in text


def test_facts_that_do_not_hold_are_no_offence_forgiven() -> None:
    text = filled("D52", ground="违法事实不能成立", reason="证据不足，")

    assert "的事实不能成立" in text
    assert "第五十七条第一款第（三）项" in text
    assert "违反了" not in text
    assert "教育" not in text


@pytest.mark.parametrize(
    ("kind", "title", "contents"),
    [
        ("行政强制执行决定", "行政强制执行决定书", "第三十七条 （二）方式 （三）时间"),
        ("代履行决定", "代履行决定书", "第五十条 第五十一条 代履行人 费用预算 代履行执行记录"),
        ("强制拆除公告", "强制拆除公告", "第四十四条 限期当事人自行拆除 张贴于 收到本公告之日起"),
    ],
)
def test_enforcement_comes_in_three_kinds(kind: str, title: str, contents: str) -> None:
    text = filled("D63", kind=kind)

    assert title in text
    assert [part for part in contents.split() if part not in text] == []


@pytest.mark.parametrize("item", ["延长", "中止", "恢复", "终止", "扣除", "并案", "分案"])
def test_the_form_of_periods_serves_every_matter_of_procedure(item: str) -> None:
    text = filled("D09", item=item, basis="行政处罚法§60", from_day="2026-10-01", days="10")

    assert f"☑{item}" in text
    assert ("生效日期" in text) == (item in {"终止", "并案", "分案"})


@pytest.mark.parametrize(
    ("days", "amount"), [("10", "叁仟元整（¥3,000.00）"), ("50", "壹万元整（¥10,000.00）")]
)
def test_the_surcharge_stops_at_the_fine(days: str, amount: str) -> None:
    text = filled("D62", principal="10000", days=days, from_day="2026-11-04")

    assert f"加处罚款：人民币{amount}" in text


AMOUNTS = [
    (form.id, field.name)
    for form in shipped()[1]
    for field in form.fields
    if field.type in {FieldType.MONEY, FieldType.NUMBER}
]


@pytest.mark.parametrize(("form_id", "name"), AMOUNTS)
def test_a_form_is_shown_while_only_one_of_its_amounts_is_typed(form_id: str, name: str) -> None:
    assert blank_paper(form_id, **{name: 5})

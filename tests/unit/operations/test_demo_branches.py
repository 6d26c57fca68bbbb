"""The demo cases beside the main one: lawful by our own engine, and with it all forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from workstation.bootstrap import Workstation, open_workstation
from workstation.operations.demo import (
    DemoBranch,
    DemoResult,
    UnknownDemoKindError,
    demo_kinds,
    make_demo,
)
from workstation.procedure import StepStatus
from workstation.review.records import State
from workstation.settings import open_home

# Ten cases are recorded, exported and bound before the first test: that may take minutes.
pytestmark = [pytest.mark.xdist_group("demo_branches"), pytest.mark.timeout(600)]
# How far each kind goes: those that end in a decision are closed and bound.
BOUND = {"不予处罚", "查封扣押", "分期执行", "简易程序", "公告送达"}


@dataclass(frozen=True)
class Branches:
    """The office with one case of each kind, and what came of them."""

    workstation: Workstation
    result: DemoResult

    @property
    def cases(self) -> dict[str, str]:
        """The id of the case of each kind."""
        return {branch.kind: branch.case_id for branch in self.result.branches}

    def text(self, kind: str, paper: str) -> str:
        """Return the text of a paper without spaces and line ends."""
        branch = next(b for b in self.result.branches if b.kind == kind)
        lines = next(d.lines for d in branch.documents if d.key == paper)
        return "".join("".join(line for page in lines for line in page).split())


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branches]:
    """The main case and one of each kind, as ``demo --all`` makes them."""
    workstation = open_workstation(open_home(tmp_path_factory.mktemp("office")))
    papers = tmp_path_factory.mktemp("papers")
    yield Branches(workstation, make_demo(workstation, papers, kinds=demo_kinds()))
    workstation.close()


def test_there_is_a_case_of_each_way_a_case_may_turn(branches: Branches) -> None:
    wanted = "不予处罚 移送公安 查封扣押 分期执行 简易程序 公告送达 不予立案 移送管辖 撤销立案"

    assert set(wanted.split()) == set(branches.cases)


def test_with_the_main_case_all_forms_are_issued(branches: Branches) -> None:
    result = branches.result
    issued = set(result.forms).union(*(branch.forms for branch in result.branches))

    assert issued == {f"D{number:02d}" for number in range(1, 72)}
    assert result.missing == ()


def test_a_kind_that_comes_to_its_end_is_closed_and_bound(branches: Branches) -> None:
    bound = {branch.kind: branch.volume for branch in branches.result.branches if branch.volume}

    assert set(bound) == BOUND
    for kind, volume in bound.items():
        assert branches.workstation.archive.verify(volume.package).valid, kind
        assert "D66" in {d.key for d in _branch(branches, kind).documents}
        steps = branches.workstation.cases.view(branches.cases[kind], date(2026, 12, 31)).steps
        assert {s.status for s in steps} <= {StepStatus.DONE, StepStatus.NOT_APPLICABLE}, kind


def test_the_bound_cases_stand_up_to_their_review_but_for_what_is_known(
    branches: Branches,
) -> None:
    reviews = branches.workstation.reviews
    found = {
        kind: {
            finding.check.id
            for finding in reviews.check_case(branches.cases[kind]).applicable
            if finding.state is State.FAILED
        }
        for kind in BOUND
    }

    # The case of 公告送达 was published before its publication was approved.
    assert {kind: ids for kind, ids in found.items() if ids} == {"公告送达": {"QT1"}}


def _branch(branches: Branches, kind: str) -> DemoBranch:
    return next(branch for branch in branches.result.branches if branch.kind == kind)


def test_an_unknown_kind_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    workstation = open_workstation(open_home(tmp_path / "office"))

    with pytest.raises(UnknownDemoKindError):
        make_demo(workstation, tmp_path / "papers", kinds=["没有这一种"])

    assert not workstation.office.exists()
    workstation.close()


@pytest.mark.parametrize(
    ("kind", "paper", "contents"),
    [
        # 行政强制法§24: party and address, reasons, basis, term, object, remedies, seal and date.
        ("查封扣押", "D30", "夏槐序 龙屿市槐荫里0号 炉火未熄 第五十二条 2026年10月9日止"),
        ("查封扣押", "D30", "不锈钢烧烤炉 1台 六十日内 六个月内 2026年9月10日"),
        # 行政强制法§18: present, told, heard, written down; signed on every page.
        ("查封扣押", "D31", "出示执法证件 告知理由、依据 第十八条第（五）项 陈述和申辩"),
        ("查封扣押", "D31", "2026年9月10日18时30分至19时15分 （以下空白） 见证人（签名或者盖章）"),
        ("查封扣押", "D29", "☑实施 ☑扣押财物 叶怀山"),
        ("查封扣押", "D29-2", "☑延长 2026年11月8日止"),
        ("查封扣押", "D29-3", "☑解除 三轮手推车"),
        ("查封扣押", "D32", "第二十五条第一款 自2026年10月10日起至2026年11月8日止 权属正在核实"),
        ("查封扣押", "D33", "☑已经作出处理决定 第二十八条第一款第（三）项 财物领取回执 已依"),
        (
            "查封扣押",
            "D65",
            "☑按照国家有关规定处理 第七十四条 周砥、方小满 180.00 没收（罚没）财物处置清单",
        ),
        ("不予处罚", "D52", "初次违法 第三十三条第一款 第五十七条第一款第（二）项 教育如下"),
        ("不予处罚", "D52", "赵堃喆 990399198804230033 六十日内 龙屿市人民法院"),
        (
            "不予处罚",
            "D71",
            "赵堃喆 《不予行政处罚决定书》（屿综执不罚决字〔2026〕 2026年9月10日送达 文字笔误",
        ),
        (
            "不予处罚",
            "D71",
            "原文：“建筑垃圾应当送到指定的收聚点” 补正为：“建筑垃圾应当送到指定的收集点”",
        ),
        ("不予处罚", "D19", "第四十一条 ☑真实 ☑清晰 ☑完整 ☑准确 ☑符合要求，可以作为证据"),
        ("不予处罚", "D08", "☑驳回回避申请 第四十三条第三款 陆屿川"),
        # 移送规定§5、§6: two officers, the first head, three days; five kinds of material.
        (
            "移送公安",
            "D54",
            "林问渠、苏砚舟 污染环境罪 第三百三十八条 2026年9月25日 ☑批准移送 陆屿川",
        ),
        (
            "移送公安",
            "D55",
            "涉嫌犯罪案件移送书 调查报告 涉案物品清单 检验报告或者鉴定结论 其他有关",
        ),
        ("移送公安", "D55", "抄送：同级人民检察院 接受人（签字） 谢舟渡 第六条"),
        ("移送公安", "D24", "第五十六条 抽样基数 4个吨桶 DEMO-FQ-021 见证人"),
        ("移送公安", "D09", "☑中止 第二十七条第一款 自2026年9月24日起"),
        # 行政强制法§35: term, manner, amount and way of payment, statement and defence.
        ("分期执行", "D61", "（一）履行义务的期限 十个工作日 （二）履行义务的方式 （三）金钱给付"),
        ("分期执行", "D61", "¥40,000.00 （四）陈述权和申辩权 第三十六条 第五十四条"),
        (
            "分期执行",
            "D62",
            "20,000.00元×3%×104日＝62,400.00元 以罚款的数额为限 贰万元整（¥20,000.00）",
        ),
        ("分期执行", "D59", "第一期 5,000.00 伍仟元整 2026年2月27日 合计 第七十二条第二款"),
        # 行政强制法§55: the order with facts, reasons, basis; the party's view; the object.
        (
            "分期执行",
            "D64",
            "龙屿市人民法院 陆屿川 第五十五条 第九十七条 当事人的意见 催告情况 附件：",
        ),
        # 行政处罚法§52; 行政复议法§23: reconsideration comes first.
        (
            "简易程序",
            "D53",
            "编号：0000001 ☑罚款 贰佰元整 第五十一条 第二十三条第一款第（一）项 应当先",
        ),
        (
            "简易程序",
            "D53",
            "2026年9月16日16时30分 备案日期：2026年9月17日 林问渠、苏砚舟",
        ),
        ("简易程序", "D53", "第二十八条第一款 责令改正违法行为：当场清除碎砖。"),
        ("公告送达", "D57", "第九十五条第一款 经过三十日 2026年10月9日，视为送达 查无此人"),
        ("公告送达", "D57-2", "2026年11月20日，视为送达 六十日内 六个月内"),
        (
            "公告送达",
            "D42",
            "第六十三条第一款 第六十四条第（一）项 五个工作日 委托一至二人 不承担",
        ),
        # 行政强制法§51: object, manner and time, cost, performer.
        ("公告送达", "D63", "代履行决定书 标的 方式 时间 代履行人 费用预算 ¥2,600.00 第五十二条"),
        ("不予立案", "D03", "☑没有违法事实 ☑资料归档留存 第五十四条第二款 叶怀山"),
        ("移送管辖", "D05", "澜岬县综合行政执法局 第二十二条 ☑协商解决 管辖协商"),
        ("移送管辖", "D05", "案件移送函（回执） 案件移送函（存根） 号（骑缝章） 填发日期"),
        ("撤销立案", "D07", "☑不符合立案条件 撤销立案告知书 2026年9月11日送达"),
    ],
)
def test_a_paper_holds_what_its_law_requires(
    branches: Branches, kind: str, paper: str, contents: str
) -> None:
    text = branches.text(kind, paper)

    assert [part for part in contents.split() if part not in text] == []


@pytest.mark.parametrize(("kind", "paper"), [("简易程序", "D53"), ("移送公安", "D09")])
def test_a_short_paper_is_one_page(branches: Branches, kind: str, paper: str) -> None:
    papers = branches.workstation.cases.view(branches.cases[kind]).file.documents

    assert next(d.pages for d in papers if d.key == paper) == 1


def test_a_decision_not_to_punish_punishes_nothing(branches: Branches) -> None:
    text = branches.text("不予处罚", "D52")

    assert "对当事人不予行政处罚" in text
    assert "罚款" not in text
    assert "没收" not in text


def test_a_demand_is_no_decision(branches: Branches) -> None:
    text = branches.text("分期执行", "D61")

    assert "申请行政复议" not in text

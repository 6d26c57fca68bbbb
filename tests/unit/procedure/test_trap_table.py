"""The 50 traps a professional catches at once, each with what catches it here.

The numbers are those of the domain report, §6. A trap is caught by guards attached to events, by
the rules of deadlines, or by a place outside the procedure that is named with its test.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from workstation.procedure import ProcedureRules
from workstation.procedure.guards import GUARDS

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Trap:
    """One trap: its number and name, the guards and deadlines that catch it, or where else."""

    number: int
    name: str
    guards: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    elsewhere: str = ""


def _trap(number: int, name: str, *guards: str, periods: str = "", elsewhere: str = "") -> Trap:
    return Trap(number, name, guards, tuple(periods.split()), elsewhere)


TRAPS = (
    _trap(1, "15日、90日当工作日，5日、7日当自然日", "notice_period_over",
          "decided_within_ninety_days", periods="DL02 DL03 DL06 DL11"),
    _trap(2, "催告10日当自然日", "demand_period_over", periods="DL21"),
    _trap(3, "公告送达写60日", "announcement_runs_thirty_days", periods="DL10"),
    _trap(4, "复议写15日、起诉写3个月", "remedy_periods_are_current", periods="DL16 DL17"),
    _trap(5, "复议机关写上一级主管部门", "remedies_are_named", "remedies_are_written_out"),
    _trap(6, "当场处罚不写复议前置", "spot_decision_names_reconsideration"),
    _trap(7, "时效一律2年", "limitation_not_passed", periods="DL27 DL27-2 DL27-3"),
    _trap(8, "把机关自己的90日顺延", "decided_within_ninety_days", periods="DL02"),
    _trap(9, "申请法院执行按决定日起算", "application_window_open", periods="DL22"),
    _trap(10, "告知后第二天就决定", "notice_period_over"),
    _trap(11, "告知书写幅度区间或依法处理", "fine_is_one_amount", "notice_tells_no_range"),
    _trap(12, "先听证后无二次审核，讨论早于听证", "second_review_after_hearing",
          "second_review_after_changes", "deliberated_when_required"),
    _trap(13, "调查人员主持、审核、表决", "host_independent", "recorder_did_not_investigate",
          "reviewer_independent", "heads_are_not_investigators"),
    _trap(14, "审核人员无资格、律师代签", "reviewer_qualified", "review_is_reasoned"),
    _trap(15, "因态度恶劣从重", "defence_is_not_punished", "fine_not_raised"),
    _trap(16, "责令改正当处罚；前置型没有责改、复查就罚", "correction_is_no_penalty",
          "correction_precondition_met"),
    _trap(17, "登记保存当扣押用、延长、催缴", "preservation_is_no_lever",
          "preservation_resolved_in_time", "preservation_disposition_lawful"),
    _trap(18, "强制措施无单行法授权、受委托实施", "coercion_authorised"),
    _trap(19, "简易程序用于没收、通报批评或者超额", "summary_penalty_within_limits",
          "matter_allows_summary"),
    _trap(20, "默认当事人放弃", "waiver_is_written"),
    _trap(21, "中止、延期不填规章依据", "period_change_has_basis", "deductions_apart"),
    _trap(22, "以中队、大队名义落款", "bureau_is_no_inner_body", "bureau_signs_its_papers"),
    _trap(23, "个体户不写经营者", "sole_trader_is_named_rightly"),
    _trap(24, "门头名不是执照名", "party_is_named_as_licensed", "party_identity_is_evidenced"),
    _trap(25, "赋权与委托混同", "bureau_is_the_named_body"),
    _trap(26, "辅助人员算两人", "two_valid_officers", "serving_officers_valid"),
    _trap(27, "证件当日已过期", "two_valid_officers", "serving_officers_valid"),
    _trap(28, "引废止的法，或者机械用新法", "cited_law_was_in_force",
          "law_of_the_act_day_considered", "applied_law_is_the_lighter"),
    _trap(29, "引1996、2017年的条号", "penalty_act_is_cited_anew"),
    _trap(30, "条号用阿拉伯数字、简称法名", "articles_are_in_words", "laws_are_named_in_full"),
    _trap(31, "阻碍执行职务引旧第五十条", "obstruction_is_cited_anew"),
    _trap(32, "规范性文件、裁量基准当处罚依据", "penalty_basis_is_law"),
    _trap(33, "违反条款当处罚条款", "basis_is_paired"),
    _trap(34, "单位、个人档套错", "clause_covers_the_party", "applied_law_covers_the_party"),
    _trap(35, "从轻与减轻混用", "fine_within_range", "fine_is_in_its_tier"),
    _trap(36, "该没收违法所得未没收", "gain_is_confiscated", "illegal_gain_stated"),
    _trap(37, "首违不罚与轻微不罚不分", "no_penalty_ground_stated"),
    _trap(38, "同一行为两次罚款", "no_second_fine"),
    _trap(39, "以罚代刑", "criminal_question_answered", "no_penalty_instead_of_transfer"),
    _trap(40, "大小写金额不符", "amounts_agree_in_words", "papers_state_the_amounts"),
    _trap(41, "六角括号写成方括号，断号", "number_has_its_brackets",
          "numbers_have_their_brackets",
          elsewhere="tests/unit/operations/test_numbering.py"),
    _trap(42, "决定书出现“拟”，“涉嫌”未去", "decision_no_longer_proposes", "suspicion_is_lifted",
          "notice_does_not_decide"),
    _trap(43, "复议机关、法院写有管辖权的", "remedies_are_named", "remedies_are_written_out"),
    _trap(44, "笔录无时分、同时段同人", "records_do_not_overlap", "hours_noted_on_records"),
    _trap(45, "倒签，回证早于文书", "not_back_dated", "papers_dated_by_then", "signed_in_order",
          "receipts_follow_papers", "decision_dated_as_made"),
    _trap(46, "结案后静默改文书", "closed_case_stays_closed", "case_not_archived",
          "correction_is_not_substantial"),
    _trap(47, "公示页露身份证号、住址、未成年人", "publication_is_stripped",
          "minors_are_not_published"),
    _trap(48, "加处罚款基数、封顶、停算", "surcharge_runs", "surcharge_amount_right"),
    _trap(49, "已读当电子送达", "electronic_service_is_agreed"),
    _trap(50, "法条、案例未标来源", elsewhere="tests/e2e/test_law_commands.py"),
)  # fmt: skip


@pytest.fixture(scope="module")
def attached(rules: ProcedureRules) -> frozenset[str]:
    """The guards that some kind of event asks."""
    kinds = rules.events.kinds
    return frozenset(guard for kind in kinds for guard in (*kind.guards, *kind.summary_guards))


def test_every_trap_is_listed_once() -> None:
    assert [trap.number for trap in TRAPS] == list(range(1, 51))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap.number}")
def test_a_trap_is_caught_by_what_the_table_names(
    trap: Trap, attached: frozenset[str], rules: ProcedureRules
) -> None:
    unknown = [guard for guard in trap.guards if guard not in GUARDS or guard not in attached]

    assert trap.guards or trap.elsewhere
    assert unknown == []
    assert set(trap.deadlines) <= set(rules.deadlines.codes)
    assert not trap.elsewhere or (ROOT / trap.elsewhere).is_file()


def test_every_guard_says_where_it_rests(rules: ProcedureRules) -> None:
    lacking = [rule.name for rule in rules.guards.values() if not (rule.basis and rule.title)]

    assert lacking == []


def test_a_guard_that_may_be_set_aside_says_what_room_the_law_leaves(
    rules: ProcedureRules,
) -> None:
    silent = [r.name for r in rules.guards.values() if r.overridable and not r.override_note]

    assert silent == []

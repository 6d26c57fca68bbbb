"""Steps, events and parameters are data that a bureau can replace."""

import shutil
from pathlib import Path

import pytest

from workstation import data_files
from workstation.domain.citations import parse_reference
from workstation.procedure import ProcedureDataError, ProcedureRules, UnknownEventError, load_rules
from workstation.procedure.conditions import CONDITIONS
from workstation.procedure.event_kinds import load_event_catalogue
from workstation.procedure.records import Necessity
from workstation.procedure.rules import load_guard_rules


def test_there_are_eighteen_steps_in_order_with_all_forms(rules: ProcedureRules) -> None:
    forms = sorted(form for step in rules.steps for form in step.documents)

    assert [step.n for step in rules.steps] == list(range(1, 19))
    assert forms == [f"D{n:02d}" for n in range(1, 72)]


def test_every_step_names_known_events_deadlines_conditions_and_law(
    rules: ProcedureRules,
) -> None:
    for step in rules.steps:
        for kind in (*step.sequence, *step.completed_by, *step.reopened_by, *step.open_until):
            rules.events.kind(kind)
        for code in step.deadlines:
            rules.deadlines.rule(code)
        assert not step.applies_when or step.applies_when in CONDITIONS
        assert all(parse_reference(entry.reference).article for entry in step.basis)
        assert step.purpose
        assert step.actor


def test_a_conditional_step_says_when_it_is_taken(rules: ProcedureRules) -> None:
    conditional = [s for s in rules.steps if s.necessity is Necessity.CONDITIONAL]

    assert [s.n for s in conditional] == [4, 5, 11, 12, 15]
    assert all(s.condition for s in conditional)


def test_every_event_belongs_to_a_step_and_follows_known_events(rules: ProcedureRules) -> None:
    for kind in rules.events.kinds:
        assert rules.step(kind.step).n == kind.step
        assert all(rules.events.kind(name) for name in kind.after)


def test_a_bureau_renames_a_step(tmp_path: Path) -> None:
    shipped = (data_files.templates_dir() / "01_intake" / "step.toml").read_text(encoding="utf-8")
    own = tmp_path / "own" / "templates" / "01_intake"
    own.mkdir(parents=True)
    (own / "step.toml").write_text(shipped.replace("受案（含初查）", "线索登记"), encoding="utf-8")

    steps = load_rules(tmp_path).steps

    assert steps[0].name == "线索登记"
    assert steps[1].name == "立案"


def test_a_malformed_step_is_named_with_its_file(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates" / "01_intake"
    own.mkdir(parents=True)
    (own / "step.toml").write_text('n = 1\nname = "受案"\n', encoding="utf-8")

    with pytest.raises(ProcedureDataError, match=r"step\.toml.*phase"):
        load_rules(tmp_path)


def test_an_unknown_event_kind_names_the_known_ones(rules: ProcedureRules) -> None:
    with pytest.raises(UnknownEventError) as unknown:
        rules.events.kind("case_fled")

    assert "case_filed" in unknown.value.hint


def test_wording_that_fits_no_event_of_its_step_is_refused(rules: ProcedureRules) -> None:
    with pytest.raises(UnknownEventError) as unknown:
        rules.events.kind_of_wording(14, "开庭")

    assert "decision_served" in unknown.value.hint


@pytest.mark.parametrize(
    ("step", "wording", "kind"),
    [
        (4, "先行登记保存处理(退还)", "preservation_resolved"),
        (2, "不予立案", "case_filed"),
        (1, "不予立案", "lead_rejected"),
        (15, "不予公示", "publication_declined"),
        (3, "询问驾驶员 09:30-10:45; 测绘委托", "person_questioned"),
    ],
)
def test_the_first_and_longest_alias_decides(
    rules: ProcedureRules, step: int, wording: str, kind: str
) -> None:
    assert rules.events.kind_of_wording(step, wording).kind == kind


@pytest.mark.parametrize("folder", ["events", "guards"])
def test_an_entry_that_stands_in_two_files_is_refused_with_its_name(
    tmp_path: Path, folder: str
) -> None:
    load = {"events": load_event_catalogue, "guards": load_guard_rules}[folder]
    shipped = {"events": data_files.templates_dir(), "guards": data_files.statutes_dir()}
    path = sorted((shipped[folder] / folder).glob("*.toml"))[1]
    twice = tmp_path / "twice.toml"
    shutil.copy(path, twice)

    with pytest.raises(ProcedureDataError, match="别的文件中已经有了"):
        load((path, twice))

"""What a head released in writing is recorded, listed and printed into the file."""

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.domain.cases import Override
from workstation.operations import reports
from workstation.operations.recording import GuardRefusedError

OFFICERS = ["林问渠", "苏砚舟"]
LATE = "2026-09-02T10:00"
RELEASE = Override(
    guard="preservation_resolved_in_time", approver="叶怀山", reason="台风停工两日，当日即退还"
)


@pytest.fixture
def released(desk: Workstation, case_id: str) -> str:
    """The case with evidence given back a day late, which a head released."""
    preserved = {"approver": "叶怀山", "officers": OFFICERS, "object": "存储卡"}
    at = "2026-08-21T10:30"
    desk.cases.record(case_id, event("evidence_preserved", 4, at, data=preserved))
    resolved = event("preservation_resolved", 4, LATE, data=_resolved(), overrides=(RELEASE,))
    desk.cases.record(case_id, resolved)
    return case_id


def _resolved() -> dict[str, object]:
    return {"disposition": "退还", "officers": OFFICERS}


def test_what_was_released_is_a_warning_of_the_record(desk: Workstation, case_id: str) -> None:
    preserved = {"approver": "叶怀山", "officers": OFFICERS, "object": "存储卡"}
    at = "2026-08-21T10:30"
    desk.cases.record(case_id, event("evidence_preserved", 4, at, data=preserved))

    resolved = event("preservation_resolved", 4, LATE, data=_resolved(), overrides=(RELEASE,))
    recorded = desk.cases.record(case_id, resolved)

    assert [block.guard for block in recorded.warnings] == ["preservation_resolved_in_time"]


def test_an_officer_can_not_release(desk: Workstation, case_id: str) -> None:
    preserved = {"approver": "叶怀山", "officers": OFFICERS, "object": "存储卡"}
    at = "2026-08-21T10:30"
    desk.cases.record(case_id, event("evidence_preserved", 4, at, data=preserved))
    own = Override(guard=RELEASE.guard, approver="林问渠", reason=RELEASE.reason)

    with pytest.raises(GuardRefusedError, match="不是行政机关负责人"):
        desk.cases.record(
            case_id,
            event("preservation_resolved", 4, LATE, data=_resolved(), overrides=(own,)),
        )


def test_a_case_lists_its_releases_with_rule_and_reason(desk: Workstation, released: str) -> None:
    (listed,) = reports.case_json(desk.cases.view(released))["overrides"]

    assert listed["guard_title"] == "登记保存七个工作日内处理"
    assert listed["basis"] == "行政处罚法§56"
    assert listed["check"] == "CX2"
    assert listed["approver"] == "叶怀山"
    assert listed["reason"] == RELEASE.reason


@pytest.mark.parametrize("form", ["D50", "D66"])
def test_a_release_is_printed_on_the_forms_of_approval(
    desk: Workstation, released: str, form: str
) -> None:
    preview = desk.forms.preview(released, form, 1, {})

    assert preview.layout is not None
    text = "".join(line for page in preview.layout.pages for line in page.lines)
    assert "书面放行" in text
    assert "叶怀山" in text
    assert "当日即退还" in text


def test_a_form_says_nothing_of_releases_where_there_are_none(
    desk: Workstation, case_id: str
) -> None:
    preview = desk.forms.preview(case_id, "D66", 1, {})

    assert preview.layout is not None
    assert "书面放行" not in "".join(line for p in preview.layout.pages for line in p.lines)


def test_a_release_is_noted_in_the_reference_sheet_of_the_volume(
    desk: Workstation, released: str
) -> None:
    remarks = str(desk.forms.open_form(released, "D69").values["remarks"])

    assert "书面放行1项" in remarks
    assert RELEASE.reason in remarks

"""Which procedure a case follows: the ordinary one, or the summary one (行政处罚法§51)."""

from dataclasses import replace
from enum import StrEnum

from workstation.domain.cases import CaseFile
from workstation.procedure.records import StepDefinition


class Procedure(StrEnum):
    """The two procedures; the value is shown and written in the data files."""

    ORDINARY = "普通程序"
    SUMMARY = "简易程序"


_TURNS = {
    "summary_procedure_chosen": Procedure.SUMMARY,
    "converted_to_ordinary": Procedure.ORDINARY,
}


def procedure_of(case_file: CaseFile) -> Procedure:
    """Return the procedure the case follows after its last turn."""
    turn = next((event for event in reversed(case_file.events) if event.kind in _TURNS), None)
    return _TURNS[turn.kind] if turn else Procedure.ORDINARY


def is_summary(case_file: CaseFile) -> bool:
    """Whether the case follows the summary procedure."""
    return procedure_of(case_file) is Procedure.SUMMARY


def step_in(step: StepDefinition, procedure: Procedure) -> StepDefinition:
    """Return ``step`` as ``procedure`` has it."""
    course = step.summary if procedure is Procedure.SUMMARY else None
    if course is None:
        return step
    return replace(
        step,
        sequence=course.sequence or step.sequence,
        completed_by=course.completed_by or step.completed_by,
        open_until=course.open_until,
        reopened_by=(),
        not_applicable=course.not_applicable,
    )

"""The 18 steps of the ordinary procedure: definitions, guards, deadlines, state.

Pure functions of a case and a date: nothing here stores, prints or asks.
"""

from workstation.procedure.assessment import assess
from workstation.procedure.deadlines import compute
from workstation.procedure.enclosures import Enclosures, Paper
from workstation.procedure.errors import (
    HolidayNoticeMissingError,
    ProcedureDataError,
    UnknownDeadlineError,
    UnknownEventError,
)
from workstation.procedure.execution import Execution, execution_of
from workstation.procedure.guards import check_event, overridden_blocks
from workstation.procedure.law_comparison import LawComparison, compare_laws
from workstation.procedure.records import (
    Block,
    Deadline,
    Deduction,
    Engagement,
    RunningDeadline,
    StepDefinition,
    StepState,
    StepStatus,
    Surroundings,
)
from workstation.procedure.releases import Release, releases
from workstation.procedure.rules import ProcedureRules, load_rules
from workstation.procedure.running import open_deadlines

__all__ = [
    "Block",
    "Deadline",
    "Deduction",
    "Enclosures",
    "Engagement",
    "Execution",
    "HolidayNoticeMissingError",
    "LawComparison",
    "Paper",
    "ProcedureDataError",
    "ProcedureRules",
    "Release",
    "RunningDeadline",
    "StepDefinition",
    "StepState",
    "StepStatus",
    "Surroundings",
    "UnknownDeadlineError",
    "UnknownEventError",
    "assess",
    "check_event",
    "compare_laws",
    "compute",
    "execution_of",
    "load_rules",
    "open_deadlines",
    "overridden_blocks",
    "releases",
]

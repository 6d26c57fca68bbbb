"""What every page of the window works with, handed to it as one argument."""

from dataclasses import dataclass

from ui.changes import ChangeBus
from ui.prompts import Prompter
from ui.tasks import TaskRunner
from workstation.operations.workstation import Workstation


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The core, the threads it is called on, the bus of changes, and the asker of questions."""

    workstation: Workstation
    tasks: TaskRunner
    bus: ChangeBus
    prompter: Prompter

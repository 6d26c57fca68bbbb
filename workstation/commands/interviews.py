"""Commands on questioning: ``interview …``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.operations.interviews import Sitting


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``interview``."""
    group = groups.group("interview", "询问笔录")
    questions = group.add_parser("questions", help="询问的问题组：要查清的事实要素和依据")
    questions.add_argument("--matter", default="", help="权力事项编码；不写则列出全部问题组")
    questions.set_defaults(run=_questions)
    clashes = group.add_parser("clashes", help="执法人员、被询问人同时在两份笔录；有则退出码为1")
    clashes.add_argument("case", metavar="CASE", help="案件编号或案号")
    clashes.set_defaults(run=_clashes)


def _questions(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    sets = workstation.interviews.questions(arguments.matter)
    return {
        "sets": [
            {
                "name": each.name,
                "matters": list(each.matters),
                "questions": [
                    {"ask": q.ask, "element": q.element, "basis": q.basis} for q in each.questions
                ],
            }
            for each in sets
        ]
    }, 0


def _clashes(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.interviews.clashes(arguments.case)
    return {
        "clashes": [
            {
                "name": clash.name,
                "message": clash.sentence,
                "one": _sitting(clash.one),
                "other": _sitting(clash.other),
            }
            for clash in found
        ]
    }, 1 if found else 0


def _sitting(sitting: Sitting) -> Json:
    return {
        "case": sitting.case,
        "case_id": sitting.case_id,
        "what": sitting.what,
        "start": sitting.start.isoformat(timespec="minutes"),
        "end": sitting.end.isoformat(timespec="minutes"),
        "people": list(sitting.people),
    }

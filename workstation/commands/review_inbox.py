"""``review inbox``: the cases under review and whose turn it is."""

import argparse
from datetime import date

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.operations.review_inbox import InboxGroup


def add_commands(groups: CommandGroups) -> None:
    """Add ``review inbox``."""
    review = groups.group("review", "分轮法制审核：送审、收件、结论、退回、通过")
    inbox = review.add_parser("inbox", help="法制审核收件箱：轮到谁、何时到期，到期近的在前")
    inbox.add_argument(
        "--group",
        type=InboxGroup,
        choices=tuple(InboxGroup),
        metavar="、".join(InboxGroup),
        help="只列这一类",
    )
    inbox.set_defaults(run=_inbox)


def _inbox(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    today, rows = date.today(), workstation.review_inbox.rows()
    shown = [row for row in rows if arguments.group in {None, row.group}]
    late = sum(row.due is not None and row.due < today for row in rows)
    return {
        "as_of": today.isoformat(),
        "counts": {group.value: sum(r.group is group for r in rows) for group in InboxGroup},
        "overdue": late,
        "cases": [row.as_json(today) for row in shown],
    }, 0

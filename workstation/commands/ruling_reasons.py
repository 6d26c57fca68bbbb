"""Commands on why decisions fell: ``case outcome`` for one case, ``review outcomes`` for all."""

import argparse
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.errors import InvalidInputError
from workstation.operations.ruling_reasons import NewReason
from workstation.review.ruling_reasons import NOT_COVERED, MissedCheck


def add_commands(groups: CommandGroups) -> None:
    """Add ``case outcome`` and ``review outcomes``."""
    case: Any = groups.group("case", "案件")
    outcome = case.add_parser(
        "outcome", help="复议、诉讼的结果和原因：列出，或者登记一项原因对应的审核项"
    )
    outcome.add_argument("id")
    outcome.add_argument("--ruling", type=int, default=0, help="哪一份决定、裁判，缺省为最后一份")
    outcome.add_argument(
        "--check", default="", help=f"本应查出的审核项，如 CX5，或者 {NOT_COVERED}"
    )
    outcome.add_argument("--ground", default="", help="复议机关、法院所持的事由，如 程序违法")
    outcome.add_argument("--article", default="", help="裁判援引的条文，如 行政诉讼法§70")
    outcome.add_argument("--note", default="", help="说明")
    outcome.add_argument(
        "--withdraw", default="", metavar="编号", help="撤回登记有误的一项，如 31-1"
    )
    outcome.add_argument("--why", default="", help="撤回的理由")
    outcome.add_argument("--by", default="", help="登记人")
    outcome.set_defaults(run=_outcome)
    review = groups.group("review", "分轮法制审核：送审、收件、结论、退回、通过")
    listing = review.add_parser("outcomes", help="败诉、被变更的原因按审核项统计，漏得多的在前")
    add_span(listing, "裁判日")
    listing.set_defaults(run=_outcomes)


def add_span(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the days and the matter that limit a count over the office."""
    parser.add_argument("--from", dest="first", type=day_argument, help=f"{what}自哪一日")
    parser.add_argument("--to", dest="last", type=day_argument, help=f"{what}至哪一日")
    parser.add_argument("--matter", default="", help="只计一个权力事项（编码）")


def _outcome(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    reasons, wanted = workstation.ruling_reasons, arguments.id
    if arguments.withdraw:
        reasons.withdraw(wanted, arguments.withdraw, arguments.why, arguments.by)
    elif arguments.check or arguments.ground:
        if not arguments.check or not arguments.ground:
            message = "登记原因要同时写明事由和审核项。"
            hint = f"请写 --ground 和 --check；清单没有这一项的，写 --check {NOT_COVERED}。"
            raise InvalidInputError(message, hint=hint)
        new = NewReason(
            ground=arguments.ground,
            check=arguments.check,
            article=arguments.article,
            note=arguments.note,
            ruling=arguments.ruling,
        )
        reasons.record(wanted, new, arguments.by)
    rulings = reasons.of_case(wanted)
    unexplained = any(ruling.against and not ruling.reasons for ruling in rulings)
    return {"rulings": [ruling.as_json() for ruling in rulings]}, 1 if unexplained else 0


def _outcomes(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.ruling_reasons.statistics(
        arguments.first, arguments.last, arguments.matter
    )
    items = {check.id: check.item for check in workstation.reviews.checks}
    return {
        "rulings": found.rulings,
        "lost_cases": found.lost,
        "too_few": found.is_small,
        "checks": [_check_json(missed, items) for missed in found.checks],
        "unexplained": [
            {"case_id": r.case_id, "case_number": r.case_number} | r.as_json()
            for r in found.unexplained
        ],
    }, 1 if found.unexplained else 0


def _check_json(missed: MissedCheck, items: dict[str, str]) -> Json:
    return {
        "check": missed.check or NOT_COVERED,
        "item": items.get(missed.check, ""),
        "missed": missed.missed,
        "lost": list(missed.lost),
        "told_before": list(missed.told),
        "won_but_noted": list(missed.noted),
    }

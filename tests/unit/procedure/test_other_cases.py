"""What other cases of the same party tell on a day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from workstation.domain.cases import CaseFile
from workstation.procedure.other_cases import other_cases


def test_an_archived_case_tells_its_act_and_its_decision(demo_file: CaseFile) -> None:
    party = demo_file.case.party

    (other,) = other_cases(party, [demo_file], date(2026, 12, 1))

    assert (other.act_from, other.place) == (date(2026, 8, 19), "仙礁路与潮信街交叉口东北侧空地")
    assert (other.decided_on, other.outcome) == (date(2026, 10, 15), "处罚")
    assert other.fine == Decimal(100000)
    assert (other.ended_on, other.ended_by) == (date(2026, 11, 4), "case_closed")
    assert other.same_number


def test_a_case_is_told_as_it_stood_on_the_day(demo_file: CaseFile) -> None:
    days = (date(2026, 10, 14), date(2026, 10, 15), date(2026, 11, 4))

    told = [other_cases(demo_file.case.party, [demo_file], day)[0] for day in days]

    assert [(other.is_open, other.outcome) for other in told] == [
        (True, ""),
        (True, "处罚"),
        (False, "处罚"),
    ]


def test_a_case_whose_lead_came_later_is_not_told(demo_file: CaseFile) -> None:
    assert other_cases(demo_file.case.party, [demo_file], date(2026, 8, 18)) == ()


def test_a_party_of_the_same_name_only_is_marked_so(demo_file: CaseFile) -> None:
    party = replace(demo_file.case.party, number="")

    (other,) = other_cases(party, [demo_file], date(2026, 12, 1))

    assert not other.same_number

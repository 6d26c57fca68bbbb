"""The six kinds of party."""

from datetime import date

import pytest

from workstation.domain.identity_numbers import InvalidCreditCodeError
from workstation.domain.parties import Party, PartyKind, check_party
from workstation.errors import InvalidInputError


def test_a_company_is_introduced_with_code_address_and_representative() -> None:
    party = Party(
        kind=PartyKind.LEGAL_PERSON,
        name="龙屿市鲸礁渣土清运有限公司",
        number="91330399MA0000015L",
        address="龙屿市望潮大道0号",
        representative="卓望野",
        representative_title="执行董事兼总经理",
    )

    assert party.introduction == (
        "龙屿市鲸礁渣土清运有限公司，统一社会信用代码91330399MA0000015L，"
        "住所龙屿市望潮大道0号，法定代表人卓望野（执行董事兼总经理）"
    )


def test_a_citizen_gets_sex_and_birth_date_from_the_number() -> None:
    party = check_party(Party(kind=PartyKind.CITIZEN, name="温砺", number="990399198804230033"))

    assert (party.gender, party.birth_date) == ("男", date(1988, 4, 23))
    assert party.introduction == "温砺，男，1988年4月23日出生，公民身份号码990399198804230033"


def test_a_sole_trader_with_a_trade_name_needs_its_operator() -> None:
    party = Party(kind=PartyKind.SOLE_TRADER_NAMED, name="阿橘早餐店")

    with pytest.raises(InvalidInputError, match="经营者"):
        check_party(party)


def test_a_sole_trader_without_a_trade_name_is_a_person() -> None:
    party = Party(kind=PartyKind.SOLE_TRADER_UNNAMED, name="莫小橘")

    assert party.is_person
    assert party.number_label == "公民身份号码"


def test_a_wrong_credit_code_is_refused() -> None:
    party = Party(kind=PartyKind.ORGANIZATION, name="演示合伙企业", number="91330399MA0000015K")

    with pytest.raises(InvalidCreditCodeError):
        check_party(party)


def test_an_unidentified_party_needs_no_number() -> None:
    party = Party(kind=PartyKind.UNIDENTIFIED, name="身份待查", description="驾驶无牌三轮车")

    assert check_party(party) == party


def test_a_party_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="没有名称"):
        check_party(Party(kind=PartyKind.CITIZEN, name=" "))

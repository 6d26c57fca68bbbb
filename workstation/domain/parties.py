"""The party (当事人) of a case, in the six forms the law knows."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workstation.domain.identity_numbers import (
    birth_date_of,
    check_credit_code,
    check_identity_number,
    sex_of,
)
from workstation.errors import InvalidInputError


class PartyKind(StrEnum):
    """Who can be penalised; the value is the word printed in documents.

    A sole trader with a trade name is named by it, with its operator noted (民诉解释§59);
    one without is the operator in person.
    """

    CITIZEN = "公民"
    LEGAL_PERSON = "法人"
    ORGANIZATION = "其他组织"
    SOLE_TRADER_NAMED = "个体工商户（有字号）"
    SOLE_TRADER_UNNAMED = "个体工商户（无字号）"
    UNIDENTIFIED = "身份不明"


_PERSONS = frozenset({PartyKind.CITIZEN, PartyKind.SOLE_TRADER_UNNAMED})
_REPRESENTATIVE_LABELS = {
    PartyKind.LEGAL_PERSON: "法定代表人",
    PartyKind.ORGANIZATION: "主要负责人",
    PartyKind.SOLE_TRADER_NAMED: "经营者",
}
_ADDRESS_LABELS = {
    PartyKind.CITIZEN: "住址",
    PartyKind.LEGAL_PERSON: "住所",
    PartyKind.ORGANIZATION: "地址",
    PartyKind.SOLE_TRADER_NAMED: "经营场所",
    PartyKind.SOLE_TRADER_UNNAMED: "经营场所",
    PartyKind.UNIDENTIFIED: "发现地点",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party; ``number`` is the identity number of a person or the credit code of a unit.

    ``representative`` is the legal representative, the person in charge or the operator.
    ``description`` says what is known of an unidentified party (photo, plate, searches made).
    """

    kind: PartyKind
    name: str
    number: str = ""
    address: str = ""
    phone: str = ""
    representative: str = ""
    representative_title: str = ""
    representative_number: str = ""
    gender: str = ""
    birth_date: date | None = None
    guardian: str = ""
    registration_number: str = ""
    description: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the party is a natural person (公民 or an operator without a trade name)."""
        return self.kind in _PERSONS

    @property
    def number_label(self) -> str:
        """The name of ``number`` in documents."""
        return "公民身份号码" if self.is_person else "统一社会信用代码"

    @property
    def address_label(self) -> str:
        """The name of ``address`` in documents."""
        return _ADDRESS_LABELS[self.kind]

    @property
    def representative_label(self) -> str:
        """The name of ``representative`` in documents; empty where there is none."""
        return _REPRESENTATIVE_LABELS.get(self.kind, "")

    @property
    def introduction(self) -> str:
        """The party as running text opens with it: name, number, address, representative."""
        parts = [self.name]
        if self.is_person:
            parts += [p for p in (self.gender, self._birth_text()) if p]
        if self.number:
            parts.append(f"{self.number_label}{self.number}")
        if self.address:
            parts.append(f"{self.address_label}{self.address}")
        if self.representative and self.representative_label:
            title = f"（{self.representative_title}）" if self.representative_title else ""
            parts.append(f"{self.representative_label}{self.representative}{title}")
        return "，".join(parts)

    def _birth_text(self) -> str:
        born = self.birth_date
        return f"{born.year}年{born.month}月{born.day}日出生" if born else ""


def check_party(party: Party) -> Party:
    """Return ``party`` with normalised numbers and, for a person, sex and birth date filled in.

    Raises:
        InvalidInputError: the name is empty or the operator of a named sole trader is missing.
        InvalidIdentityNumberError, InvalidCreditCodeError: a check digit is wrong.
    """
    if not party.name.strip():
        raise InvalidInputError(
            "当事人没有名称。",
            hint="请填写证照上的名称；身份尚未查明的，选择“身份不明”并写明特征。",
        )
    if party.kind is PartyKind.SOLE_TRADER_NAMED and not party.representative:
        message = f"个体工商户“{party.name}”没有填写经营者。"
        hint = "有字号的个体工商户应当同时注明经营者的基本信息（民诉解释§59），请补填经营者。"
        raise InvalidInputError(message, hint=hint)
    if party.is_person and party.number:
        number = check_identity_number(party.number)
        return replace(
            party,
            number=number,
            gender=party.gender or sex_of(number),
            birth_date=party.birth_date or birth_date_of(number),
        )
    if party.representative_number:
        party = replace(
            party, representative_number=check_identity_number(party.representative_number)
        )
    if party.number and party.kind is not PartyKind.UNIDENTIFIED:
        return replace(party, number=check_credit_code(party.number))
    return party

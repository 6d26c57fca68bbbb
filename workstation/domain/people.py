"""The bureau and the people who act for it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workstation.errors import InvalidInputError


class Role(StrEnum):
    """What a person may do in a case; the value is printed."""

    OFFICER = "承办人"
    UNIT_HEAD = "办案机构负责人"
    REVIEWER = "法制审核人员"
    HEARING_HOST = "听证主持人"
    RECORDER = "记录员"
    DEPUTY_HEAD = "分管负责人"
    HEAD = "行政机关负责人"
    PRINCIPAL = "主要负责人"
    LAWYER = "驻局律师"
    CLERK = "内勤"
    ARCHIVIST = "档案员"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the bureau; ``certificate`` is the enforcement certificate number.

    ``qualification`` is the legal professional qualification of a reviewer (行政处罚法§58).
    The certificate holds on both end days.
    """

    name: str
    roles: tuple[Role, ...]
    certificate: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    qualification: str = ""

    def holds_certificate_on(self, day: date) -> bool:
        """Whether the person's enforcement certificate is valid on ``day`` (行政处罚法§42)."""
        if not self.certificate or self.valid_from is None or self.valid_to is None:
            return False
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """The bureau (行政机关) as its documents name it.

    ``code`` is the 机关代字, ``lead_code`` that of leads (案源号); ``reconsideration`` the
    government at its own level (行政复议法§24); ``bank`` the collecting institution
    (罚缴分离办法§7).
    """

    name: str
    code: str
    lead_code: str
    unit: str
    region: str
    address: str
    postcode: str
    phone: str
    reconsideration: str
    court: str
    bank: str
    bank_address: str
    bank_account: str
    payee_code: str
    website: str
    archive_fonds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The bureau, its people and where its number counters stood when this program took over."""

    agency: Agency
    people: tuple[Person, ...]
    counters: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Return the person called ``name``.

        Raises:
            InvalidInputError: nobody in the office has that name.
        """
        for person in self.people:
            if person.name == name:
                return person
        message = f"本局人员名册中没有“{name}”。"
        raise InvalidInputError(message, hint="请先在“设置 · 人员与证件”中登记该人员。")

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Return everybody who holds ``role``, in the order of the register."""
        return tuple(person for person in self.people if role in person.roles)

"""Made-up records for the storage's tests; names and numbers are fictional."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from workstation.domain.cases import (
    Case,
    CaseEvent,
    Delivery,
    IssuedDocument,
    JsonValue,
    Override,
)
from workstation.domain.citations import ArticleReference
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.domain.leads import Lead, LeadSource
from workstation.domain.matters import AuthorityKind, DiscretionTier, Matter
from workstation.domain.parties import Party, PartyKind
from workstation.domain.people import Agency, Office, Person, Role

DOCX = b"PK\x03\x04 frozen document"
_FACTS: dict[str, JsonValue] = {"volume_m3": 16.4, "trips": 2, "place": "空地", "seen": [1, None]}


def make_case(case_id: str = "c0ffee", *, title: str = "鲸礁公司涉嫌擅自倾倒建筑垃圾案") -> Case:
    """Return a case of a company with two officers and four facts."""
    return Case(
        id=case_id,
        title=title,
        cause="擅自倾倒建筑垃圾",
        lead=Lead(
            number=f"屿案源〔2026〕{case_id}号",
            source=LeadSource.PATROL,
            received_at=datetime.fromisoformat("2026-08-19T08:50"),
            found_at=datetime.fromisoformat("2026-08-19T08:35"),
            content="巡查发现",
            answer_due=date(2026, 9, 2),
        ),
        party=Party(
            kind=PartyKind.LEGAL_PERSON, name="鲸礁渣土清运有限公司", address="望潮大道0号"
        ),
        officers=("林问渠", "苏砚舟"),
        matter_code="DEMO-A01",
        facts=_FACTS,
    )


def make_event(kind: str = "case_filed", step: int = 2, *, day: int = 21) -> CaseEvent:
    """Return an event in August 2026 with data and an override."""
    return CaseEvent(
        position=0,
        kind=kind,
        step=step,
        at=datetime.fromisoformat(f"2026-08-{day}T09:30"),
        title="立案",
        data={"approver": "叶怀山", "days": 15},
        actor="叶怀山",
        overrides=(Override(guard="two_officers", approver="叶怀山", reason="紧急"),),
    )


def make_document(document_id: str = "d1", *, form: str = "D06", nth: int = 1) -> IssuedDocument:
    """Return a document whose file is :data:`DOCX`."""
    return IssuedDocument(
        id=document_id,
        form=form,
        occurrence=nth,
        title="立案审批表",
        number="屿综执立字〔2026〕0186号",
        dated=date(2026, 8, 21),
        step=2,
        values={"opinion": "同意立案", "rows": [{"name": "卡", "quantity": 1}]},
        docx_sha256=hashlib.sha256(DOCX).hexdigest(),
        template_sha256="ab" * 32,
        event_position=1,
    )


def make_delivery(document_id: str = "d1") -> Delivery:
    """Return service on the legal representative."""
    return Delivery(
        document_id=document_id,
        method="直接送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=datetime.fromisoformat("2026-08-21T11:10"),
        place="望潮大道0号",
        officers=("林问渠", "苏砚舟"),
        event_position=1,
        witness="方小满",
    )


def make_evidence(*, sha256: str = "") -> Evidence:
    """Return a piece of electronic data."""
    return Evidence(
        position=0,
        name="卡口视频2段",
        kind=EvidenceKind.ELECTRONIC,
        source="调取",
        obtained_by="林问渠、苏砚舟",
        obtained_on=date(2026, 8, 20),
        proves="驶入、倾倒、驶离的时间",
        sha256=sha256,
        media_type="video/mp4",
    )


def make_matter(
    version: str = "v1", *, start: date = date(2026, 1, 1), end: date | None = None
) -> Matter:
    """Return a version of a matter with two tiers."""
    return Matter(
        code="DEMO-A01",
        name="对擅自倾倒建筑垃圾的行政处罚",
        cause="擅自倾倒建筑垃圾",
        version=version,
        authority=AuthorityKind.CONCENTRATED,
        field="市容环境卫生",
        violated=ArticleReference(title="演示条例", article=28, paragraph=2),
        penalty=ArticleReference(title="演示条例", article=28, paragraph=4, item=1),
        fine_min=Decimal("100000.00"),
        fine_max=Decimal(1000000),
        valid_from=start,
        valid_to=end,
        confiscates_gain=True,
        coercion=ArticleReference(title="演示条例", article=52, suffix=1),
        tiers=(
            DiscretionTier(
                name="较轻", condition="不足20", fine_min=Decimal(1), fine_max=Decimal("2.50")
            ),
            DiscretionTier(
                name="一般", condition="20以上", fine_min=Decimal("2.50"), fine_max=Decimal(4)
            ),
        ),
    )


def make_office(**counters: int) -> Office:
    """Return an office of two people whose number counters stand at ``counters``."""
    names = ("name", "code", "lead_code", "unit", "region", "address", "postcode", "phone")
    more = ("reconsideration", "court", "bank", "bank_address", "bank_account", "payee_code")
    agency = {name: f"演示{name}" for name in (*names, *more, "website", "archive_fonds")}
    return Office(
        agency=Agency(**agency),
        people=(
            Person(
                name="林问渠",
                roles=(Role.OFFICER,),
                certificate="DEMO001",
                valid_from=date(2024, 3, 1),
                valid_to=date(2029, 2, 28),
            ),
            Person(name="叶怀山", roles=(Role.DEPUTY_HEAD, Role.HEAD)),
        ),
        counters=counters,
    )

"""The sealed register: only named readers see it, every look is logged, nothing is changed."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations import reports
from workstation.operations.interventions import NewIntervention
from workstation.operations.sign_ins import Credential, SignInRefusedError

HEAD, READER, OFFICER = "陆屿川", "顾知白", "林问渠"
SECRET = "要求从轻了结，不要听证"


def credential(person: str, password: str = "") -> Credential:
    return Credential(person=person, password=password or f"{person}的口令")


def new(**parts: object) -> NewIntervention:
    given: dict[str, object] = {
        "person": "郑某",
        "post": "某区某局副局长",
        "at": datetime.fromisoformat("2026-09-02T15:40"),
        "manner": "电话",
        "content": SECRET,
    }
    return NewIntervention(**(given | parts))  # type: ignore[arg-type]


@pytest.fixture
def sealed(desk: Workstation, case_id: str) -> str:
    """A case with one entry and one named reader."""
    for person in (HEAD, READER, OFFICER):
        desk.sign_ins.set_password(person, f"{person}的口令")
    desk.interventions.add(case_id, new(), credential(OFFICER))
    desk.interventions.set_reader(case_id, READER, credential(HEAD), "负责通报")
    return case_id


def test_a_named_reader_reads_the_entry(desk: Workstation, sealed: str) -> None:
    found = desk.interventions.read(sealed, credential(READER), "季度通报")

    assert [(e.person, e.content, e.recorded_by) for e in found] == [("郑某", SECRET, OFFICER)]


def test_who_is_not_named_is_refused_and_the_attempt_is_logged(
    desk: Workstation, sealed: str
) -> None:
    with pytest.raises(SignInRefusedError, match="不是本案干预登记的指定查看人"):
        desk.interventions.read(sealed, credential(OFFICER), "想看看")

    last = desk.interventions.looks(sealed)[-1]
    assert (last.person, last.what, last.why) == (OFFICER, "要求查看，未准", "想看看")


def test_every_look_is_in_the_log_with_its_reason(desk: Workstation, sealed: str) -> None:
    desk.interventions.read(sealed, credential(READER), "季度通报")

    looks = desk.interventions.looks(sealed)
    assert [(look.person, look.what, look.why) for look in looks] == [
        (OFFICER, "登记", ""),
        (HEAD, f"指定查看人{READER}", "负责通报"),
        (READER, "查看", "季度通报"),
    ]
    with desk.database.reading() as unit:
        assert unit.log.verify() == ()


def test_a_reader_taken_back_reads_no_more(desk: Workstation, sealed: str) -> None:
    desk.interventions.set_reader(sealed, READER, credential(HEAD), "调离", withdrawn=True)

    assert desk.interventions.state(sealed).readers == ()
    with pytest.raises(SignInRefusedError):
        desk.interventions.read(sealed, credential(READER), "季度通报")


def test_only_a_head_names_readers(desk: Workstation, sealed: str) -> None:
    with pytest.raises(InvalidInputError, match="不能指定查看人"):
        desk.interventions.set_reader(sealed, OFFICER, credential(OFFICER), "自己看")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"content": " "}, "缺少：干预内容"),
        ({"person": "", "post": ""}, "缺少：干预人、单位和职务"),
        ({"manner": "心电感应"}, "不在可选范围内"),
        ({"at": datetime.now() + timedelta(days=1)}, "晚于现在"),
    ],
)
def test_an_incomplete_entry_is_refused(
    desk: Workstation, sealed: str, parts: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        desk.interventions.add(sealed, new(**parts), credential(OFFICER))

    assert desk.interventions.state(sealed).entries == 1


def test_a_look_without_a_reason_is_refused(desk: Workstation, sealed: str) -> None:
    with pytest.raises(InvalidInputError, match="事由"):
        desk.interventions.read(sealed, credential(READER), " ")


def test_neither_case_nor_log_says_what_the_register_holds(desk: Workstation, sealed: str) -> None:
    shown = json.dumps(reports.case_json(desk.cases.view(sealed)), ensure_ascii=False)
    with desk.database.reading() as unit:
        logged = "".join(str(entry.payload) for entry in unit.log.entries())

    for hidden in (SECRET, "郑某", "某区某局副局长"):
        assert hidden not in shown + logged


@pytest.mark.parametrize("table", ["interventions", "intervention_readers", "passwords"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
@pytest.mark.usefixtures("sealed")
def test_nothing_of_it_is_changed_or_deleted(desk: Workstation, table: str, change: str) -> None:
    with (
        desk.database._writing_engine.connect() as connection,
        pytest.raises(IntegrityError, match="append-only"),
    ):
        connection.execute(text(change.format(table)))

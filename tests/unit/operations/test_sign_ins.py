"""Passwords of the people at one desk."""

import pytest

from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.sign_ins import Credential, SignInRefusedError

PERSON, RIGHT, WRONG = "方小满", "望潮大道零号", "望潮大道一号"


def test_the_right_password_signs_in(desk: Workstation) -> None:
    desk.sign_ins.set_password(PERSON, RIGHT)

    desk.sign_ins.check(Credential(person=PERSON, password=RIGHT))

    assert desk.sign_ins.has_password(PERSON)


def test_a_wrong_password_is_refused_and_logged(desk: Workstation) -> None:
    desk.sign_ins.set_password(PERSON, RIGHT)

    with pytest.raises(SignInRefusedError, match="口令不对"):
        desk.sign_ins.check(Credential(person=PERSON, password=WRONG))

    with desk.database.reading() as unit:
        assert unit.log.entries("sign_in_refused")[-1].payload == {"person": PERSON}


def test_a_person_without_password_can_not_sign_in(desk: Workstation) -> None:
    with pytest.raises(SignInRefusedError, match="还没有设置口令"):
        desk.sign_ins.check(Credential(person=PERSON, password=""))


def test_after_five_wrong_ones_even_the_right_one_waits(desk: Workstation) -> None:
    desk.sign_ins.set_password(PERSON, RIGHT)
    for _ in range(5):
        with pytest.raises(SignInRefusedError, match="不对"):
            desk.sign_ins.check(Credential(person=PERSON, password=WRONG))

    with pytest.raises(SignInRefusedError, match="暂停核对"):
        desk.sign_ins.check(Credential(person=PERSON, password=RIGHT))


def test_changing_a_password_asks_for_the_old_one(desk: Workstation) -> None:
    desk.sign_ins.set_password(PERSON, RIGHT)

    with pytest.raises(SignInRefusedError):
        desk.sign_ins.set_password(PERSON, WRONG, WRONG)
    desk.sign_ins.set_password(PERSON, WRONG, RIGHT)

    desk.sign_ins.check(Credential(person=PERSON, password=WRONG))


@pytest.mark.parametrize("person", [PERSON, "无此人"])
def test_a_short_password_or_an_unknown_person_is_refused(desk: Workstation, person: str) -> None:
    with pytest.raises(InvalidInputError):
        desk.sign_ins.set_password(person, "12345")

    assert not desk.sign_ins.has_password(person)


def test_the_password_itself_is_not_stored(desk: Workstation) -> None:
    desk.sign_ins.set_password(PERSON, RIGHT)

    with desk.database.reading() as unit:
        entry = unit.passwords.of(PERSON)

    assert entry is not None
    assert RIGHT not in repr(entry)
    assert len(entry.digest) == 128

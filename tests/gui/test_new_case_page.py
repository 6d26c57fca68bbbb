"""The party as it is typed when a case is opened."""

import pytest
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.pages.new_case_page import NewCasePage
from workstation.domain.parties import PartyKind

pytestmark = pytest.mark.xdist_group("gui")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (PartyKind.CITIZEN, "guardian"),
        (PartyKind.SOLE_TRADER_UNNAMED, "registration_number"),
    ],
)
def test_what_only_some_parties_have_is_asked_of_them_and_kept(
    qtbot: QtBot, desk: Desk, kind: PartyKind, name: str
) -> None:
    page = NewCasePage(desk)
    qtbot.addWidget(page)
    rows = page.party
    rows.set_text(name, "某某")

    kept_elsewhere = getattr(rows.party(), name)
    rows.set_text("kind", kind.value)

    assert kept_elsewhere == ""
    assert rows.input(name).isVisibleTo(rows)
    assert getattr(rows.party(), name) == "某某"

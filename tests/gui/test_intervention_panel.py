"""The sealed register in the window: nothing is seen before a named reader signs in."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.password_section import PasswordSection
from ui.widgets.intervention_panel import InterventionPanel

pytestmark = pytest.mark.xdist_group("gui")
HEAD, READER, OFFICER = "陆屿川", "顾知白", "林问渠"
SECRET = "要求不要听证"


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, demo_case: str, idle: Idle) -> InterventionPanel:
    """The register of the demo case, three people having set a password."""
    for person in (HEAD, READER, OFFICER):
        if not desk.workstation.sign_ins.has_password(person):
            desk.workstation.sign_ins.set_password(person, f"{person}的口令")
    made = InterventionPanel(desk, demo_case)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    return made


def _sign(form: object, by: str, password: str = "") -> None:
    rows = form.rows  # type: ignore[attr-defined]
    rows.set_text("by", by)
    rows.set_text("password", password or f"{by}的口令")


def _look(panel: InterventionPanel, idle: Idle, by: str, password: str = "") -> None:
    assert panel.look is not None
    panel.look.rows.set_text("why", "季度通报")
    _sign(panel.look, by, password)
    panel.look.go.click()
    idle.wait()


def _record(panel: InterventionPanel, idle: Idle) -> None:
    form = panel.record
    assert form is not None
    for name, text in (("person", "郑某"), ("post", "某局副局长"), ("content", SECRET)):
        form.rows.set_text(name, text)
    form.rows.set_text("at", "2026-09-02 15:40")
    _sign(form, OFFICER)
    form.go.click()
    idle.wait()


def _name_reader(panel: InterventionPanel, idle: Idle) -> None:
    form = panel.reader
    assert form is not None
    form.rows.set_text("reader", READER)
    form.rows.set_text("reason", "负责通报")
    _sign(form, HEAD)
    form.named.emit()
    idle.wait()


def test_a_named_reader_sees_what_was_recorded(panel: InterventionPanel, idle: Idle) -> None:
    _record(panel, idle)
    _name_reader(panel, idle)
    assert SECRET not in panel.entries.toPlainText()

    _look(panel, idle, READER)

    assert SECRET in panel.entries.toPlainText()
    assert panel.seal.text().startswith("封存 ")
    assert panel.log.index(panel.log.rowCount() - 1, 1).data() == READER


def test_leaving_the_register_seals_it_again(panel: InterventionPanel, idle: Idle) -> None:
    _record(panel, idle)
    _name_reader(panel, idle)
    _look(panel, idle, READER)

    panel.hide()

    assert panel.entries.toPlainText() == ""


def test_a_wrong_password_is_said_and_shows_nothing(panel: InterventionPanel, idle: Idle) -> None:
    _look(panel, idle, READER, "不是这个口令")

    assert panel.look is not None
    assert "口令不对" in panel.look.said.text()
    assert panel.entries.toPlainText() == ""
    assert panel.look.password().text() == ""


def test_who_is_not_named_is_refused(panel: InterventionPanel, idle: Idle) -> None:
    _look(panel, idle, OFFICER)

    assert panel.look is not None
    assert "不是本案干预登记的指定查看人" in panel.look.said.text()


def test_a_time_that_can_not_be_read_is_said(panel: InterventionPanel) -> None:
    assert panel.record is not None
    panel.record.rows.set_text("at", "那天下午")

    panel.record.go.click()

    assert "看不懂" in panel.record.rows.input("at").accessibleDescription()


def test_a_person_sets_his_password_in_the_settings(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    section = PasswordSection(desk)
    qtbot.addWidget(section)
    idle.wait()
    section.rows.set_text("person", "周砥")
    section.rows.set_text("new", "周砥的新口令")
    section.rows.set_text("again", "周砥的旧口令")

    section.go.click()
    assert "不一样" in section.rows.input("again").accessibleDescription()
    section.rows.set_text("again", "周砥的新口令")
    section.go.click()
    idle.wait()

    assert desk.workstation.sign_ins.has_password("周砥")
    assert section.rows.text("new") == ""

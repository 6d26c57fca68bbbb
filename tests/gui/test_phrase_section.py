"""Phrases in the settings: writing one, revising it, taking it back."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.phrase_section import PhraseSection

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, idle: Idle) -> Iterator[PhraseSection]:
    """The section, shown; what it keeps is taken back."""
    made = PhraseSection(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    yield made
    idle.wait()
    for phrase in desk.workstation.phrases.find():
        if phrase.own:
            desk.workstation.phrases.withdraw(phrase.code, "方小满", "试用完毕")


def _type(section: PhraseSection, **typed: str) -> None:
    for name, text in typed.items():
        section.rows.set_text(name, text)


def _kept(section: PhraseSection, idle: Idle) -> str:
    """Write a phrase and return its code."""
    section.start()
    basis = "行政处罚法§61第1款"
    _type(section, name="拒收", kind="送达", text="{{当事人}}拒收", basis=basis, by="方小满")
    section.put()
    idle.wait()
    return section.said.text().removeprefix("已存为 ").partition("，")[0]


def test_every_phrase_is_listed_with_its_wording(section: PhraseSection, desk: Desk) -> None:
    QAbstractItemModelTester(section.model)

    section.choose("S01")

    shipped = next(p for p in desk.workstation.phrases.find() if p.code == "S01")
    assert section.model.rowCount() == len(desk.workstation.phrases.find())
    assert section.rows.text("text") == shipped.text.strip()
    assert not section.back.isEnabled()


def test_a_phrase_is_kept_and_stands_in_the_list(
    section: PhraseSection, desk: Desk, idle: Idle
) -> None:
    code = _kept(section, idle)

    kept = desk.workstation.phrases.own(code)
    assert (kept.name, kept.basis, kept.author) == ("拒收", ("行政处罚法§61第1款",), "方小满")
    assert section.title.text() == f"{code}　拒收"


def test_what_is_missing_is_said_and_nothing_is_kept(
    section: PhraseSection, desk: Desk, idle: Idle
) -> None:
    section.start()
    _type(section, name="拒收", text="", by="方小满")

    section.put()
    idle.wait()

    assert "没有填写" in section.said.text()
    assert not [phrase for phrase in desk.workstation.phrases.find() if phrase.own]


def test_a_phrase_of_the_bureau_is_revised_in_its_place(
    section: PhraseSection, desk: Desk, idle: Idle
) -> None:
    old = _kept(section, idle)
    section.choose(old)
    _type(section, text="{{当事人}}拒绝签收", reason="统一说法")

    section.put()
    idle.wait()

    (new,) = [phrase for phrase in desk.workstation.phrases.find() if phrase.own]
    assert (new.text, new.basis) == ("{{当事人}}拒绝签收", ("行政处罚法§61第1款",))
    gone = next(p for p in desk.workstation.phrases.find(history=True) if p.code == old)
    assert gone.reason == "统一说法"


def test_a_shipped_phrase_changed_becomes_one_of_the_bureau(
    section: PhraseSection, desk: Desk, idle: Idle
) -> None:
    section.choose("S16")
    _type(section, name="本局的说法", by="方小满")

    section.put()
    idle.wait()

    (own,) = [phrase for phrase in desk.workstation.phrases.find() if phrase.own]
    shipped = next(p for p in desk.workstation.phrases.find() if p.code == "S16")
    assert (own.name, own.text) == ("本局的说法", shipped.text.strip())


def test_a_phrase_taken_back_is_only_in_the_history(section: PhraseSection, idle: Idle) -> None:
    code = _kept(section, idle)
    section.choose(code)
    _type(section, by="叶怀山", reason="依据已修改")

    section.withdraw()
    idle.wait()
    listed = section.model.rowCount()
    section.history.setChecked(True)
    idle.wait()

    assert section.model.rowCount() > listed
    section.choose(code)
    assert "依据已修改" in section.said.text()

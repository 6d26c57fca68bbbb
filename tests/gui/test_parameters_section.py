"""The parameters in the window: a new value, its preview, its history, taking it back."""

from datetime import date

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.pages.settings.parameters_section import ParametersSection
from ui.widgets.parameter_value import ParameterValueInput
from workstation.errors import InvalidInputError
from workstation.procedure.parameters import ParameterType

pytestmark = pytest.mark.xdist_group("gui")
FROM = date(2026, 12, 1)


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, idle: Idle) -> ParametersSection:
    """The section, shown."""
    made = ParametersSection(desk)
    qtbot.addWidget(made)
    made.show()
    idle.wait()
    return made


def _type(section: ParametersSection, value: str, source: str = "演示文件〔2026〕1号") -> None:
    section.choose("minimum_heads")
    editor = section.editor
    editor.value.line.setText(value)
    editor.rows.set_text("valid_from", FROM.isoformat())
    editor.rows.set_text("source", source)
    editor.rows.set_text("entered_by", "方小满")


def test_every_parameter_is_listed_with_its_source(section: ParametersSection, desk: Desk) -> None:
    QAbstractItemModelTester(section.model)

    assert section.model.rowCount() == len(desk.workstation.parameters.all_on())
    assert "未核实" in section.state.text()


def test_words_narrow_the_list(section: ParametersSection) -> None:
    section.find_box.setText("期限")
    groups = {section.model.index(row, 0).data() for row in range(section.model.rowCount())}

    assert section.model.rowCount() > 0
    assert "期限" in groups


def test_the_preview_says_what_changes(section: ParametersSection) -> None:
    _type(section, "3")

    assert section.editor.preview.text().startswith("自 2026-12-01 起：2人 → 3人")


def test_a_value_is_entered_and_taken_back(
    section: ParametersSection, qtbot: QtBot, desk: Desk, idle: Idle
) -> None:
    _type(section, "3")
    with qtbot.waitSignal(desk.bus.changed) as told:
        section.editor.save.click()
    idle.wait()
    assert told.args[0].touches("parameter", "minimum_heads")
    assert desk.workstation.parameters.get("minimum_heads", FROM).value_text == "3人"

    editor = section.editor
    editor.history_table.setCurrentIndex(editor.history.index(editor.history.rowCount() - 1, 0))
    editor.rows.set_text("source", "登记有误")
    editor.withdraw.click()
    idle.wait()

    assert desk.workstation.parameters.get("minimum_heads", FROM).value_text == "2人"
    assert editor.history.index(editor.history.rowCount() - 1, 6).data() == "撤回"


def test_a_value_without_source_is_refused(section: ParametersSection, idle: Idle) -> None:
    _type(section, "3", source="")

    section.editor.save.click()
    idle.wait()

    assert "来源" in section.editor.said.text()


def test_what_is_no_number_is_said_before_it_is_saved(section: ParametersSection) -> None:
    _type(section, "三人")

    assert "整数" in section.editor.preview.text()


def test_a_value_of_the_program_is_not_taken_back(section: ParametersSection) -> None:
    section.choose("minimum_heads")
    section.editor.history_table.setCurrentIndex(section.editor.history.index(0, 0))

    section.editor.take_back()

    assert "程序自带的不能撤回" in section.editor.said.text()


def test_what_law_fixes_is_shown_and_not_changed(section: ParametersSection, desk: Desk) -> None:
    fixed = next(v.rule for v in desk.workstation.parameters.all_on() if v.rule.statutory)

    section.choose(fixed.key)

    assert not section.editor.save.isVisible()
    assert "由法律规定" in section.editor.said.text()


@pytest.mark.parametrize("kind", list(ParameterType))
def test_every_type_of_value_comes_back_as_it_was(
    qtbot: QtBot, desk: Desk, kind: ParameterType
) -> None:
    views = [v for v in desk.workstation.parameters.all_on() if v.rule.type is kind]
    made = ParameterValueInput()
    qtbot.addWidget(made)

    for view in views:
        made.show_value(view.rule, view.version.value)
        assert _plain(made.value()) == _plain(view.version.value)


def test_a_row_of_thresholds_can_be_added_and_must_be_complete(qtbot: QtBot, desk: Desk) -> None:
    view = desk.workstation.parameters.get("hearing_thresholds")
    made = ParameterValueInput()
    qtbot.addWidget(made)
    made.show_value(view.rule, view.version.value)
    made._add_row(("公民", "", "很多", "是"))

    with pytest.raises(InvalidInputError):
        made.value()

    made.table.setCurrentCell(made.table.rowCount() - 1, 0)
    made._remove_row()
    assert _plain(made.value()) == _plain(view.version.value)


def _plain(value: object) -> object:
    """Numbers may be typed as text, and a field left out is an empty one."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item != ""}
    return value if isinstance(value, bool) else str(value)

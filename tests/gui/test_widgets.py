"""Preview, record form, new case, case list: the parts pages are made of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Idle
from ui.desk import Desk
from ui.models.case_table_model import CaseTableModel
from ui.models.record_table_model import RecordTableModel
from ui.models.step_list_model import StepListModel
from ui.pages.case_list_page import CaseListPage
from ui.pages.new_case_page import NewCasePage
from ui.preview.page_preview import PagePreview
from ui.widgets.command_palette import CommandPalette
from ui.widgets.record_form import RecordForm
from workstation.documents.forms import FieldDefinition, FieldType, FormDefinition, FormKind

pytestmark = pytest.mark.xdist_group("gui")

FORM = FormDefinition(
    id="D99",
    title="演示",
    kind=FormKind.APPROVAL,
    step=1,
    preset="form",
    body="",
    fields=(
        FieldDefinition(name="line", label="一行", required=True),
        FieldDefinition(name="text", label="长文", type=FieldType.LONG_TEXT),
        FieldDefinition(name="fine", label="罚款", type=FieldType.MONEY),
        FieldDefinition(name="flag", label="是否", type=FieldType.FLAG),
        FieldDefinition(name="choice", label="选择", type=FieldType.CHOICE, choices=("甲", "乙")),
        FieldDefinition(name="law", label="依据", type=FieldType.REFERENCE),
        FieldDefinition(
            name="rows",
            label="清单",
            type=FieldType.ROWS,
            columns=("name", "count"),
            column_labels=("名称", "数量"),
        ),
        FieldDefinition(name="list", label="材料", type=FieldType.ATTACHMENTS),
    ),
)
VALUES = {
    "line": "喆堃𬭎",
    "text": "一\n二",
    "fine": 100_000,
    "flag": True,
    "choice": "乙",
    "law": ["行政处罚法§32", "行政处罚法§33"],
    "rows": [{"name": "存储卡", "count": "1"}],
    "list": ["照片"],
}


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    """A form with one field of each type, filled."""
    made = RecordForm(FORM)
    qtbot.addWidget(made)
    made.set_values(VALUES, frozenset({"line"}))
    return made


def test_a_form_gives_back_the_values_it_was_given(form: RecordForm) -> None:
    assert form.changed_values(VALUES) == {}
    assert form.values()["law"] == VALUES["law"]
    assert form.values()["rows"] == VALUES["rows"]


def test_a_change_is_told_and_can_be_undone(form: RecordForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.values_changed):
        form._rows["line"].input.set_value("新")

    form.undo_stack.undo()

    assert form.values()["line"] == "喆堃𬭎"
    form.undo_stack.redo()
    assert form.values()["line"] == "新"


def test_typing_on_in_one_field_is_one_step_back(form: RecordForm) -> None:
    for text in ("一", "一二", "一二三"):
        form._rows["line"].input.set_value(text)

    assert form.undo_stack.count() == 1


def test_findings_stand_under_their_field_and_in_the_summary(form: RecordForm) -> None:
    form.show_findings(("line",), {"fine": "应为数字"})

    assert form._rows["fine"]._error.text() == "应为数字"
    assert form._rows["line"]._error.text() == "还没有填写"
    assert "待填 1 项" in form.summary.text()


def test_an_amount_is_shown_in_words(form: RecordForm) -> None:
    assert form._rows["fine"]._words.text() == "人民币壹拾万元整"


def test_rows_can_be_added_and_dropped(form: RecordForm) -> None:
    rows = form._rows["rows"].input
    rows._add_row()  # type: ignore[attr-defined]
    rows._table.setCurrentCell(0, 0)  # type: ignore[attr-defined]
    rows._drop_row()  # type: ignore[attr-defined]

    assert rows.value() == []


def test_every_input_has_an_accessible_name(form: RecordForm) -> None:
    assert all(row.input.accessibleName() for row in form._rows.values())


@pytest.fixture
def preview(qtbot: QtBot, desk: Desk, demo_case: str) -> PagePreview:
    """The decision in a preview."""
    made = PagePreview()
    qtbot.addWidget(made)
    made.resize(640, 800)
    made.show()
    made.show_document(desk.workstation.forms.page_of(demo_case, "D51"))
    return made


def test_the_painted_page_carries_ink_where_the_text_stands(preview: PagePreview) -> None:
    image = preview.grab().toImage()

    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert dark > 200


def test_zoom_and_pages_follow_the_keyboard(preview: PagePreview, qtbot: QtBot) -> None:
    QTest.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 100
    QTest.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 120

    with qtbot.waitSignal(preview.page_changed):
        QTest.keyClick(preview, Qt.Key.Key_PageDown)

    assert preview.verticalScrollBar().value() > 0
    preview.fit_width()
    preview.copy_page()


def test_the_place_of_a_field_is_found_by_clicking_it(preview: PagePreview) -> None:
    preview.highlight_field("facts")
    place = preview._place_of("facts")
    assert place is not None
    box = preview._boxes()[0]
    lifted = place.translated(box.left(), -preview.verticalScrollBar().value())

    assert preview.field_at(lifted.center()) == "facts"


def test_a_preview_without_pages_says_why(preview: PagePreview) -> None:
    preview.show_document(None, "模板有误")

    assert preview.pages == ()
    preview.grab()


def test_a_wrong_credit_code_is_said_under_its_field(qtbot: QtBot, desk: Desk) -> None:
    page = NewCasePage(desk)
    qtbot.addWidget(page)

    page.open_new_case()

    assert "需要改正" in page._summary.text()


def test_the_case_list_filters_and_opens(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    page = CaseListPage(desk)
    qtbot.addWidget(page)
    idle.wait()

    page.filter_box.setText("没有这样的案件")
    qtbot.wait(400)
    idle.wait()

    assert page.accessibleName() is not None


def test_the_palette_finds_cases_and_commands(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    palette = CommandPalette(desk, host)
    palette.open_with(())
    palette.box.setText("鲸礁")
    qtbot.wait(300)
    idle.wait()

    palette.close()


def test_the_case_model_keeps_qts_rules(desk: Desk) -> None:
    made = CaseTableModel(desk.workstation.cases, desk.tasks, {})

    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)

    assert made.columnCount() == 7


@pytest.mark.usefixtures("qtbot")
def test_the_step_model_keeps_qts_rules(desk: Desk, demo_case: str) -> None:
    made = StepListModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)

    made.show(desk.workstation.cases.view(demo_case).steps)

    assert made.rowCount() == 18 + 5


@pytest.mark.usefixtures("qtbot")
def test_a_table_of_records_keeps_qts_rules() -> None:
    made = RecordTableModel(("一", "二"))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)

    made.show([("a", "b")], ["key"])

    assert made.index(0, 1).data() == "b"

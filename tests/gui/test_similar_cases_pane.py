"""The pane of similar cases: figures, an empty state that says what to do, a reason."""

import pytest

from tests.gui.conftest import Idle
from ui.pages.case_page import CasePage

pytestmark = pytest.mark.xdist_group("gui")


@pytest.fixture
def page(workspace: CasePage, idle: Idle) -> CasePage:
    """The workspace of the demo case with the similar cases in view."""
    workspace.tabs.show_pane(workspace.similar)
    idle.wait()
    return workspace


def test_the_figures_name_the_fine_and_the_three_circles(page: CasePage) -> None:
    shown = page.similar.figures.toPlainText()

    assert "本案罚款 100,000 元" in shown
    assert "同一事项、同一条款、同一情节" in shown


def test_without_similar_cases_it_says_where_they_come_from(page: CasePage) -> None:
    assert page.similar.model.rowCount() == 0
    assert "结案后的案件自动列入" in page.similar.state.text()


def test_a_reason_that_nothing_asks_for_is_refused_in_words(page: CasePage, idle: Idle) -> None:
    page.similar.reason.setText("情节不同")

    page.similar.keep_reason()
    idle.wait()

    assert "没有偏离类案" in page.similar.state.text()

"""An article put into a field keeps the text it was read in; a later change is told."""

from datetime import date

import pytest

from workstation.bootstrap import Workstation
from workstation.documents.forms import FieldType
from workstation.errors import InvalidInputError
from workstation.operations.pinned_articles import pins_of

_NEW = date(2026, 5, 1)  # from this day the second text of 海商法 in the store is law
_OLD = date(2026, 4, 1)


def test_a_pin_of_the_text_in_force_tells_no_change(desk: Workstation, case_id: str) -> None:
    pin = desk.pinned_articles.insert(case_id, "D35", "facts", "行政处罚法 42")

    (state,) = desk.pinned_articles.of_case(case_id)

    assert (state.pin, state.change) == (pin, "")
    assert pin.effective_from == date(2021, 7, 15)
    (trace,) = desk.traces.trace(case_id, "D35", "facts")
    assert "2021-07-15 施行的文本" in trace.sentence


def test_a_text_changed_since_is_told(desk: Workstation, case_id: str) -> None:
    desk.law.open_texts()
    changed = next(
        article
        for article in desk.law.compare("海商法").articles
        if article.old_label == article.new_label and article.change.value == "修改"
    )
    desk.pinned_articles.insert(case_id, "D35", "facts", f"海商法{changed.old_label}", _OLD)

    (before,) = desk.pinned_articles.of_case(case_id, _OLD)
    (after,) = desk.pinned_articles.of_case(case_id, _NEW)

    assert before.change == ""
    assert "现已修改（2026-05-01 起施行）" in after.change


def test_a_pin_counts_while_its_citation_stands_in_the_field(
    desk: Workstation, case_id: str
) -> None:
    desk.pinned_articles.insert(case_id, "D35", "facts", "行政处罚法 42")

    desk.forms.save_draft(case_id, "D35", 1, {"facts": "另写"})

    assert desk.pinned_articles.of_case(case_id) == ()


def test_an_unknown_field_is_refused(desk: Workstation, case_id: str) -> None:
    with pytest.raises(InvalidInputError, match="没有栏目"):
        desk.pinned_articles.insert(case_id, "D35", "nothing", "行政处罚法 42")


def test_a_field_that_takes_no_words_is_refused_and_pins_nothing(
    desk: Workstation, case_id: str
) -> None:
    form = desk.forms.catalogue().get("D51")
    fine = next(field for field in form.fields if field.type is FieldType.MONEY)

    with pytest.raises(InvalidInputError, match="不能写入条文"):
        desk.pinned_articles.insert(case_id, "D51", fine.name, "行政处罚法 42")

    with desk.database.reading() as unit:
        assert pins_of(unit, f"{case_id}/") == ()


def test_a_basis_is_added_to_the_one_before(desk: Workstation, case_id: str) -> None:
    form = desk.forms.catalogue().get("D51")
    basis = next(field for field in form.fields if field.type is FieldType.REFERENCE)
    cited = "《中华人民共和国行政处罚法》第四十二条"
    desk.forms.save_draft(case_id, "D51", 1, {basis.name: cited})

    desk.pinned_articles.insert(case_id, "D51-1", basis.name, "行政处罚法 63")

    (state,) = desk.pinned_articles.of_case(case_id)
    assert state.pin.document == "D51"
    values = desk.forms.next_draft(case_id, "D51")
    assert values[basis.name] == f"{cited}、《中华人民共和国行政处罚法》第六十三条"

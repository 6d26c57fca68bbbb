"""From a matter to its articles, tiers, decisions and forms."""

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.shelves import Shelf
from workstation.errors import InvalidInputError
from workstation.operations.shelves.operations import NewText


def test_a_matter_leads_to_its_law_its_tiers_its_notes_and_its_forms(desk: Workstation) -> None:
    matter = next(m for m in desk.office.matters() if m.tiers)
    note = NewText(title="取证要点", text="先测体积。", matters=(matter.code,))
    desk.shelves.add(Shelf.NOTES, note, "方小满")

    sheet = desk.matter_sheets.of_matter(matter.code)

    assert {a.role for a in sheet.articles} >= {"违反条款", "处罚条款"}
    assert all(a.article is not None for a in sheet.articles)
    assert [text.title for text in sheet.texts] == ["取证要点"]
    assert {"D03", "D51"} <= {form.id for form in sheet.forms}
    assert [form.step for form in sheet.forms] == sorted(form.step for form in sheet.forms)
    assert sheet.similar.cases == ()


def test_an_unknown_matter_is_refused(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError):
        desk.matter_sheets.of_matter("没有的事项")

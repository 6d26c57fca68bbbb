"""Forms of a case: defaults from the record, drafts, previews."""

from pathlib import Path

import pytest

from workstation.bootstrap import Workstation
from workstation.documents.display_list import WatermarkOperation
from workstation.documents.fonts import GlyphMissingError
from workstation.documents.forms import UnknownFormError
from workstation.operations.forms import DocumentNotIssuedError


def test_a_fresh_form_is_filled_from_the_case(desk: Workstation, case_id: str) -> None:
    view = desk.forms.open_form(case_id, "D06")

    assert view.issued is None
    assert "龙屿市鲸礁渣土清运有限公司" in str(dict(view.values))
    assert view.defaulted
    assert view.missing


def test_a_draft_is_kept_and_shown_again(desk: Workstation, case_id: str) -> None:
    name = _first_text_field(desk)

    desk.forms.save_draft(case_id, "D06", 1, {name: "试写一句"})
    view = desk.forms.open_form(case_id, "D06")

    assert view.values[name] == "试写一句"
    assert view.draft_saved_at is not None


def test_a_discarded_draft_is_gone(desk: Workstation, case_id: str) -> None:
    name = _first_text_field(desk)
    before = desk.forms.open_form(case_id, "D06").values[name]
    desk.forms.save_draft(case_id, "D06", 1, {name: "试写一句"})

    desk.forms.discard_draft(case_id, "D06", 1)

    assert desk.forms.open_form(case_id, "D06").values[name] == before


def test_a_preview_shows_what_is_typed_under_a_watermark(desk: Workstation, case_id: str) -> None:
    name = _first_text_field(desk)

    preview = desk.forms.preview(case_id, "D06", 1, {name: "试写一句"})

    assert preview.layout is not None
    page = preview.layout.pages[0]
    assert any(isinstance(operation, WatermarkOperation) for operation in page.operations)
    lines = "".join(line for p in preview.layout.pages for line in p.lines)
    assert "试写一句" in lines


def test_a_character_without_a_glyph_is_named_instead_of_dropped(
    desk: Workstation, case_id: str
) -> None:
    preview = desk.forms.preview(case_id, "D06", 1, {_first_text_field(desk): "王\U000e0100"})

    assert preview.layout is None or preview.problems
    if preview.layout is None:
        assert isinstance(preview.error, GlyphMissingError)


def test_an_unknown_form_is_an_error_of_the_preview(desk: Workstation, case_id: str) -> None:
    preview = desk.forms.preview(case_id, "D99", 1, {})

    assert isinstance(preview.error, UnknownFormError)


def test_a_paper_not_issued_cannot_be_exported(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentNotIssuedError):
        desk.forms.export(case_id, "D06", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def _first_text_field(desk: Workstation) -> str:
    form = desk.forms.catalogue().get("D06")
    return next(f.name for f in form.fields if f.type.value == "L")

"""The pictures of all forms in docs/forms show every form there is."""

from pathlib import Path

from PIL import Image

from scripts.make_contact_sheet import FORMS
from workstation.documents.forms import load_forms

_SHEETS = Path(__file__).parents[3] / "docs" / "forms"


def test_every_form_stands_on_a_contact_sheet() -> None:
    shown: list[str] = []
    for path in sorted(_SHEETS.glob("forms_*.png")):
        with Image.open(path) as sheet:
            shown += str(sheet.info.get(FORMS, "")).split()

    assert shown == sorted(form.id for form in load_forms()), "run scripts/make_contact_sheet.py"

"""The papers of the demo case, filled as the program fills them, for the tests of forms."""

from functools import lru_cache

from scripts.try_form import DemoCase
from tests.form_samples import texts
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_reader import read_package
from workstation.documents.field_values import CompletedValues, complete_values, empty_value
from workstation.documents.filling import FormFiller
from workstation.documents.forms import FormCatalogue, load_forms
from workstation.documents.presets import load_presets
from workstation.documents.sandbox import load_titles


@lru_cache(maxsize=1)
def shipped() -> tuple[FormFiller, FormCatalogue]:
    """Return one filler and the shipped forms."""
    return FormFiller(load_presets(), load_titles()), load_forms()


@lru_cache(maxsize=128)
def paper(
    form_id: str, occurrence: int = 1, party: str = "company"
) -> tuple[CompletedValues, str]:
    """Return the values of a paper of the demo case and its text without line ends."""
    completed, package = filled_paper(form_id, occurrence, party)
    return completed, "".join(texts(read_package(package)))


@lru_cache(maxsize=128)
def filled_paper(
    form_id: str, occurrence: int = 1, party: str = "company"
) -> tuple[CompletedValues, DocxPackage]:
    """Return the values of a paper of the demo case and its .docx."""
    filler, forms = shipped()
    form = forms.get(form_id)
    case = DemoCase(filler, forms, party)
    given, number, dated = case.play(form, occurrence)
    context = case.document(form, number, dated)
    completed = complete_values(form, context, given, filler.environment)
    return completed, filler.fill(form, context | {"f": completed.values})


def blank_paper(form_id: str, **given: object) -> list[str]:
    """Return the paragraphs of a form none of whose fields has a value but those ``given``."""
    filler, forms = shipped()
    form = forms.get(form_id)
    case = DemoCase(filler, forms, "company")
    _, number, dated = case.play(form, 1)
    blank = {field.name: empty_value(field.type) for field in form.fields}
    package = filler.fill(form, case.document(form, number, dated) | {"f": blank | given})
    return texts(read_package(package))


def filled(form_id: str, **given: str) -> str:
    """Return the text of a form of the demo case with these values, without line ends."""
    filler, forms = shipped()
    form = forms.get(form_id)
    case = DemoCase(filler, forms, "company")
    _, number, dated = case.play(form, 1)
    context = case.document(form, number, dated)
    values = complete_values(form, context, given, filler.environment).values
    return "".join(texts(read_package(filler.fill(form, context | {"f": values}))))

"""The catalogue of forms and the bureau's own files in front of it."""

from pathlib import Path

import pytest

from tests.form_samples import filler
from workstation.data_files import templates_dir
from workstation.documents.docx_reader import read_package
from workstation.documents.docx_template import build_template
from workstation.documents.form_source import read_form_file
from workstation.documents.forms import UnknownFormError, load_forms
from workstation.documents.presets import load_presets

SHIPPED = sorted(templates_dir().glob("[0-9][0-9]_*/D*.form"))
SOURCE = (
    '+++\nid = "D51"\ntitle = "本局决定书"\nkind = "送达"\npreset = "official"\n+++\n#p 正文\n'
)


def own_folder(home: Path) -> Path:
    folder = home / "own" / "templates" / "13_decision"
    folder.mkdir(parents=True)
    return folder


def test_forms_come_in_order_of_step_and_id() -> None:
    forms = load_forms()

    order = [(form.step, form.id) for form in forms]

    assert order == sorted(order)
    assert {"D06", "D12", "D51", "D56"} <= {form.id for form in forms}


def test_a_step_lists_its_forms() -> None:
    forms = load_forms()

    assert "D51" in [form.id for form in forms.of_step(13)]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UnknownFormError) as caught:
        load_forms().get("D00")

    assert caught.value.code == "unknown_form"


def test_the_bureaus_own_source_wins(tmp_path: Path) -> None:
    (own_folder(tmp_path) / "D51.form").write_text(SOURCE, encoding="utf-8")

    form = load_forms(tmp_path).get("D51")

    assert form.title == "本局决定书"


def test_the_bureaus_own_docx_becomes_the_template(tmp_path: Path) -> None:
    shipped = filler().template(load_forms().get("D51"))
    (own_folder(tmp_path) / "D51.docx").write_bytes(shipped.to_bytes())

    form = load_forms(tmp_path).get("D51")

    assert form.own_docx is not None
    assert filler().template(form).parts == shipped.parts


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_form_compiles_and_reads_back(path: Path) -> None:
    form = read_form_file(path)

    filler().check(form)

    assert read_package(build_template(form, load_presets())).blocks

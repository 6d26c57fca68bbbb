"""The check of templates: every fault of the corpus with its place, none in sound ones."""

import subprocess
from pathlib import Path

import pytest

from scripts import compare_with_libreoffice
from tests.broken_templates import SAMPLE, Broken, all_faults, form, run, sound, text
from tests.form_samples import filler
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, W, open_package
from workstation.documents.fonts import bundled_library
from workstation.documents.forms import FormDefinition, load_forms
from workstation.documents.template_faults import TemplateFault
from workstation.documents.template_lint import LintRules, glyph_faults, lint_template

CORPUS = tuple(all_faults())


def lint(package: DocxPackage) -> tuple[TemplateFault, ...]:
    rules = LintRules(
        form=form(), environment=filler().environment, shipped=sound(), sample=SAMPLE
    )
    return lint_template(package.to_bytes(), rules)


def lint_shipped(made: FormDefinition, data: bytes) -> list[str]:
    shipped = filler().template(made)
    environment = filler().environment
    rules = LintRules(form=made, environment=environment, shipped=shipped, sample={})
    faults = lint_template(data, rules) + glyph_faults(open_package(data), bundled_library())
    return [fault.message for fault in faults]


def test_there_are_sixty_different_faults_and_seventy_sound_templates() -> None:
    assert len({broken.name for broken in CORPUS}) >= 60
    assert len(load_forms().definitions) >= 70


@pytest.mark.parametrize("broken", CORPUS, ids=lambda broken: broken.name)
def test_a_fault_is_found_with_its_place_and_its_cure(broken: Broken) -> None:
    faults = lint(broken.put(sound()))

    found = [f for f in faults if f.place == broken.place and broken.what in f.what]
    assert found, [f.message for f in faults]
    assert found[0].kind is broken.kind
    assert found[0].fix
    assert {f.place for f in faults} <= {broken.place, "整份模板"}


def test_a_sound_template_has_no_fault() -> None:
    assert lint(sound()) == ()


@pytest.mark.parametrize("made", load_forms().definitions, ids=lambda made: made.id)
def test_a_shipped_template_has_no_fault(made: FormDefinition) -> None:
    assert lint_shipped(made, filler().template(made).to_bytes()) == []


@pytest.mark.slow
@pytest.mark.skipif(
    compare_with_libreoffice.find_soffice() is None, reason="LibreOffice is not installed"
)
def test_templates_saved_again_by_libreoffice_have_no_fault(tmp_path: Path) -> None:
    forms = load_forms()
    for made in forms:
        (tmp_path / f"{made.id}.docx").write_bytes(filler().template(made).to_bytes())
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "again")]
    files = map(str, sorted(tmp_path.glob("*.docx")))
    subprocess.run([*command, *files], check=True, capture_output=True)

    again = {made: tmp_path / "again" / f"{made.id}.docx" for made in forms}

    assert {made.id: lint_shipped(made, path.read_bytes()) for made, path in again.items()} == {
        made.id: [] for made in forms
    }


def test_all_faults_of_a_template_come_at_once() -> None:
    package = text("{{ f.nothing }}")(text("甲", "<w:b/>")(sound()))

    assert [fault.place for fault in lint(package)] == ["第5段", "第6段"]


def test_a_tag_split_over_runs_is_mended_silently() -> None:
    split = run("{{ f.fa") + '<w:proofErr w:type="spellStart"/>' + run("cts }}")
    document = sound().parts[DOCUMENT_PART].decode().replace("{{ f.facts }}", "@@", 1)
    head, tail = document.split("@@")
    opened = f"{head}</w:t></w:r>{split}<w:r><w:t>{tail}"

    assert lint(DocxPackage({**sound().parts, DOCUMENT_PART: opened.encode()})) == ()


def test_curly_quotes_word_put_into_a_tag_are_mended() -> None:
    assert lint(text("{{ f.name or ‘无’ }}")(sound())) == ()


def test_a_character_without_a_glyph_is_named_with_its_place() -> None:
    (fault,) = glyph_faults(text("甲\U0003106c")(sound()), bundled_library())

    assert (fault.place, fault.near) == ("第5段", "\U0003106c")


def test_near_gives_the_text_to_search_for() -> None:
    (fault,) = lint(text("甲乙丙", "<w:b/>")(sound()))

    assert fault.near == "甲乙丙"
    assert W not in fault.message

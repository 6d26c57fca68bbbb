"""The catalogue of forms: every document of the 18 steps, the bureau's own in front."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workstation.data_files import overlay, templates_dir
from workstation.documents.form_records import (
    FieldDefinition,
    FieldType,
    FormDefinition,
    FormKind,
    FormSourceError,
    TemplateError,
    UnknownFormError,
    Volume,
)
from workstation.documents.form_source import read_form, read_form_file

__all__ = [
    "FieldDefinition",
    "FieldType",
    "FormCatalogue",
    "FormDefinition",
    "FormKind",
    "FormSourceError",
    "TemplateError",
    "UnknownFormError",
    "Volume",
    "load_extra_form",
    "load_forms",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCatalogue:
    """All forms in order of step and id."""

    definitions: tuple[FormDefinition, ...]

    def __iter__(self) -> Iterator[FormDefinition]:
        """Yield the forms in order."""
        return iter(self.definitions)

    def get(self, form_id: str) -> FormDefinition:
        """Return the form with this id.

        Raises:
            UnknownFormError: there is none.
        """
        for form in self.definitions:
            if form.id == form_id:
                return form
        raise UnknownFormError(
            f"没有编号为“{form_id}”的文书。", hint="文书编号形如 D51；可在文书目录中查到。"
        )

    def of_step(self, step: int) -> tuple[FormDefinition, ...]:
        """Return the forms of one step."""
        return tuple(form for form in self.definitions if form.step == step)


def load_forms(home: Path | None = None) -> FormCatalogue:
    """Read all forms; ``home/own/templates`` wins over the shipped ones, file by file.

    A bureau's ``DNN.docx`` in its own folder becomes the template of the form it is named after.

    Raises:
        FormSourceError: naming file and line.
    """
    paths = {path.stem: path for path in templates_dir().glob("[0-9][0-9]_*/D*.form")}
    own_docx: dict[str, Path] = {}
    if home is not None:
        own = home / "own" / "templates"
        paths |= {path.stem: path for path in own.glob("[0-9][0-9]_*/D*.form")}
        own_docx = {path.stem: path for path in own.glob("[0-9][0-9]_*/D*.docx")}
    forms = [_read(path, own_docx, home) for path in paths.values()]
    return FormCatalogue(definitions=tuple(sorted(forms, key=lambda f: (f.step, f.id))))


def load_extra_form(name: str, home: Path | None = None) -> FormDefinition:
    """Read a form that belongs to no step, such as ``certificates/QX``; its step is 0.

    Raises:
        FormSourceError: naming file and line.
        DataFileError: there is no such form.
    """
    path = overlay(f"templates/{name}.form", home)
    form = read_form(path.read_text(encoding="utf-8"), source=f"{name}.form", step=0)
    return replace(form, is_own=home is not None and path.is_relative_to(home))


def _read(path: Path, own_docx: dict[str, Path], home: Path | None) -> FormDefinition:
    form = read_form_file(path)
    own = own_docx.get(form.id)
    return replace(
        form,
        own_docx=own.read_bytes() if own else None,
        is_own=home is not None and path.is_relative_to(home),
    )

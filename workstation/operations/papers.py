"""Making one paper: values completed, template filled, pages laid out.

The same path serves the live preview of a draft, the issue of a document and its export.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from workstation.documents.blocks import DocumentModel
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_reader import read_docx, read_package
from workstation.documents.docx_strokes import with_strokes
from workstation.documents.field_values import CompletedValues
from workstation.documents.filling import FormFiller
from workstation.documents.filling_process import SafeFiller
from workstation.documents.fonts import FontLibrary
from workstation.documents.forms import (
    FormCatalogue,
    FormDefinition,
    TemplateError,
    load_forms,
)
from workstation.documents.layout import lay_out
from workstation.documents.presets import load_presets
from workstation.documents.sandbox import load_titles
from workstation.documents.shaped_lines import LayoutCache
from workstation.domain.cases import JsonValue
from workstation.errors import WorkstationError
from workstation.operations import contexts
from workstation.operations.contexts import Context, Record
from workstation.storage.blobs import BlobStore

DRAFT_WATERMARK = "草稿"


class IncompleteDocumentError(WorkstationError):
    """A paper lacks what it must hold, so it can't be issued."""

    code = "incomplete_document"


class UnfitValuesError(TemplateError):
    """A paper can't be filled because values don't fit their fields; ``problems`` by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("".join(problems.values()), hint="请按各栏的要求改写。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """One paper of a case: its form, number, date and the values typed for it."""

    form: FormDefinition
    number: str
    dated: date
    given: Mapping[str, Any]
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A filled .docx with the values that fill it and what they lack.

    ``missing`` names required fields without a value; ``problems`` says what is wrong with a
    field, by its name; ``defaulted`` names the fields whose value came from the case.
    ``template_sha256`` is the digest of the template it was filled from.
    """

    package: DocxPackage
    form: FormDefinition
    title: str
    values: Mapping[str, Any]
    missing: tuple[str, ...]
    problems: Mapping[str, str]
    defaulted: frozenset[str]
    template_sha256: str

    @property
    def frozen_values(self) -> dict[str, JsonValue]:
        """The values as they are kept with an issued document: amounts as int or text."""
        return {name: freeze(value) for name, value in self.values.items()}


class PaperMaker:
    """Fills and lays out papers; keeps compiled templates and line breaks between calls."""

    def __init__(self, home: Path, fonts: FontLibrary, blobs: BlobStore) -> None:
        self.forms: FormCatalogue = load_forms(home)
        self.fonts = fonts
        self._blobs = blobs
        self.filler = SafeFiller(FormFiller(load_presets(home), load_titles(home)))
        self._templates: dict[FormDefinition, bytes] = {}
        self._versions: dict[tuple[FormDefinition, str], FormDefinition] = {}
        self._cache = LayoutCache()

    def make(self, record: Record, request: PaperRequest, extra: Context | None = None) -> Paper:
        """Fill one paper from the case record; ``extra`` adds to the context (volume papers)."""
        form = self.with_template(request.form, record.templates)
        request = replace(request, form=form)
        return self.make_from(contexts.base_context(record) | (extra or {}), request)

    def with_template(self, form: FormDefinition, templates: Mapping[str, str]) -> FormDefinition:
        """Return a form with the bureau's own template where ``templates`` names one by digest.

        Raises:
            BlobMissingError, BlobDamagedError: the template's file is gone or changed.
        """
        sha256 = templates.get(form.id)
        if not sha256:
            return form
        version = self._versions.get((form, sha256))
        if version is None:
            version = replace(form, own_docx=self._blobs.read(sha256))
            self._versions[form, sha256] = version
        return version

    def keep_template(self, form: FormDefinition) -> None:
        """Store the template of a form, so that a paper's template can always be found again."""
        template = self._template_bytes(form)
        if not self._blobs.path_of(hashlib.sha256(template).hexdigest()).is_file():
            self._blobs.add_bytes(template)

    def make_from(self, base: Context, request: PaperRequest) -> Paper:
        """Fill one paper from a context made before (see ``contexts.base_context``).

        Raises:
            UnfitValuesError: it can't be filled with what was given.
            TemplateError: it can't be filled at all.
        """
        form = request.form
        context = contexts.document_context(
            base, form, number=request.number, dated=request.dated, draft=request.draft
        )
        try:
            completed = self.filler.complete(form, context, request.given)
            package = self._fill(form, context, completed)
        except UnfitValuesError:
            raise
        except TemplateError as error:
            message = f"《{form.title}》（{form.id}）：{error.message}"
            raise type(error)(message, hint=error.hint) from error
        return Paper(
            package=package,
            title=str(completed.values.get("document_heading") or form.title),
            values=completed.values,
            missing=completed.missing,
            problems=completed.problems,
            defaulted=completed.defaulted,
            form=form,
            template_sha256=hashlib.sha256(self._template_bytes(form)).hexdigest(),
        )

    def _fill(
        self, form: FormDefinition, context: Context, completed: CompletedValues
    ) -> DocxPackage:
        try:
            return self.filler.fill(form, {**context, "f": completed.values})
        except TemplateError as error:
            if completed.problems:
                raise UnfitValuesError(completed.problems) from error
            raise

    def lay_out_paper(self, paper: Paper, *, draft: bool) -> LaidOutDocument:
        """Return the pages of a paper just filled; drafts carry a watermark.

        Raises:
            UnsupportedDocxError: the template holds what the layout can't show.
            GlyphMissingError: a character has no glyph.
        """
        return self._lay_out(read_package(paper.package), draft=draft)

    def finish(self, paper: Paper) -> tuple[bytes, LaidOutDocument]:
        """Return the .docx to keep and its pages; raises as :meth:`lay_out_paper`."""
        layout = self.lay_out_paper(paper, draft=False)
        return with_strokes(paper.package, layout).to_bytes(), layout

    def lay_out_file(self, docx: bytes) -> LaidOutDocument:
        """Return the pages of an issued .docx; raises as :meth:`lay_out_paper`."""
        return self._lay_out(read_docx(docx), draft=False)

    def _lay_out(self, model: DocumentModel, *, draft: bool) -> LaidOutDocument:
        watermark = DRAFT_WATERMARK if draft else ""
        return lay_out(model, self.fonts, cache=self._cache, watermark=watermark)

    def _template_bytes(self, form: FormDefinition) -> bytes:
        template = self._templates.get(form)
        if template is None:
            template = self._templates[form] = self.filler.template(form).to_bytes()
        return template

    def close(self) -> None:
        """End the process that fills the bureau's own templates."""
        self.filler.close()


def freeze(value: Any) -> JsonValue:
    """Return a value as it is kept with an issued document: amounts as int or text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, list):
        return [freeze(item) for item in value]
    if isinstance(value, dict):
        return {str(key): freeze(item) for key, item in value.items()}
    return value if isinstance(value, bool | int | float) else str(value)


def require_complete(
    form: FormDefinition, missing: tuple[str, ...], problems: Mapping[str, str]
) -> None:
    """Refuse to issue a paper that lacks what it must hold.

    Raises:
        IncompleteDocumentError: the message names what is missing or wrong.
    """
    if not missing and not problems:
        return
    labels = {field.name: field.label for field in form.fields}
    parts = [f"缺{'、'.join(labels.get(name, name) for name in missing)}"] if missing else []
    parts += [f"{labels.get(name, name)}：{problem}" for name, problem in problems.items()]
    message = f"《{form.title}》还不能制发：{'；'.join(parts)}。"
    hint = "请补填后再制发；草稿随时可以保存和打印（带草稿字样）。"
    raise IncompleteDocumentError(message, hint=hint)

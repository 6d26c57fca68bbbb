"""Small forms and documents for the tests of documents."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from workstation.documents.blocks import Cell, DocumentModel, Paragraph, Table
from workstation.documents.docx_package import DOCUMENT_PART, RELATIONSHIP, WORD, DocxPackage
from workstation.documents.docx_reader import read_package
from workstation.documents.docx_template import build_template
from workstation.documents.filling import FormFiller
from workstation.documents.form_source import read_form
from workstation.documents.forms import FormDefinition
from workstation.documents.presets import load_presets

FRONT = 'id = "D99"\ntitle = "样张"\nkind = "送达"\npreset = "{preset}"\n'
EXACT = '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr>'
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x64\x00\x00\x00\x32\x08\x02\x00\x00\x00"
    b"\x00\x00\x00\x00"
)


def make_form(body: str, *names: str, preset: str = "official", more: str = "") -> FormDefinition:
    """Return a form with text fields of these names; ``name:L`` gives another type."""
    fields = ""
    for name in names:
        key, _, kind = name.partition(":")
        choices = 'choices = ["甲", "乙"]\n' if kind == "E" else ""
        columns = 'columns = ["name", "quantity"]\n' if kind == "S" else ""
        fields += f'[[fields]]\nname = "{key}"\nlabel = "栏目"\ntype = "{kind or "T"}"\n'
        fields += choices + columns
    text = f"+++\n{FRONT.format(preset=preset)}{more}{fields}+++\n{body}\n"
    return read_form(text, source="样张.form", step=13)


@lru_cache(maxsize=1)
def filler() -> FormFiller:
    """Return a filler with the shipped presets and two titles of law."""
    titles = {"生态环境法典": "中华人民共和国生态环境法典", "民法典": "中华人民共和国民法典"}
    return FormFiller(load_presets(), titles)


def fill(
    form: FormDefinition, pictures: Mapping[str, bytes] | None = None, **f: Any
) -> DocxPackage:
    """Return the form filled with these field values and nothing else."""
    return filler().fill(form, {"f": f, "case": {"title": "某案"}}, pictures)


def model_of(body: str, preset: str = "official", **f: Any) -> DocumentModel:
    """Return what the reader makes of a body filled with these field values."""
    return read_package(fill(make_form(body, *f, preset=preset), **f))


def paragraphs(model: DocumentModel) -> Iterator[Paragraph]:
    """Yield all paragraphs of a document, those of tables too."""
    for block in model.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in cells(block):
                yield from cell.paragraphs


def cells(table: Table) -> Iterator[Cell]:
    """Yield the cells of a table row by row."""
    for row in table.rows:
        yield from row.cells


def texts(model: DocumentModel) -> list[str]:
    """Return the text of every paragraph that has some."""
    return [paragraph.text for paragraph in paragraphs(model) if paragraph.text]


def document_of(content: str, **parts: bytes) -> DocxPackage:
    """Return a document whose body is this WordprocessingML, before the page set-up.

    ``parts`` replace parts by name without ``.xml``, e.g. ``styles``.
    """
    package = build_template(make_form("#p x"), load_presets())
    document = package.parts[DOCUMENT_PART].decode()
    section = document[document.index("<w:sectPr") :]
    start = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONSHIP}"><w:body>'
    replaced = {f"word/{name}.xml": data for name, data in parts.items()}
    return DocxPackage(
        {**package.parts, **replaced, DOCUMENT_PART: (start + content + section).encode()}
    )


def paragraph_of(content: str, properties: str = EXACT) -> str:
    """Return a paragraph of this content with exact leading."""
    return f"<w:p>{properties}{content}</w:p>"


def run_of(text: str, properties: str = "") -> str:
    """Return a run of this text."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table_of(rows: str, columns: int = 2, properties: str = "") -> str:
    """Return a table of equal columns of 100 points."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

"""Reading back an issued paper that somebody edited in Word or WPS."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.documents.docx_package import open_package
from workstation.documents.docx_revisions import as_final
from workstation.documents.forms import FieldType, FormCatalogue, FormDefinition
from workstation.documents.read_back import FieldChange, ReadBack, read_back
from workstation.domain.cases import IssuedDocument, JsonValue
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.templates import read_template
from workstation.storage.database import Database

_TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPaper:
    """An issued paper and what a file made from it says differently.

    ``values`` are the changed fields that can be taken over: those printed just as they are
    typed. Amounts, days and data of the case are changed at their source.
    """

    document: IssuedDocument
    found: ReadBack
    values: dict[str, JsonValue]

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as the command line prints it."""
        return {
            "form": self.document.form,
            "title": self.document.title,
            "fields": [change.as_json() for change in self.found.fields],
            "changes": [change.as_json() for change in self.found.wording],
            "takeable": list(self.values),
        }


class ReadBackOperations:
    """Every call is one short transaction; the issued paper itself never changes."""

    def __init__(self, database: Database, forms: FormCatalogue) -> None:
        self._database = database
        self._forms = forms

    def compare(self, case: str, key: str, path: Path) -> EditedPaper:
        """Return what the file at ``path`` says differently from the issued paper ``key``.

        Raises:
            InvalidInputError: the case holds no such paper, or the file can't be read.
            DamagedDocxError: the file is no .docx that can be opened safely.
        """
        with self._database.reading() as unit:
            documents = unit.documents.of_case(unit.cases.find(case))
            document = next((d for d in documents if d.key == key), None)
            if document is None:
                message = f"本案还没有制发 {key}，没有可比较的文本。"
                raise InvalidInputError(message, hint="文书编号形如 D51，第二份为 D36-2。")
            issued = unit.documents.docx_of(document.id)
        form = self._forms.get(document.form)
        edited = as_final(open_package(read_template(path)))
        found = read_back(open_package(issued), edited, form)
        values = {c.field: c.after for c in found.fields if _is_takeable(c, form, document)}
        return EditedPaper(document=document, found=found, values={**values})

    def take(self, case: str, edited: EditedPaper) -> Changes:
        """Keep the changed fields as a draft on top of the issued paper.

        Raises:
            InvalidInputError: none of the changes can be taken over.
        """
        if not edited.values:
            message = "没有可以采用的栏目改动。"
            hint = "金额、日期和案件数据请在来源处修改；固定文字请修改模板。"
            raise InvalidInputError(message, hint=hint)
        document = edited.document
        with self._database.writing() as unit:
            case_id = unit.cases.find(case)
            draft = unit.drafts.get(case_id, document.form, document.occurrence)
            values = dict(draft.values if draft else {}) | edited.values
            version = unit.cases.get(case_id).version
            unit.drafts.put(case_id, document.form, document.occurrence, values, version)
        return Changes.of("draft", f"{case_id}/{document.form}/{document.occurrence}")


def _is_takeable(change: FieldChange, form: FormDefinition, document: IssuedDocument) -> bool:
    field = form.field(change.field)
    if field is None or field.type not in _TYPED or change.after is None:
        return False
    return _squeezed(str(document.values.get(field.name, ""))) == _squeezed(change.before)


def _squeezed(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

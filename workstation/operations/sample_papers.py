"""A paper on sample data, to look at a template before it goes live.

The facts are those of the demo case, the bureau is the user's own where there is one; fields the
demo gives no value are filled by their kind.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from workstation.data_files import resources_dir
from workstation.documents.forms import FieldDefinition, FieldType, FormCatalogue, FormDefinition
from workstation.domain.cases import Case, CaseFile
from workstation.domain.leads import Lead
from workstation.domain.matters import Matter
from workstation.domain.people import Agency, Office
from workstation.operations import contexts
from workstation.operations.cases import new_case_from
from workstation.operations.contexts import Context, HearingAmounts, Record
from workstation.operations.event_files import read_json
from workstation.operations.matter_files import read_matters
from workstation.operations.office import read_office

SAMPLE_DAY = date(2026, 10, 15)
_NUMBER = "样综执样字〔2026〕第0001号"
_LONG = (
    "这是一段用来查看版面的样例文字，写明时间、地点、数量和经过：2026年8月19日0时50分至2时30分，"
    "该单位的车辆分两次在道路一侧倾倒装修垃圾约16.4立方米。"
)
_VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: "样例",
    FieldType.LONG_TEXT: f"{_LONG}\n{_LONG}",
    FieldType.DATE: SAMPLE_DAY.isoformat(),
    FieldType.DATE_TIME: f"{SAMPLE_DAY.isoformat()}T09:05",
    FieldType.MONEY: 100000,
    FieldType.NUMBER: 2,
    FieldType.REFERENCE: "行政处罚法§57§1",
    FieldType.FLAG: True,
    FieldType.ATTACHMENTS: ["样例附件一", "样例附件二"],
}


def sample_context(
    form: FormDefinition, forms: FormCatalogue, agency: Agency | None = None
) -> tuple[Context, Mapping[str, Any]]:
    """Return the context of a sample paper of ``form`` and the values typed for it.

    Raises:
        DataFileError: the demo data of the program are damaged.
    """
    record = _record(forms, agency)
    context = contexts.document_context(
        contexts.base_context(record), form, number=_NUMBER, dated=SAMPLE_DAY, draft=False
    )
    return context, _given(form)


def _record(forms: FormCatalogue, agency: Agency | None) -> Record:
    office, matters, case = _demo()
    if agency is not None:
        office = Office(agency=agency, people=office.people, counters=office.counters)
    return Record(
        office=office,
        file=CaseFile(case=case),
        matter=matters[-1] if matters else None,
        previous_matter=matters[0] if len(matters) > 1 else None,
        deadlines=(),
        lengths={},
        forms=forms,
        hearing=HearingAmounts(person="", unit="", source=""),
        templates={},
    )


@lru_cache(maxsize=1)
def _demo() -> tuple[Office, tuple[Matter, ...], Case]:
    folder = resources_dir() / "demo"
    new = new_case_from(read_json(folder / "case.json"))
    matters = read_matters(folder / "matters.json")
    case = Case(
        id="sample",
        title=new.title,
        cause=new.cause,
        lead=Lead(
            number="样综执案源字〔2026〕第0001号",
            source=new.source,
            received_at=new.received_at,
            found_at=new.found_at,
            content=new.content,
            reporter=new.reporter,
            answer_due=new.answer_due,
        ),
        party=new.party,
        officers=new.officers,
        matter_code=new.matter_code,
        facts=dict(new.facts),
        summary=new.summary,
        number="样综执立字〔2026〕第0001号",
        serial=1,
    )
    own = tuple(matter for matter in matters if matter.code == new.matter_code)
    return read_office(folder / "office.json"), own, case


def _given(form: FormDefinition) -> dict[str, Any]:
    path = resources_dir() / "demo" / "documents" / f"{form.id}.json"
    given = _values_of(path) if path.is_file() else {}
    return {
        field.name: given.get(field.name) or _sample_value(field)
        for field in form.fields
        if given.get(field.name) or not field.default
    }


def _values_of(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("values", {})
    return values


def _sample_value(field: FieldDefinition) -> Any:
    if field.type is FieldType.CHOICE:
        return field.choices[0]
    if field.type is FieldType.ROWS:
        labels = field.column_labels or field.columns
        row = dict(zip(field.columns, labels, strict=True))
        return [row | {field.columns[0]: f"样例{number}"} for number in (1, 2, 3)]
    return _VALUES[field.type]

"""Random fills of all forms with awkward text; the same seed gives the same documents.

Quotes, 〔〕, units, long numbers, rare characters in names, empty lists and very long facts: what
makes two renderers disagree and what a careless writer of PDF loses.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workstation.documents.docx_package import DocxPackage
from workstation.documents.field_values import complete_values
from workstation.documents.filling import FormFiller
from workstation.documents.forms import (
    FieldDefinition,
    FieldType,
    FormDefinition,
    TemplateError,
    load_forms,
)
from workstation.documents.presets import load_presets
from workstation.documents.sandbox import load_titles
from workstation.operations.sample_papers import SAMPLE_DAY, sample_context

_HAN = (
    "行政处罚决定书当事人违反法律规定应予以罚款的上一年度中华人民共和国经查明于在使用车辆运输建筑垃圾"
    "未按照核准路线时间沿途泄漏遗撒污染面本机关认为依据第条款项之给予如下改正期限内履行逾可申请复议提起诉讼"
)
_ODDITIES = (
    *("2026年10月15日", "浙L·8K215", "100,000.00元", "36.5立方米", "9时05分", "GB/T9704", "120㎡"),
    *(
        "50%",
        "m/s",
        "3-5倍",
        "（2026年版）",
        "（以下简称“甲方”）",
        "“工程渣土”",
        "‘甲’",
        "《条例》第六十三条",
    ),
    *(
        "91330399MA0000015L",
        "yukan_2026@example.invalid",
        "屿综执罚决〔2026〕第0137号",
        "①②③",
        "—1—",
    ),
    *("A&B<C>", "{{ f.x }}", "https://example.invalid/a/b?c=d", "1.5×2.0", "……", "——"),
)
_RARE = ("赵堃喆", "䶮昇", "𬭎", "龑垚燚", "㛃玥", "欧阳·买买提")
_FIXED = re.compile(r"\d|是|否|有|无|甲|同意")
_MARKS = ("", "", "", "，", "、", "。", "；", "：", "——", "……")
_LONG_NAME = "龙屿市鲸礁渣土清运暨再生资源综合利用（集团）股份有限公司仙礁路第二分公司"
_NUMBERS = ("91330399MA0000015L", "330399198804230033", "")


@dataclass(frozen=True, slots=True)
class Fill:
    """One filled form and what it was filled from."""

    name: str
    form: FormDefinition
    package: DocxPackage


def random_fills(count: int, seed: int) -> Iterator[Fill]:
    """Yield ``count`` fills, the forms in turn."""
    forms = load_forms()
    filler = FormFiller(load_presets(), load_titles())
    for number in range(count):
        form = forms.definitions[number % len(forms.definitions)]
        chance = random.Random(seed * 100_000 + number)  # noqa: S311 no secret
        context, sample = sample_context(form, forms)
        context = _awkward_context(context, chance)
        given = {f.name: _value(f, sample.get(f.name), chance) for f in form.fields}
        rows = {f.name: sample.get(f.name) for f in form.fields if f.type is FieldType.ROWS}
        try:
            package = _filled(filler, form, context, given)
        except TemplateError:
            # A column that holds amounts or days takes no other text.
            package = _filled(filler, form, context, given | rows)
        yield Fill(f"{number:04d}_{form.id}", form, package)


def _filled(
    filler: FormFiller, form: FormDefinition, context: dict[str, Any], given: dict[str, Any]
) -> DocxPackage:
    done = complete_values(form, context, given, filler.environment)
    return filler.fill(form, context | {"f": done.values})


def awkward(chance: random.Random, length: int) -> str:
    """Return about ``length`` characters of awkward Chinese."""
    text = ""
    while len(text) < length:
        if chance.random() < 0.75:
            text += "".join(chance.choices(_HAN, k=chance.randint(2, 12)))
        elif chance.random() < 0.2:
            text += chance.choice(_RARE)
        else:
            text += chance.choice(_ODDITIES)
        text += chance.choice(_MARKS)
    return text


def _awkward_context(context: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    party = dict(context["party"])
    party["name"] = chance.choice((party["name"], _LONG_NAME, *_RARE))
    party["number"] = chance.choice(_NUMBERS)
    party["address"] = awkward(chance, chance.randint(5, 40))
    case = dict(context["case"])
    case["title"] = f"{party['name']}涉嫌{awkward(chance, 10)}案"
    case["summary"] = awkward(chance, chance.randint(20, 400))
    return context | {"party": party, "case": case}


def _value(field: FieldDefinition, sample: Any, chance: random.Random) -> Any:
    if chance.random() < 0.12:
        return None
    if field.type is FieldType.CHOICE:
        return chance.choice(field.choices)
    if field.type is FieldType.ROWS:
        return _rows(field, sample, chance)
    made = _VALUES.get(field.type)
    return made(chance) if made else awkward(chance, chance.choice((2, 6, 12, 30)))


_VALUES: dict[FieldType, Callable[[random.Random], Any]] = {
    FieldType.LONG_TEXT: lambda chance: "\n".join(_paragraphs(chance)),
    FieldType.DATE: lambda chance: f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
    FieldType.DATE_TIME: lambda chance: (
        f"{SAMPLE_DAY.isoformat()}T{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
    ),
    FieldType.MONEY: lambda chance: chance.choice((0, 5, 100, 123456789, "0.05", 100000)),
    FieldType.NUMBER: lambda chance: chance.choice((1, 16, 9999, "16.4")),
    FieldType.REFERENCE: lambda chance: chance.choice(
        ("行政处罚法§57§1", "行政处罚法§32§0§1", "生态环境法典§1169§1")
    ),
    FieldType.FLAG: lambda chance: chance.random() < 0.5,
    FieldType.ATTACHMENTS: lambda chance: [
        awkward(chance, 8) for _ in range(chance.choice((0, 0, 1, 4)))
    ],
}


def _paragraphs(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.choice((1, 1, 2, 4))):
        yield awkward(chance, chance.choice((10, 60, 160, 500)))


def _rows(
    field: FieldDefinition, sample: list[dict[str, Any]] | None, chance: random.Random
) -> list[dict[str, Any]]:
    model = sample[0] if sample else {}
    return [
        {column: _cell(model.get(column, ""), chance) for column in field.columns}
        for _ in range(chance.choice((0, 1, 3, 12, 30)))
    ]


def _cell(sample: Any, chance: random.Random) -> Any:
    """Return awkward text, or the sample where it is a number, a date or a choice."""
    is_text = isinstance(sample, str) and not _FIXED.match(sample)
    return awkward(chance, chance.choice((2, 4, 10))) if is_text else sample

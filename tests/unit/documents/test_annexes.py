"""附页: what a printed form has no room for goes to a page behind it, in every output alike."""

from dataclasses import replace
from typing import Any

import pytest

from tests.demo_papers import shipped
from tests.form_samples import make_form
from workstation.documents.annexes import ANNEX_TITLE, IN_THE_ANNEX, room_taken
from workstation.documents.display_list import LaidOutDocument, TextOperation
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_reader import read_package
from workstation.documents.docx_texts import read_printed
from workstation.documents.field_values import complete_values
from workstation.documents.fonts import bundled_library
from workstation.documents.forms import FieldDefinition, FormDefinition, FormSourceError
from workstation.documents.layout import lay_out
from workstation.operations.sample_papers import sample_context
from workstation.operations.sign_tasks import SignKind, sign_tasks

SENTENCE = "经查，当事人的车辆沿途泄漏遗撒，"
FILLER, FORMS = shipped()
ROOMY = [form.id for form in FORMS if any(field.room for field in form.fields)]
# What fills the page of a form as far as it gets beside the blanks that have room.
FULLEST: dict[str, dict[str, Any]] = {
    "D53": {
        "kind": "警告并处罚款",
        "fine": 3000,
        "payment": "当场收缴",
        "collect_reason": "边远、水上、交通不便地区",
        "receipt": "12345678901234567890",
        "refusal": "当事人拒绝签收，见证人在场。",
    },
    "D56": {
        "method": "邮寄送达",
        "place": "龙屿市仙礁路与潮信街交叉口东北侧空地旁的小区12幢3单元1101室",
        "witness": "王某某（某某社区居民委员会）",
    },
}


def _words(field: FieldDefinition, over: int) -> str:
    room = field.room + over
    return (field.label + SENTENCE * room)[:room]


def _filled(form: FormDefinition, over: int) -> DocxPackage:
    """Fill every blank that has room with as many characters as it has, and ``over`` more."""
    context, sample = sample_context(form, FORMS)
    roomy = {f.name: _words(f, over) for f in form.fields if f.room}
    given = {**sample, **FULLEST[form.id], **roomy}
    values = complete_values(form, context, given, FILLER.environment).values
    return FILLER.fill(form, context | {"f": values})


def _laid_out(package: DocxPackage) -> LaidOutDocument:
    return lay_out(read_package(package), bundled_library())


@pytest.mark.parametrize("form_id", ROOMY)
def test_a_form_with_full_blanks_is_one_page(form_id: str) -> None:
    (page,) = _laid_out(_filled(FORMS.get(form_id), 0)).pages

    assert IN_THE_ANNEX not in "".join(page.lines)


@pytest.mark.parametrize("form_id", ROOMY)
def test_what_overflows_is_printed_once_on_a_signed_annex(form_id: str) -> None:
    form = FORMS.get(form_id)
    moved = [field for field in form.fields if field.room]

    printed, annex = _laid_out(_filled(form, 1)).pages

    assert "".join(printed.lines).count(IN_THE_ANNEX) == len(moved)
    words = "".join(annex.lines)
    assert words.startswith(f"{ANNEX_TITLE}案号：样综执立字〔2026〕第0001号文书：《{form.title}》")
    assert [words.count(_words(field, 1)) for field in moved] == [1] * len(moved)
    assert all(f"{who}（签名）" in words for who in form.signatures if who != "印章")
    assert annex.lines[-1].replace(" ", "") == "第2页　共2页"


def test_a_moved_value_is_still_known_by_its_field() -> None:
    form = FORMS.get("D53")
    act = _words(next(field for field in form.fields if field.name == "act"), 1)

    package = _filled(form, 1)

    assert read_printed(package.to_bytes()).values["act"] == (act,)
    _, annex = _laid_out(package).pages
    drawn = [o for o in annex.operations if isinstance(o, TextOperation) and o.field == "act"]
    assert "".join(o.text for o in drawn) == act


def test_a_template_without_an_annex_prints_the_whole_text_in_place() -> None:
    form = replace(FORMS.get("D56"), body="#p {{ f.note }}")

    lines = read_printed(_filled(form, 40).to_bytes()).lines

    assert lines == (_words(form.fields[-1], 40),)


def test_a_paper_with_an_annex_is_signed_on_both() -> None:
    form = FORMS.get("D53")
    pages = _laid_out(_filled(form, 1)).pages

    tasks = sign_tasks(form, pages, "龙屿市综合行政执法局", across=True)

    signed = {t.who: t.pages for t in tasks if t.kind is SignKind.SIGNATURE}
    assert signed == {"执法人员": (1, 2), "当事人": (1, 2)}
    assert (SignKind.ACROSS, (1, 2)) in [(t.kind, t.pages) for t in tasks]


@pytest.mark.parametrize(
    ("text", "taken"), [("", 0), ("甲乙", 2), ("ab1", 2), ("甲，b", 3), ("甲\n乙", 32)]
)
def test_room_counts_full_width_characters_and_line_ends(text: str, taken: int) -> None:
    assert room_taken(text) == taken


def test_the_help_of_a_blank_says_where_the_rest_goes() -> None:
    act = next(field for field in FORMS.get("D53").fields if field.name == "act")

    assert f"约{act.room}字" in act.help


def test_only_texts_have_room() -> None:
    dated = '[[fields]]\nname = "b"\nlabel = "乙"\ntype = "D"\nroom = 5\n'

    with pytest.raises(FormSourceError, match="room 只用于"):
        make_form("#p 甲", more=dated)

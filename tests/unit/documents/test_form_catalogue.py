"""The catalogue is whole: each form in its step, its volume and its place in the bundle."""

import tomllib

import pytest

from tests.demo_papers import blank_paper
from workstation.archive.volume_order import load_volume_order
from workstation.data_files import templates_dir
from workstation.documents.forms import FormDefinition, FormKind, Volume, load_forms

# D71 (补正书) is no form of the catalogue of 70, but corrections of served papers need it.
ALL = [f"D{number:02d}" for number in range(1, 72)]
FRONT_MATTER = {"D56", "D67", "D68", "D69"}
BRANCHES = [
    *("D03", "D05", "D07", "D08", "D09", "D19", "D24", "D29", "D30", "D31", "D32", "D33"),
    *("D42", "D52", "D53", "D54", "D55", "D57", "D59", "D61", "D62", "D63", "D64", "D65", "D71"),
]


def shipped(form_id: str) -> FormDefinition:
    return load_forms().get(form_id)


def test_all_seventy_forms_and_the_notice_of_correction_are_there() -> None:
    assert sorted(form.id for form in load_forms()) == ALL


def test_every_form_is_listed_by_the_step_it_lies_in() -> None:
    listed = {
        (int(path.parent.name[:2]), form)
        for path in templates_dir().glob("[0-9][0-9]_*/step.toml")
        for form in tomllib.loads(path.read_text(encoding="utf-8"))["documents"]
    }

    assert listed == {(form.step, form.id) for form in load_forms()}


def test_every_form_of_the_main_volume_has_its_place_in_it() -> None:
    order = load_volume_order()
    wanted = {f.id for f in load_forms() if f.volume is Volume.MAIN} - FRONT_MATTER

    assert wanted - set(order.main) - {"D45"} == set()
    assert len(set(order.main)) == len(order.main)


def test_what_goes_out_bears_a_number() -> None:
    served = [form for form in load_forms() if form.kind is FormKind.SERVED]

    assert [form.id for form in served if not form.code] == []


@pytest.mark.parametrize("form_id", BRANCHES)
def test_a_form_without_values_is_a_usable_blank(form_id: str) -> None:
    paragraphs = blank_paper(form_id)

    text = "".join(paragraphs)
    assert len(paragraphs) > 10
    assert "None" not in text
    assert "//" not in text


@pytest.mark.parametrize("form_id", BRANCHES)
def test_every_form_says_what_it_rests_on(form_id: str) -> None:
    form = shipped(form_id)

    assert form.basis
    assert form.signatures


@pytest.mark.parametrize("form_id", ["D30", "D32", "D33", "D52", "D62", "D63"])
def test_a_decision_names_both_remedies_and_both_periods(form_id: str) -> None:
    text = "".join(blank_paper(form_id))

    wanted = "六十日内 龙屿市人民政府申请行政复议 六个月内 龙屿市人民法院提起行政诉讼"
    assert [part for part in wanted.split() if part not in text] == []


def test_a_fine_on_the_spot_sends_the_party_to_reconsideration_first() -> None:
    text = "".join(blank_paper("D53"))

    assert "应当先自收到本决定书之日起六十日内向龙屿市人民政府申请行政复议" in text
    assert "六个月" not in text

"""Blanks of phrases, and for which field a phrase was made."""

from datetime import date

from workstation.domain.phrases import Phrase, blanks_in, fill_blanks, with_blanks

_PHRASE = Phrase(
    code="B01",
    name="从轻",
    kind="裁量理由",
    text="当事人{{当事人}}于{{改正日期}}改正。",
    basis=("行政处罚法§32第（一）项",),
    valid_from=date(2021, 7, 15),
    matters=("M1",),
    places=("D51.discretion", "D41"),
)


def test_a_blank_without_a_fact_stays_to_be_filled_by_hand() -> None:
    filled = fill_blanks(_PHRASE.text, {"当事人": "龙屿公司"})

    assert filled == "当事人龙屿公司于{{改正日期}}改正。"
    assert blanks_in(filled) == ("改正日期",)


def test_a_template_tag_is_no_blank() -> None:
    assert blanks_in("{{ party.name }}{{party}}{% if 当事人 %}") == ()


def test_the_facts_of_a_case_become_blanks_the_longest_first() -> None:
    facts = {"当事人": "龙屿市鲸礁公司", "城市": "龙屿市", "性别": "男"}

    assert with_blanks("龙屿市鲸礁公司在龙屿市，男", facts) == "{{当事人}}在{{城市}}，男"


def test_of_two_blanks_with_one_fact_the_first_named_is_taken() -> None:
    assert with_blanks("卓望野", {"当事人": "卓望野", "法定代表人": "卓望野"}) == "{{当事人}}"


def test_a_phrase_belongs_to_the_fields_and_forms_it_names() -> None:
    assert _PHRASE.belongs_in("D51", "discretion")
    assert _PHRASE.belongs_in("D41", "facts")
    assert _PHRASE.belongs_in("D51")
    assert not _PHRASE.belongs_in("D51", "facts")
    assert not _PHRASE.belongs_in("D5", "1")


def test_a_phrase_made_for_matter_and_field_is_closer_than_one_for_the_form() -> None:
    closest = _PHRASE.closeness("M1", "D51", "discretion")

    assert closest > _PHRASE.closeness("M2", "D51", "discretion")
    assert closest > _PHRASE.closeness("M1", "D41", "facts") > 0

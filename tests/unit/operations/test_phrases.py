"""Phrases of the bureau: shipped ones that stand, own ones kept and withdrawn."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from workstation.bootstrap import Workstation
from workstation.documents.forms import load_forms
from workstation.domain.citations import parse_reference
from workstation.domain.phrases import blanks_in
from workstation.errors import DataFileError, InvalidInputError
from workstation.legislation.citations import Verdict
from workstation.operations.phrase_files import facts_of, load_phrases
from workstation.operations.phrases import NewPhrase, OfferedPhrase

_MATTER = "DEMO-330217-A01"
_NEW = NewPhrase(
    name="主动清除",
    kind="裁量理由",
    text="当事人{{当事人}}已主动清除。",
    author="方小满",
    basis=("行政处罚法§32第（一）项",),
    places=("D51.discretion",),
)


def _offer(desk: Workstation, case_id: str, code: str, field: str) -> OfferedPhrase:
    offered = desk.phrases.offered(case_id, "D51", field)
    return next(each for each in offered if each.phrase.code == code)


def test_every_provision_of_the_shipped_phrases_stands_on_its_first_day(desk: Workstation) -> None:
    desk.law.open_texts()
    for phrase in load_phrases().phrases:
        days = (phrase.valid_from, date.today())
        cited = [parse_reference(text) for text in phrase.basis]
        in_text = [c.reference for c in desk.law.citations_in(phrase.text)]

        verdicts = {
            (phrase.code, str(reference), day): desk.law.verdict(reference, day)
            for reference in cited + in_text
            for day in days
        }

        assert cited
        assert set(verdicts.values()) == {Verdict.OK}, verdicts


def test_shipped_phrases_name_fields_that_take_words() -> None:
    forms = load_forms()
    places = {place for phrase in load_phrases().phrases for place in phrase.places}

    for place in places:
        form, _, field = place.partition(".")
        found = forms.get(form).field(field)
        assert found is not None, place
        assert found.type.value in {"T", "L"}, place


def test_every_blank_of_the_shipped_table_has_a_fact_in_the_data_of_a_case(
    desk: Workstation, case_id: str
) -> None:
    filled = facts_of(desk.forms.facts(case_id), load_phrases().blanks)

    assert filled["当事人"] == "龙屿市鲸礁渣土清运有限公司"
    assert filled["违法开始时间"] == "2026年8月19日0时50分"
    assert filled["违反条款"] == "《中华人民共和国生态环境法典》第五百一十八条第二款"
    assert filled["承办人"] == "林问渠、苏砚舟"
    still_open = {"立案日期", "告知书文号", "告知书送达日期", "决定书文号"}
    still_open |= {"决定书送达日期", "责令改正通知书文号", "告知书名称"}
    assert load_phrases().blanks.keys() - filled.keys() <= still_open


def test_a_phrase_is_filled_from_the_case_and_the_rest_is_named(
    desk: Workstation, case_id: str
) -> None:
    offer = _offer(desk, case_id, "S01", "facts")

    assert "在仙礁路与潮信街交叉口东北侧空地分" in offer.text
    assert offer.left == ("车牌号", "车次", "测量单位", "倾倒量")
    assert offer.fits
    assert not offer.warning


def test_what_was_made_for_matter_and_field_comes_first_and_the_rest_after(
    desk: Workstation, case_id: str
) -> None:
    offered = desk.phrases.offered(case_id, "D51", "facts")

    assert offered[0].phrase.code == "S01"
    fits = [each.fits for each in offered]
    assert fits == sorted(fits, reverse=True)
    assert not fits[-1]
    assert all(each.phrase.serves(_MATTER) for each in offered)


def test_a_phrase_kept_is_offered_and_stays_in_the_history_when_withdrawn(
    desk: Workstation, case_id: str
) -> None:
    kept = desk.phrases.add(_NEW)
    offer = _offer(desk, case_id, kept.code, "discretion")

    gone = desk.phrases.withdraw(kept.code.lower(), "叶怀山", "裁量基准已修改")

    assert offer.text == "当事人龙屿市鲸礁渣土清运有限公司已主动清除。"
    assert kept.code not in {p.code for p in desk.phrases.find()}
    history = {p.code: p for p in desk.phrases.find(history=True)}
    assert history[kept.code] == gone
    assert (gone.reason, gone.withdrawn_by, gone.author) == (
        "裁量基准已修改",
        "叶怀山",
        "方小满",
    )
    with pytest.raises(InvalidInputError, match="没有正在使用"):
        desk.phrases.withdraw(kept.code, "叶怀山", "再撤一次")
    assert desk.phrases.add(_NEW).code != kept.code


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"basis": ("大气污染防治法§81",)}, "2026-08-15 起废止"),
        ({"basis": ("行政处罚法§332",)}, "没有第三百三十二条"),
        ({"basis": ("龙屿条例§1",)}, "本库没有《龙屿条例》"),
        ({"basis": ("第三条",)}, "不是一条法律的引用"),
        ({"text": "依据《中华人民共和国行政处罚法》第三百条"}, "没有第三百条"),
        ({"places": ("D51.nothing",)}, "没有栏目“nothing”"),
        ({"matters": ("NONE",)}, "事项清单中没有：NONE"),
        ({"author": " "}, "登记人"),
    ],
)
def test_a_phrase_that_would_mislead_is_refused(
    desk: Workstation, case_id: str, change: dict[str, object], said: str
) -> None:
    assert case_id
    before = desk.phrases.find(history=True)
    new = {name: getattr(_NEW, name) for name in NewPhrase.__slots__} | change

    with pytest.raises(InvalidInputError, match=said):
        desk.phrases.add(NewPhrase(**new))

    assert desk.phrases.find(history=True) == before


def test_a_basis_read_elsewhere_is_kept_unverified(desk: Workstation) -> None:
    new = NewPhrase(
        name="甲",
        kind="送达",
        text="乙",
        author="方小满",
        basis=("龙屿条例§1",),
        verified=True,
        unchecked=True,
    )

    assert desk.phrases.add(new).verified is False


def test_a_wording_is_kept_without_the_facts_of_its_case(desk: Workstation, case_id: str) -> None:
    written = "龙屿市鲸礁渣土清运有限公司依《中华人民共和国行政处罚法》第三十二条第（一）项从轻"

    found = desk.phrases.keepable(case_id, written)

    assert found.text.startswith("{{当事人}}依《中华人民共和国行政处罚法》")
    assert found.basis == ("《中华人民共和国行政处罚法》第三十二条第（一）项",)
    assert found.matter == _MATTER
    kept = desk.phrases.add(
        NewPhrase(name="甲", kind="乙", text=found.text, author="丙", basis=found.basis)
    )
    assert blanks_in(kept.text) == ("当事人",)


def test_a_paper_with_a_blank_left_open_is_not_issued(desk: Workstation, case_id: str) -> None:
    preview = desk.forms.preview(case_id, "D51", 1, {"discretion": "于{{改正日期}}改正"})

    assert preview.problems["discretion"] == "裁量理由：还有空白没有填写（改正日期）。"


def test_the_own_file_of_the_bureau_wins(tmp_path: Path) -> None:
    own = tmp_path / "own" / "templates" / "phrases.toml"
    own.parent.mkdir(parents=True)
    own.write_text("phrases = []\n[blanks]\n", encoding="utf-8")

    assert load_phrases(tmp_path).phrases == ()


@pytest.mark.parametrize(
    ("blanks", "basis", "code", "said"),
    [
        ('"甲" = "party.name|upper"', "行政处罚法§32", "X1", "upper"),
        ("", "某个规定", "X1", "某个规定"),
        ("", "行政处罚法§32", "X2", "X2"),
    ],
)
def test_a_broken_file_says_what_is_wrong(
    tmp_path: Path, blanks: str, basis: str, code: str, said: str
) -> None:
    own = tmp_path / "own" / "templates" / "phrases.toml"
    own.parent.mkdir(parents=True)
    entries = "".join(
        f'[[phrases]]\nid = "{each}"\nname = "甲"\nkind = "乙"\ntext = "丙"\n'
        f'basis = ["{basis}"]\nvalid_from = 2021-07-15\n'
        for each in (code, "X2")
    )
    own.write_text(f"[blanks]\n{blanks}\n{entries}", encoding="utf-8")

    with pytest.raises(DataFileError, match=said):
        load_phrases(tmp_path)


def test_a_revision_that_is_refused_leaves_the_phrase_in_use(desk: Workstation) -> None:
    old = desk.phrases.add(_NEW)

    with pytest.raises(InvalidInputError, match="不能引用"):
        desk.phrases.revise(old.code, replace(_NEW, basis=("大气污染防治法§81",)), "")
    with pytest.raises(InvalidInputError, match="没有正在使用的常用语"):
        desk.phrases.revise("S01", _NEW, "")

    assert [phrase.code for phrase in desk.phrases.find() if phrase.own] == [old.code]

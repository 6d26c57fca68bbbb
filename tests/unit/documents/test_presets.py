"""Page presets and titles of law as data a bureau may change."""

from pathlib import Path

import pytest

from workstation.documents.fonts import FontStyle
from workstation.documents.presets import FooterKind, load_presets
from workstation.documents.sandbox import load_titles
from workstation.errors import DataFileError


def own(home: Path, relative: str, text: str) -> None:
    path = home / "own" / relative
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_the_official_preset_follows_gb_t_9704() -> None:
    preset = load_presets()["official"]

    assert (preset.body.font, preset.body.size) == (FontStyle.FANG, 16)
    assert int(preset.setup.text_height / preset.body.lead) == 22
    assert preset.lines["title"].font is FontStyle.TITLE
    assert preset.footer is FooterKind.OFFICIAL


@pytest.mark.parametrize("name", ["official", "form", "printed", "record", "wide"])
def test_lines_hold_a_whole_number_of_characters(name: str) -> None:
    preset = load_presets()[name]

    spare = (preset.setup.text_width - 0.5) % preset.body.size

    assert min(spare, preset.body.size - spare) == pytest.approx(0, abs=0.01)


def test_the_rows_of_a_record_stand_on_the_grid() -> None:
    preset = load_presets()["record"]

    leads = {preset.lines[kind].lead for kind in preset.ruled}

    assert leads == {preset.body.lead}


def test_the_bureaus_own_presets_win_and_faults_are_reported(tmp_path: Path) -> None:
    own(tmp_path, "templates/presets.toml", "[presets.official]\n")

    with pytest.raises(DataFileError, match=r"presets\.toml"):
        load_presets(tmp_path)


def test_titles_are_given_in_full() -> None:
    assert load_titles()["行政处罚法"] == "中华人民共和国行政处罚法"


def test_malformed_titles_are_reported(tmp_path: Path) -> None:
    own(tmp_path, "statutes/titles.toml", "甲 = \n")

    with pytest.raises(DataFileError, match=r"titles\.toml"):
        load_titles(tmp_path)

"""Every provision that the shipped data files cite is law."""

from datetime import date
from pathlib import Path

import pytest

from workstation import data_files
from workstation.legislation.citations import Verdict, check_text
from workstation.legislation.law_store import LawStore

DEMO_DAY = date(2026, 9, 29)
ROOT = data_files.data_root()
# The overlay speaks of repealed laws on purpose.
DATA = [path for path in ROOT.glob("statutes/*.toml") if path.name != "overlay.toml"]
FILES = sorted([*ROOT.glob("templates/**/step.toml"), *DATA])


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_the_provisions_cited_in_a_data_file_exist(store: LawStore, path: Path) -> None:
    checked = check_text(store, path.read_text(encoding="utf-8"), DEMO_DAY)

    unsound = [
        (citation.found.text, citation.check.message)
        for citation in checked
        if citation.check.verdict not in {Verdict.OK, Verdict.UNKNOWN_INSTRUMENT}
    ]
    assert not unsound

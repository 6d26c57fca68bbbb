"""A broken data file is named with its entry."""

from pathlib import Path

import pytest

from workstation.procedure import ProcedureDataError
from workstation.procedure.data_tables import convert, day, read_table, words


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProcedureDataError, match="nowhere"):
        read_table(tmp_path / "nowhere.toml")


def test_a_value_of_the_wrong_kind_is_named_with_its_entry(tmp_path: Path) -> None:
    with pytest.raises(ProcedureDataError, match="步骤一") as wrong:
        convert(tmp_path / "step.toml", "步骤一", words, "D01")

    assert "字符串列表" in wrong.value.message


def test_a_date_must_be_a_date(tmp_path: Path) -> None:
    with pytest.raises(ProcedureDataError, match="应为日期"):
        convert(tmp_path / "parameters.toml", "valid_from", day, "2026-01-01")

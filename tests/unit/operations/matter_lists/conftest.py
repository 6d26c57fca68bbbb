"""An office whose lists are imported without the statutes, so that each test takes a moment."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fake_statutes import FakeStatutes
from tests.matter_workbooks import make_rows, write_rows
from workstation.bootstrap import Workstation, open_workstation
from workstation.operations.matter_lists.operations import ListImport, MatterListOperations
from workstation.settings import open_home

Rows = list[dict[str, Any]]
Import = Callable[..., ListImport]
FIRST, SECOND = "屿政发〔2026〕8号", "屿政发〔2026〕9号"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workstation]:
    """The program on an empty home."""
    workstation = open_workstation(open_home(tmp_path / "office"))
    yield workstation
    workstation.close()


@pytest.fixture
def lists(desk: Workstation) -> MatterListOperations:
    """Lists of matters beside statutes in which everything stands."""
    return MatterListOperations(desk.database, FakeStatutes(), desk.home.root)


@pytest.fixture
def carry_out(lists: MatterListOperations, tmp_path: Path) -> Import:
    """Import rows as a notice: 整单 from 1 September unless said otherwise."""

    def do(rows: Rows, number: str = FIRST, **head: str) -> ListImport:
        named = {"文号": number, "清单类型": "统一目录", "施行日期": "2026-09-01"}
        notice = named | {"导入方式": "整单"} | head
        return lists.carry_out(write_rows(tmp_path / "list.xlsx", rows, notice), "方小满")

    return do


@pytest.fixture
def later() -> Callable[[int], Rows]:
    """Rows without a day of their own, so that that of the notice counts."""

    def make(count: int) -> Rows:
        return [{**row, "生效日期": ""} for row in make_rows(count)]

    return make

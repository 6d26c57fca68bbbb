"""An empty case database per test, copied from one that was migrated once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workstation.settings import Home
from workstation.storage import Database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("migrated"))
    Database.open(home).close()
    return home.database


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Home:
    home = Home(tmp_path)
    shutil.copyfile(migrated, home.database)
    return home


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    with Database.open(home) as database:
        yield database

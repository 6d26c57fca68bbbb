"""The real law store, built once a session from the installed statute package."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workstation.legislation.law_store import LawStore
from workstation.legislation.national_store import ensure_store
from workstation.legislation.package_source import (
    StatutePackage,
    StatutePackageMissingError,
    find_package,
)


@pytest.fixture(scope="session")
def statute_package() -> StatutePackage:
    """Return the installed package, or skip."""
    try:
        return find_package()
    except StatutePackageMissingError as error:
        pytest.skip(f"the statute package is not installed: {error.message}")


@pytest.fixture(scope="session")
def law_folder(statute_package: StatutePackage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the store built from the real package."""
    assert statute_package.database.is_file()
    folder = tmp_path_factory.mktemp("legislation")
    ensure_store(folder).close()
    return folder


@pytest.fixture(scope="session")
def store(law_folder: Path) -> Iterator[LawStore]:
    """Yield the real store."""
    with LawStore.open(law_folder) as opened:
        yield opened

"""What every test of the project stands on: no display, no user's data, known settings."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from workstation.legislation.national_store import ensure_store
from workstation.legislation.package_source import StatutePackageMissingError
from workstation.legislation.schema import STORE_NAME

ROOT = Path(__file__).resolve().parent.parent

# Qt reads its environment when it is first imported, before any fixture runs.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XDG_RUNTIME_DIR" not in os.environ:
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="workstation-tests-")

# A busy machine is no defect, so no example has a deadline; a failure says how to repeat it.
settings.register_profile("workstation", deadline=None, print_blob=True)
settings.load_profile("workstation")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the home folder of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSTATION_HOME", str(tmp_path_factory.getbasetemp() / "home"))
        yield


@pytest.fixture(scope="session")
def repository_root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real texts beside the checkout, or skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not on this machine; statute texts are not committed")
    return folder


@pytest.fixture(scope="session")
def share_statutes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Give a home the national statutes, which are read in once for all tests of a worker."""
    folder = tmp_path_factory.mktemp("statutes")

    def share(home: Path) -> Path:
        own = home / "legislation"
        if home.is_file() or own.exists():
            return home
        if not (folder / STORE_NAME).exists():
            try:
                ensure_store(folder).close()
            except StatutePackageMissingError:
                return home
        own.mkdir(parents=True)
        try:
            os.link(folder / STORE_NAME, own / STORE_NAME)
        except OSError:
            shutil.copy2(folder / STORE_NAME, own / STORE_NAME)
        return home

    return share

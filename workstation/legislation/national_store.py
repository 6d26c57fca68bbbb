"""Having the national statutes at hand: building the law store when it is absent or stale."""

from pathlib import Path

from workstation import data_files
from workstation.legislation import schema
from workstation.legislation.law_store import LawStore
from workstation.legislation.package_import import (
    DataFiles,
    Progress,
    fingerprint,
    import_package,
)
from workstation.legislation.package_source import StatutePackageMissingError, find_package
from workstation.legislation.schema import LawStoreDamagedError


def shipped_data_files() -> DataFiles:
    """Return the overlay and the short names that come with the program.

    Raises:
        DataFileError: the installation is incomplete.
    """
    folder = data_files.statutes_dir()
    return DataFiles(overlay=folder / "overlay.toml", short_names=folder / "short_names.toml")


def ensure_store(
    folder: Path, progress: Progress | None = None, *, files: DataFiles | None = None
) -> LawStore:
    """Open the law store, building it first where it is absent, damaged or out of date.

    Args:
        folder: the home's ``legislation`` folder; created where needed.
        progress: called with (texts done, texts in all) during a build.
        files: other data files than the shipped ones.

    Raises:
        StatutePackageMissingError: the package is missing and there is no store to fall back on.
        DataFileError: a data file is missing or malformed.
        OSError: the folder can't be written.
    """
    files = files or shipped_data_files()
    try:
        package = find_package()
    except StatutePackageMissingError:
        if (folder / schema.STORE_NAME).is_file():
            return LawStore.open(folder)
        raise
    store = _open_if_current(folder, fingerprint(package, files))
    if store:
        return store
    import_package(package, folder, files, progress=progress)
    return LawStore.open(folder)


def _open_if_current(folder: Path, mark: str) -> LawStore | None:
    try:
        store = LawStore.open(folder)
    except LawStoreDamagedError:
        return None
    if store.package_fingerprint == mark:
        return store
    store.close()
    return None

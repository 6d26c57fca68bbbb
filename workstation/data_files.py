"""Where shipped data lies: the only module that knows.

In a checkout the data folders stand beside the packages; in an installed wheel they were
copied to ``workstation/_data``. A bureau's own files in its home folder win over both.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from workstation.errors import DataFileError

_PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def data_root() -> Path:
    """Return the folder that holds ``templates``, ``statutes`` and ``resources``.

    Raises:
        DataFileError: the installation is incomplete.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        if (root / "templates").is_dir() and (root / "resources").is_dir():
            return root
    raise DataFileError(
        "程序自带的模板与资源文件不完整。", hint="请重新安装程序，或重新获取完整的源代码目录。"
    )


def templates_dir() -> Path:
    """Return the folder of the 18 steps and their forms."""
    return data_root() / "templates"


def statutes_dir() -> Path:
    """Return the folder of law-pack manifests, holiday notices and demo matters."""
    return data_root() / "statutes"


def resources_dir() -> Path:
    """Return the folder of fonts, icons, style sheets and the demo office."""
    return data_root() / "resources"


def overlay(relative: str, home: Path | None) -> Path:
    """Return the bureau's own copy of ``relative`` when its home has one, else the shipped file.

    Raises:
        DataFileError: neither exists.
    """
    candidates = [data_root() / relative]
    if home is not None:
        candidates.insert(0, home / "own" / relative)
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise DataFileError(f"缺少数据文件 {relative}。", hint="请重新安装程序，或恢复该文件。")


def overlay_folder(relative: str, home: Path | None) -> tuple[Path, ...]:
    """Return the TOML files of a data folder by name, the bureau's own in place of the shipped.

    A file that only the bureau has comes in its alphabetical place.
    """
    files = {path.name: path for path in (data_root() / relative).glob("*.toml")}
    if home is not None:
        files |= {path.name: path for path in (home / "own" / relative).glob("*.toml")}
    return tuple(files[name] for name in sorted(files))


def step_folders() -> Iterator[Path]:
    """Yield the folders ``templates/NN_name`` in step order."""
    yield from sorted(p for p in templates_dir().iterdir() if (p / "step.toml").is_file())

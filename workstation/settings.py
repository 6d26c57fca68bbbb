"""The home folder of an office: where its data lies and whether it can be used."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from workstation.errors import HomeNotWritableError

HOME_VARIABLE = "WORKSTATION_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one office on this machine; ``root`` exists and can be written."""

    root: Path

    @property
    def database(self) -> Path:
        """The case database (SQLite, WAL)."""
        return self.root / "office.db"

    @property
    def blobs(self) -> Path:
        """Evidence files, named by their SHA-256."""
        return self.root / "evidence"

    @property
    def legislation(self) -> Path:
        """The law store and its search index."""
        return self.root / "legislation"

    @property
    def output(self) -> Path:
        """Where generated documents and volumes go unless the user says otherwise."""
        return self.root / "output"


def default_home() -> Path:
    """Return the home named by the environment, else the platform's user data folder."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("workstation", appauthor=False))


def open_home(path: Path) -> Home:
    """Create ``path`` where needed and check that it can be written.

    Raises:
        HomeNotWritableError: it is a file, or can't be created or written.
    """
    hint = "请换一个可以写入的文件夹（--home 目录），或请管理员开放该文件夹的写权限。"
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        message = f"数据文件夹“{path}”不能写入：{error.strerror}。"
        raise HomeNotWritableError(message, hint=hint) from error
    return Home(path.resolve())

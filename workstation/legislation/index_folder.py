"""Where an index lies and whether this machine may open it.

``FOLDER/CURRENT`` names the folder of the index in use. A build goes to a new folder, is made
durable there and then becomes current by one rename, so a crash leaves the old index or the new.
Whoosh's files hold pickles, and opening a foreign pickle runs foreign code: an index carries the
stamp of the machine, the user and the place it was built at, and any other index is not opened.
"""

import contextlib
import getpass
import hashlib
import json
import os
import platform
import secrets
import shutil
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

from workstation.atomic_files import fsync_dir, write_bytes_atomically, write_text_atomically
from workstation.errors import WorkstationError

_POINTER = "CURRENT"
_PREFIX = "index-"
_MACHINE_ID = Path("/etc/machine-id")
_DESCRIPTION = "index.json"
_FORMAT = 5
_DEAD_AFTER_SECONDS = 3600
_RANDOM_NODE_BIT = 1 << 40


class IndexMissingError(WorkstationError):
    """There is no index that this machine may use; it has to be built from the law store."""

    code = "index_missing"


# The mark of a version, and the first and the number of its documents within the segment.
VersionRun = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDescription:
    """What stands beside the files of an index.

    ``source`` is the fingerprint of the texts; ``kinds``, ``instruments`` and ``regions`` are
    the names that the columns of the like names number. A group holds the document numbers of
    the versions of one article, or of one long text in several laws; an article that stands
    alone has none. ``segments`` tells of each segment, in order, which versions it holds.
    """

    stamp: str
    source: str
    documents: int
    kinds: list[str]
    instruments: list[str]
    regions: list[str]
    groups: list[list[int]]
    segments: list[list[VersionRun]] = field(default_factory=list)
    format: int = _FORMAT

    @property
    def base(self) -> str:
        """The part of ``source`` that names the texts which change only all together."""
        return self.source.partition("+")[0]


def machine_stamp(folder: Path) -> str:
    """Return a digest of this machine, this user and the place of ``folder``."""
    parts = (_machine(), _user(), str(Path.home()), str(folder.resolve()), str(_FORMAT))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _machine() -> str:
    with contextlib.suppress(OSError):
        identifier = _MACHINE_ID.read_text(encoding="ascii").strip()
        if identifier:
            return identifier
    node = uuid.getnode()
    return platform.node() if node & _RANDOM_NODE_BIT else f"{platform.node()} {node:x}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def new_folder(folder: Path) -> Path:
    """Create and return an empty folder for the next index, after sweeping away dead ones."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    fresh = folder / f"{_PREFIX}{secrets.token_hex(4)}"
    fresh.mkdir()
    return fresh


def publish(fresh: Path, description: IndexDescription) -> None:
    """Make the finished index in ``fresh`` durable and current, and delete the one before.

    On Windows an index that is still open stays until a later build sweeps it away.
    """
    text = json.dumps(asdict(description), ensure_ascii=False)
    write_text_atomically(fresh / _DESCRIPTION, text)
    for path in fresh.iterdir():
        with path.open("r+b") as stream:
            os.fsync(stream.fileno())
    fsync_dir(fresh)
    folder = fresh.parent
    before = _current_name(folder)
    write_bytes_atomically(folder / _POINTER, fresh.name.encode())
    if _names_an_index(before) and before != fresh.name:
        shutil.rmtree(folder / before, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Delete what killed builds left; a young folder may be another program's build."""
    current = _current_name(folder)
    for path in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.name != current and time.time() - path.stat().st_mtime > _DEAD_AFTER_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _names_an_index(name: str) -> bool:
    return name.startswith(_PREFIX) and Path(name).name == name


def _current_name(folder: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (folder / _POINTER).read_text(encoding="ascii").strip()
    return ""


def current_index(folder: Path, *, source: str = "") -> tuple[Path, IndexDescription]:
    """Return the folder of the index in use and its description.

    Raises:
        IndexMissingError: none was built, it is of another machine, user, place or format, or it
            was built from texts other than ``source`` (where ``source`` is given).
    """
    name = _current_name(folder)
    if not _names_an_index(name):
        raise _missing("检索索引尚未建立。")
    try:
        fields = json.loads((folder / name / _DESCRIPTION).read_text(encoding="utf-8"))
        description = IndexDescription(**fields)
    except (OSError, ValueError, TypeError) as cause:
        raise _missing("检索索引的文件不完整。") from cause
    if description.format != _FORMAT or description.stamp != machine_stamp(folder):
        raise _missing("检索索引不是在本机、由本用户在此文件夹建立的，不能打开。")
    if source and description.source != source:
        raise _missing("法规库已更新，检索索引需要重建。")
    return folder / name, description


def _missing(message: str) -> IndexMissingError:
    return IndexMissingError(message, hint="请重建检索索引（数秒即可，不影响法规库）。")

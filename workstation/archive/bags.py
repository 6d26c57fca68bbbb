"""Writing a sealed volume package: BagIt 1.0 (RFC 8493), plain files, closed list, durable.

The package is written into a staging folder beside its final place, every file is fsynced, and
one rename makes it appear: under its final name it is whole or it is not there at all.
"""

import os
import shutil
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.archive import verify_volume
from workstation.atomic_files import fsync_dir
from workstation.errors import WorkstationError

_FORBIDDEN = frozenset('<>:"/\\|?*')
_MAX_NAME_BYTES = 100


class PackageExistsError(WorkstationError):
    """The place where the package should go already holds something else."""

    code = "package_exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagInfo:
    """What ``bag-info.txt`` says of the package."""

    organization: str
    identifier: str
    description: str
    bagging_date: date


def safe_name(text: str) -> str:
    """Return ``text`` as a file name that every common system accepts: NFC, at most 100 bytes."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join("_" if c in _FORBIDDEN or ord(c) < 32 else c for c in plain).strip(" .")
    while len(kept.encode()) > _MAX_NAME_BYTES:
        kept = kept[:-1]
    return kept or "_"


def write_bag(target: Path, payload: Mapping[str, bytes], info: BagInfo) -> str:
    """Write ``payload`` (path below ``data/`` → bytes) as a package and return its seal digest.

    The same input gives the same bytes.

    Raises:
        PackageExistsError: ``target`` exists.
        OSError: the disk is full or can't be written; nothing stands at ``target`` then.
    """
    if target.exists():
        message = f"案卷包“{target.name}”已经存在。"
        raise PackageExistsError(message, hint="请换一个输出文件夹，或先移走原有的案卷包。")
    staging = target.with_name(f".staging-{uuid.uuid4().hex}")
    try:
        staging.mkdir(parents=True)
        entries = {f"data/{name}": content for name, content in sorted(payload.items())}
        for name, content in entries.items():
            _write(staging / name, content)
        tags = _tag_files(staging, entries, info)
        for name, content in tags.items():
            _write(staging / name, content)
        _write(staging / "tagmanifest-sha256.txt", _manifest(staging, tags).encode())
        for folder in sorted({path.parent for path in staging.rglob("*")}):
            fsync_dir(folder)
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    fsync_dir(target.parent)
    return verify_volume.seal_of(target)


def _tag_files(staging: Path, entries: Mapping[str, bytes], info: BagInfo) -> dict[str, bytes]:
    oxum = f"{sum(map(len, entries.values()))}.{len(entries)}"
    lines = [
        f"Source-Organization: {info.organization}",
        f"External-Identifier: {info.identifier}",
        f"External-Description: {info.description}",
        f"Bagging-Date: {info.bagging_date.isoformat()}",
        f"Payload-Oxum: {oxum}",
    ]
    return {
        "bagit.txt": verify_volume.DECLARATION,
        "bag-info.txt": ("\n".join(lines) + "\n").encode(),
        "manifest-sha256.txt": _manifest(staging, entries).encode(),
    }


def _manifest(staging: Path, names: Mapping[str, bytes]) -> str:
    return "".join(
        f"{verify_volume.digest_of(staging / name)}  {name}\n" for name in sorted(names)
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())

"""Refusing folders on network shares, where SQLite's locks can't be trusted."""

import os
import sys
from pathlib import Path

from workstation.storage.errors import NetworkPathError

_MOUNTS = Path("/proc/mounts")
_NETWORK_KINDS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.rclone",
        "fuse.gvfsd-fuse",
    }
)
_DRIVE_REMOTE = 4


def check_local(folder: Path, mounts: str | None = None) -> None:
    """Refuse ``folder`` on NFS, SMB, WebDAV, SSH or a UNC path.

    Args:
        folder: an existing folder.
        mounts: the text of ``/proc/mounts``; read from the system when not given.

    Raises:
        NetworkPathError: it lies on a network share.
    """
    text = str(folder)
    if text.startswith(("\\\\", "//")):
        raise NetworkPathError(text, "UNC")
    if sys.platform == "win32":
        _check_drive(folder)
        return
    if mounts is None:
        mounts = _MOUNTS.read_text(encoding="utf-8") if _MOUNTS.is_file() else ""
    kind = _kind_of(os.path.realpath(folder), mounts)
    if kind in _NETWORK_KINDS:
        raise NetworkPathError(text, kind)


def _kind_of(path: str, mounts: str) -> str:
    found = ("", "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def _check_drive(folder: Path) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - windll exists on Windows only

        if ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor) == _DRIVE_REMOTE:
            raise NetworkPathError(str(folder), "网络驱动器")

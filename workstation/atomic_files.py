"""Writing files so that a crash leaves the old file or the new one, never a torn one.

Order (measured against simulated power cuts): temporary file, fsync, rename, fsync of the folder.
"""

import contextlib
import os
import tempfile
from pathlib import Path


def fsync_dir(folder: Path) -> None:
    """Make names created in ``folder`` durable; does nothing on Windows, which can't."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_bytes_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` durably.

    Raises:
        OSError: the folder can't be written or the disk is full; ``path`` is then unchanged.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    fsync_dir(path.parent)


def write_text_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with LF line ends, durably; see :func:`write_bytes_atomically`."""
    write_bytes_atomically(path, text.encode())

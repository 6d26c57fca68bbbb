"""A law pack as one file: a ZIP whose comment carries an Ed25519 signature over all before it.

The signature is that of a case capsule (:mod:`workstation.archive.verify_capsule`) for another
use, so neither can be taken for the other. Nothing is unpacked before the signature was checked,
and what is unpacked is bounded, because a stranger may sign as well.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.archive import verify_capsule
from workstation.archive.capsules import SigningKey, add_entry, signed
from workstation.atomic_files import write_bytes_atomically
from workstation.errors import WorkstationError

_CONTEXT = b"law-pack-1\n"
_MOST_BYTES = 256 << 20
_MOST_FILES = 20_000
_HINT = "请向制作机关重新索取，不要使用来历不明或者被改动的法规包。"


class BrokenLawPackError(WorkstationError):
    """A file is no law pack, or not as it was made."""

    code = "broken_law_pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPackFile:
    """What a pack holds by name, the 32 bytes of its signer's key, and the SHA-256 of the file."""

    files: Mapping[str, bytes]
    key: bytes
    sha256: str

    @property
    def fingerprint(self) -> str:
        """The short form of the key that two people compare over the telephone."""
        return verify_capsule.fingerprint(self.key)


def write_law_pack(target: Path, files: Mapping[str, bytes], key: SigningKey) -> None:
    """Write the files as one signed pack.

    Raises:
        OSError: the place can't be written; what stood there is unchanged.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(files.items()):
            add_entry(archive, name, data)
        archive.comment = bytes(verify_capsule.COMMENT_LENGTH)
    write_bytes_atomically(target, signed(buffer.getvalue(), key, _CONTEXT))


def read_law_pack(path: Path) -> LawPackFile:
    """Return what a pack holds, every byte as it was signed.

    Raises:
        BrokenLawPackError: it is no pack, was changed, or is over a bound.
    """
    data = _bytes_of(path)
    key, signature = verify_capsule.signature_of(data)
    if not key:
        raise broken(path, "不是法规包，或者文件不完整：末尾没有签名")
    content = data[: -verify_capsule.COMMENT_LENGTH]
    message = _CONTEXT + hashlib.sha256(content).digest()
    if not verify_capsule.is_signed(key, message, signature):
        raise broken(path, "签名与内容不符：制作之后被改动过，或者不是法规包")
    try:
        files = _unpacked(path, data)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise broken(path, "文件已损坏") from error
    return LawPackFile(files=files, key=key, sha256=hashlib.sha256(data).hexdigest())


def broken(path: Path, why: str) -> BrokenLawPackError:
    """Return the refusal of a pack."""
    return BrokenLawPackError(f"“{path.name}”不能使用：{why}。", hint=_HINT)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise broken(path, f"超过 {_MOST_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise broken(path, f"打不开（{error.strerror}）") from error


def _unpacked(path: Path, data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = _MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > _MOST_FILES:
            raise broken(path, f"超过 {_MOST_FILES} 份")
        for entry in archive.infolist():
            with archive.open(entry) as stream:
                files[entry.filename] = stream.read(left + 1)
            left -= len(files[entry.filename])
            if left < 0:
                raise broken(path, f"解压后超过 {_MOST_BYTES >> 20} MB")
    return files

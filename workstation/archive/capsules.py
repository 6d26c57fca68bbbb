"""Writing and reading a case capsule: a sealed bag and its viewer in one signed ZIP file.

The bag is the same as a sealed volume (:mod:`workstation.archive.bags`); its seal names the
capsule, and the viewer beside it knows the seal, so that a reply says what it answers.
"""

import hashlib
import io
import json
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.archive import verify_capsule
from workstation.archive.bags import BagInfo, write_bag
from workstation.atomic_files import write_bytes_atomically
from workstation.errors import WorkstationError

DATA = verify_capsule.BAG + "data/案卷.json"
_STAMP = (2000, 1, 1, 0, 0, 0)
_SECRET_LENGTH = 32


class BrokenCapsuleError(WorkstationError):
    """A capsule is not as it was made."""

    code = "broken_capsule"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key: 32 secret bytes and the public key made from them (RFC 8032 §5.1.5).

    The arithmetic is plain Python and does not hide its timing; the key signs on the bureau's
    own desk and never answers a stranger.
    """

    secret: bytes

    @property
    def public(self) -> bytes:
        """The 32 bytes that everybody may know."""
        number, _ = self._halves()
        return verify_capsule.compressed(verify_capsule.times(number, verify_capsule.BASE))

    def sign(self, message: bytes) -> bytes:
        """Return the signature (64 bytes) on a message (RFC 8032 §5.1.6)."""
        number, prefix = self._halves()
        public = self.public
        nonce = verify_capsule.challenge(prefix, message)
        point = verify_capsule.compressed(verify_capsule.times(nonce, verify_capsule.BASE))
        told = verify_capsule.challenge(point, public, message)
        answer = (nonce + told * number) % verify_capsule.L
        return point + answer.to_bytes(32, "little")

    def _halves(self) -> tuple[int, bytes]:
        digest = hashlib.sha512(self.secret).digest()
        number = int.from_bytes(digest[:32], "little")
        number &= (1 << 254) - 8
        return number | 1 << 254, digest[32:]


def new_signing_key() -> SigningKey:
    """Return a fresh key."""
    return SigningKey(secrets.token_bytes(_SECRET_LENGTH))


def write_capsule(
    target: Path,
    payload: Mapping[str, bytes],
    info: BagInfo,
    viewer: Callable[[str], bytes],
    key: SigningKey,
) -> str:
    """Write a capsule and return its seal; ``viewer`` makes the page for a seal.

    Raises:
        OSError: the place can't be written; what stood there is unchanged.
    """
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="capsule-") as folder:
        bag = Path(folder) / "bag"
        seal = write_bag(bag, payload, info)
        with zipfile.ZipFile(buffer, "w") as archive:
            add_entry(archive, verify_capsule.VIEWER, viewer(seal))
            for path in sorted(path for path in bag.rglob("*") if path.is_file()):
                name = verify_capsule.BAG + path.relative_to(bag).as_posix()
                add_entry(archive, name, path.read_bytes())
            archive.comment = bytes(verify_capsule.COMMENT_LENGTH)
    write_bytes_atomically(target, signed(buffer.getvalue(), key, verify_capsule.CONTEXT))
    return seal


def signed(archive: bytes, key: SigningKey, context: bytes) -> bytes:
    """Return a ZIP file with its comment, so far ``COMMENT_LENGTH`` zeros, signed for a use."""
    content = archive[: -verify_capsule.COMMENT_LENGTH]
    signature = key.sign(context + hashlib.sha256(content).digest())
    return content + verify_capsule.comment_of(key.public, signature)


def read_data(path: Path) -> dict[str, Any]:
    """Return what a capsule says of its case.

    Raises:
        BrokenCapsuleError: it is no capsule, or something in it was changed.
    """
    found = verify_capsule.check(path)
    if found.problems:
        message = f"“{path.name}”没有通过校验：{found.problems[0]}"
        raise BrokenCapsuleError(
            message, hint="请向制作机关重新索取，不要使用来历不明或者被改动的胶囊。"
        )
    with zipfile.ZipFile(path) as archive:
        content: dict[str, Any] = json.loads(archive.read(DATA))
    return content


def add_entry(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file under a fixed date, so that the same content gives the same bytes."""
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)

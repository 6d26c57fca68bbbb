"""Verify a case capsule (案卷胶囊) with nothing but Python's standard library.

This file is copied into every capsule, so that anybody can check one without the program:

    python3 verify_capsule.py FILE

A capsule is a ZIP file whose comment carries an Ed25519 signature (RFC 8032) over every byte
before the comment. Exit status: 0 valid, 1 not valid, 2 wrong usage. Python 3.8 and later.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple  # noqa: UP035

BAG = "案卷包/"
VIEWER = "打开案卷.html"
MANIFEST, TAG_MANIFEST = BAG + "manifest-sha256.txt", BAG + "tagmanifest-sha256.txt"
CONTEXT = b"case-capsule-1\n"
COMMENT_LENGTH = len('{"capsule":1,"key":"","signature":""}') + 64 + 128
_END_LENGTH, _END = 22, b"PK\x05\x06"
_LARGEST = 4 << 30

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, P - 2, P) % P
_ROOT = pow(2, (P - 1) // 4, P)
Point = Tuple[int, int, int, int]  # noqa: UP006


def add(p: Point, q: Point) -> Point:
    """Return the sum of two points in extended coordinates (RFC 8032 §5.1.4)."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * _D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Return a multiple of a point."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def compressed(point: Point) -> bytes:
    """Return the 32 bytes that stand for a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _point(data: bytes) -> Optional[Point]:  # noqa: UP045
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * _ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


_BASE_POINT = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _BASE_POINT is not None  # noqa: S101 - tells the type checker only
BASE = _BASE_POINT


def challenge(*parts: bytes) -> int:
    """Return SHA-512 of the parts as a number below the group's order."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` (64 bytes) is that of ``key`` (32 bytes) on a message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    owner, nonce = _point(key), _point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if owner is None or nonce is None or number >= L:
        return False
    told = challenge(signature[:32], key, message)
    return compressed(times(number, BASE)) == compressed(add(nonce, times(told, owner)))


def fingerprint(key: bytes) -> str:
    """Return the short form of a key that two people compare over the telephone."""
    digest = hashlib.sha256(key).hexdigest()[:24].upper()
    return "-".join(digest[at : at + 4] for at in range(0, 24, 4))


class Checked(NamedTuple):
    """What a check found: the problems, the signer's key and the seal (both may be empty)."""

    problems: List[str]  # noqa: UP006
    key: bytes
    seal: str
    files: int


def check(path: Path) -> Checked:
    """Check a capsule: its signature first, then which of its files are not what they were."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Checked(["不能读取“{}”：{}。".format(path, error.strerror)], b"", "", 0)  # noqa: UP032
    key, signature = signature_of(data)
    if not key:
        return Checked(["不是案卷胶囊，或者文件不完整：末尾没有签名。"], b"", "", 0)
    message = CONTEXT + hashlib.sha256(data[:-COMMENT_LENGTH]).digest()
    problems = []  # type: List[str]
    if not is_signed(key, message, signature):
        problems.append("签名与内容不符：制作之后被改动过。")
    seal, files = _examine(path, problems)
    return Checked(problems, key, seal, files)


def comment_of(key: bytes, signature: bytes) -> bytes:
    """Return the comment that carries a signature; there is only one way to write it."""
    return f'{{"capsule":1,"key":"{key.hex()}","signature":"{signature.hex()}"}}'.encode()


def signature_of(data: bytes) -> Tuple[bytes, bytes]:  # noqa: UP006
    """Return the key and the signature that end a signed ZIP file; empty where there is none."""
    end = len(data) - COMMENT_LENGTH - _END_LENGTH
    comment = data[-COMMENT_LENGTH:]
    if end < 0 or data[end : end + 4] != _END:
        return b"", b""
    try:
        content = json.loads(comment.decode("ascii"))
        key, signature = bytes.fromhex(content["key"]), bytes.fromhex(content["signature"])
    except (ValueError, KeyError, TypeError):
        return b"", b""
    if comment_of(key, signature) != comment:
        return b"", b""
    return key, signature


def _examine(path: Path, problems: List[str]) -> Tuple[str, int]:  # noqa: UP006
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                problems.append("展开后超过 4 GiB，没有打开。")
                return "", 0
            digests = {entry.filename: _digest(archive, entry) for entry in entries}
            manifest = _manifest(archive, MANIFEST)
            tags = _manifest(archive, TAG_MANIFEST)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError):
        problems.append("压缩包的结构已损坏，不能逐个列出被改动的文件。")
        return "", 0
    known = dict(manifest, **tags)
    for name in sorted(known):
        if name not in digests:
            problems.append("缺少文件：" + name)
        elif digests[name] != known[name]:
            problems.append("内容已被改动：" + name)
    others = set(digests) - set(known) - {VIEWER, TAG_MANIFEST}
    problems += ["多出文件：" + name for name in sorted(others)]
    if len(entries) != len(digests):
        problems.append("有重名的文件。")
    if digests.get(VIEWER, "") == "":
        problems.append("内容已被改动：" + VIEWER if VIEWER in digests else "缺少文件：" + VIEWER)
    return digests.get(TAG_MANIFEST, ""), len(digests)


def _digest(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Return the SHA-256 of an entry; empty where it can't be read back."""
    digest = hashlib.sha256()
    try:
        with archive.open(entry) as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                digest.update(chunk)
    except Exception:  # noqa: BLE001 - zlib, zipfile and struct each raise their own
        return ""
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile, name: str) -> Dict[str, str]:  # noqa: UP006
    try:
        text = archive.read(name).decode("utf-8")
    except Exception:  # noqa: BLE001 - an unreadable manifest is told by its own digest
        return {}
    pairs = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {BAG + file: digest for digest, file in pairs}


def main(arguments: List[str]) -> int:  # noqa: UP006
    """Run the check from the command line; see the module's text."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python3 verify_capsule.py 案卷胶囊.zip\n")
        return 2
    found = check(Path(arguments[0]))
    for problem in found.problems:
        sys.stdout.write(problem + "\n")
    if found.problems:
        sys.stdout.write("校验未通过。\n")
        return 1
    told = "校验通过：共" + str(found.files) + "个文件。签名密钥指纹 " + fingerprint(found.key)
    sys.stdout.write(told + "，请与制作机关核对。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Verify a sealed volume with nothing but Python's standard library.

This file is copied into every package, so that anybody can check the volume years later:

    python3 verify_volume.py FOLDER

It accepts exactly what the package lists (BagIt 1.0, RFC 8493, with a closed list of files) and
names every file that is missing, changed, added, renamed or replaced by a link.
Exit status: 0 valid, 1 not valid, 2 wrong usage. Runs on Python 3.8 and later.
"""

import hashlib
import os
import sys
import unicodedata
from pathlib import Path
from typing import Dict, List, Tuple  # noqa: UP035

TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_CHUNK = 1 << 20


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def seal_of(bag: Path) -> str:
    """Return the digest that stands for the whole package: that of its tag manifest."""
    return digest_of(bag / "tagmanifest-sha256.txt")


def verify(bag: Path) -> Tuple[List[str], int]:  # noqa: UP006
    """Return the problems found (empty when the package is whole) and the number of files read."""
    if not bag.is_dir():
        return [f"“{bag}”不是案卷包文件夹。"], 0
    missing = [name for name in TAG_FILES if not (bag / name).is_file()]
    if missing:
        return [f"缺少{'、'.join(missing)}，不是完整的案卷包。"], 0
    problems = []  # type: List[str]
    if (bag / "bagit.txt").read_bytes() != DECLARATION:
        problems.append("bagit.txt 的声明与 BagIt 1.0 不符。")
    tags = _read_manifest(bag / "tagmanifest-sha256.txt", problems)
    payload = _read_manifest(bag / "manifest-sha256.txt", problems)
    if sorted(tags) != sorted(TAG_FILES[:3]):
        problems.append("tagmanifest-sha256.txt 所列文件与规定不符。")
    present = _present_files(bag, problems)
    listed = set(payload) | set(TAG_FILES)
    problems += [f"多出文件：{name}" for name in sorted(present - listed)]
    problems += [f"缺少文件：{name}" for name in sorted(listed - present)]
    _check_names(listed, problems)
    expected = dict(tags, **payload)
    checked = sorted(name for name in expected if name in present)
    problems += [
        f"内容已被改动：{name}" for name in checked if digest_of(bag / name) != expected[name]
    ]
    _check_oxum(bag, payload, problems)
    return problems, len(checked)


def _read_manifest(path: Path, problems: List[str]) -> Dict[str, str]:  # noqa: UP006
    entries = {}  # type: Dict[str, str]
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        problems.append(f"{path.name} 不是 UTF-8 文本。")
        return entries
    if text and not text.endswith("\n"):
        problems.append(f"{path.name} 末行不完整。")
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        well_formed = len(digest) == 64 and not set(digest) - set("0123456789abcdef")
        escapes = name.startswith("/") or "\\" in name or ".." in name.split("/")
        if not well_formed or not name or escapes or name in entries:
            problems.append(f"{path.name} 中有不合规的一行：{line}")
        else:
            entries[name] = digest
    return entries


def _present_files(bag: Path, problems: List[str]) -> set:  # type: ignore[type-arg]  # noqa: UP006
    present = set()
    for folder, folders, files in os.walk(str(bag)):
        for name in sorted(folders + files):
            path = Path(folder) / name
            relative = unicodedata.normalize("NFC", path.relative_to(bag).as_posix())
            if path.is_symlink():
                problems.append(f"不允许使用链接：{relative}")
            elif name in files:
                present.add(relative)
    return present


def _check_names(names: set, problems: List[str]) -> None:  # type: ignore[type-arg]  # noqa: UP006
    folded = {}  # type: Dict[str, str]
    for name in sorted(names):
        key = unicodedata.normalize("NFC", name).casefold()
        if key in folded:
            problems.append(f"文件名重复（不分大小写）：{name}")
        folded[key] = name


def _check_oxum(bag: Path, payload: Dict[str, str], problems: List[str]) -> None:  # noqa: UP006
    declared = ""
    for line in (bag / "bag-info.txt").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("Payload-Oxum: "):
            declared = line[len("Payload-Oxum: ") :]
    files = [bag / name for name in payload if (bag / name).is_file()]
    actual = f"{sum(f.stat().st_size for f in files)}.{len(files)}"
    if declared != actual:
        problems.append(f"文件总量与登记不符（登记{declared}，实为{actual}）。")


def main(arguments: List[str]) -> int:  # noqa: UP006
    """Run the check from the command line; see the module's text."""
    if len(arguments) != 1:
        sys.stderr.write("用法：python3 verify_volume.py 案卷包文件夹\n")
        return 2
    problems, checked = verify(Path(arguments[0]))
    for problem in problems:
        sys.stdout.write(problem + "\n")
    if problems:
        sys.stdout.write(f"校验未通过：共{len(problems)}处问题。\n")
        return 1
    seal = seal_of(Path(arguments[0]))
    sys.stdout.write(f"校验通过：共{checked}个文件，与封卷时完全一致。封卷摘要 {seal}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

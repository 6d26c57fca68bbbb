"""How large a file of law may be, and the refusal of what is larger or broken."""

from pathlib import Path
from typing import NoReturn

from workstation.errors import WorkstationError

MOST_BYTES = 64 << 20
MOST_UNPACKED = 48 << 20
MOST_PARAGRAPHS = 60_000
MOST_CHARACTERS = 8_000_000
# A whole code of law pasted without breaks is below; what parses a line is not made for more.
MOST_LINE = 400_000


class UnreadableFileError(WorkstationError):
    """A file whose text can't be had: damaged, protected, empty, or over a bound."""

    code = "unreadable_file"


def refuse_too_big(path: Path, what: str) -> NoReturn:
    """Refuse a file that is over a bound.

    Raises:
        UnreadableFileError: always.
    """
    raise UnreadableFileError(
        f"“{path.name}”过大，没有读取：{what}。",
        hint="一部法规的文本远小于此；请核对文件，或者只保留法规正文另存后再导入。",
    )


def refuse_damaged(path: Path, cause: BaseException | None = None) -> NoReturn:
    """Refuse a file that is not what its name says.

    Raises:
        UnreadableFileError: always.
    """
    raise UnreadableFileError(
        f"“{path.name}”已损坏，或者不是其扩展名所说的格式。",
        hint="请用 Word 或 WPS 打开核对，另存为 .docx 后再导入。",
    ) from cause

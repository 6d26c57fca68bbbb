"""Reading the procedure's data files with errors that name file and entry."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from workstation.procedure.errors import ProcedureDataError

Table = Mapping[str, Any]
Record = TypeVar("Record")
Arguments = ParamSpec("Arguments")
_HINT = "请按所指条目改正该数据文件，或删除本局自有的文件以恢复程序自带的版本。"


def read_table(path: Path) -> Table:
    """Return the TOML table in ``path``, to be read only; one text is parsed once.

    Raises:
        ProcedureDataError: it can't be read or is not TOML.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"读不了数据文件“{path}”：{error.strerror}。"
        raise ProcedureDataError(message, hint=_HINT) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"数据文件“{path}”不是有效的 TOML（UTF-8）：{error}。"
        raise ProcedureDataError(message, hint=_HINT) from error


@lru_cache(maxsize=128)
def _parsed(text: str) -> Table:
    return tomllib.loads(text)


def convert(
    path: Path,
    entry: str,
    build: Callable[Arguments, Record],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Record:
    """Return what ``build`` makes of its arguments, naming file and entry when it can't.

    Raises:
        ProcedureDataError: a key is missing or a value is of the wrong kind.
    """
    try:
        return build(*args, **kwargs)
    except KeyError as error:
        message = f"数据文件“{path}”中“{entry}”缺少 {error.args[0]}。"
        raise ProcedureDataError(message, hint=_HINT) from error
    except (TypeError, ValueError, ArithmeticError) as error:
        message = f"数据文件“{path}”中“{entry}”的取值不对：{error}。"
        raise ProcedureDataError(message, hint=_HINT) from error


def check_new(path: Path, entry: str, known: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse an entry that another data file has already.

    Raises:
        ProcedureDataError: ``known`` is True.
    """
    if known:
        message = f"数据文件“{path}”中的“{entry}”在别的文件中已经有了。"
        raise ProcedureDataError(message, hint=_HINT)


def words(value: object) -> tuple[str, ...]:
    """Return a list of strings from data.

    Raises:
        TypeError: it is anything else.
    """
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        message = f"应为字符串列表：{value!r}"
        raise TypeError(message)
    return tuple(value)


def day(value: object) -> date:
    """Return a date from data.

    Raises:
        TypeError: it is not a TOML date.
    """
    if type(value) is not date:
        message = f"应为日期：{value!r}"
        raise TypeError(message)
    return value

"""The Jinja environment of templates: sandboxed, strict about names, without loaders.

A clerk may edit templates, so they reach plain data and the filters below and nothing else.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from typing_extensions import override

from workstation.data_files import overlay
from workstation.documents.filters import filters
from workstation.errors import DataFileError

_MAX_REPEAT = 2000
# Of Jinja's own filters only those that compute with data. The others escape or unescape by
# themselves, format without a limit, or fetch attributes by name.
_KEPT_FILTERS = frozenset(
    [
        *("abs", "batch", "count", "d", "default", "dictsort", "first", "float", "groupby", "int"),
        *("items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject"),
        *("rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort"),
        *("string", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount"),
    ]
)
_KEPT_GLOBALS = frozenset({"range", "namespace"})


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which a key of a dictionary wins over its methods (``f.items``)."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False)
        self._expressions: dict[str, TemplateExpression] = {}
        self._texts: dict[str, Template] = {}

    def expression(self, source: str) -> TemplateExpression:
        """Return a compiled expression; it is compiled once."""
        found = self._expressions.get(source)
        if found is None:
            found = self.compile_expression(source, undefined_to_none=False)
            self._expressions[source] = found
        return found

    def text(self, source: str) -> Template:
        """Return a compiled text with tags; it is compiled once."""
        found = self._texts.get(source)
        if found is None:
            found = self._texts[source] = self.from_string(source)
        return found

    @override
    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)

    @override
    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for value, other in ((left, right), (right, left)):
            long = isinstance(value, (str, list, tuple))
            if long and isinstance(other, int) and other > _MAX_REPEAT:
                message = "重复次数过多"
                raise SecurityError(message)
        if operator == "%" and isinstance(left, str):
            message = "模板不支持格式化文字"
            raise SecurityError(message)
        if operator == "**":
            message = "模板不支持乘方"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)


def make_environment(titles: Mapping[str, str]) -> TemplateEnvironment:
    """Return an environment with the filters of documents; it escapes nothing by itself."""
    environment = TemplateEnvironment()
    kept = {name: environment.filters[name] for name in _KEPT_FILTERS}
    environment.filters = kept | dict(filters(titles))
    environment.globals = {name: environment.globals[name] for name in _KEPT_GLOBALS}
    return environment


def load_titles(home: Path | None = None) -> Mapping[str, str]:
    """Return short titles of law with their full ones, from ``statutes/titles.toml``.

    Raises:
        DataFileError: the file is malformed.
    """
    return _read_titles(overlay("statutes/titles.toml", home))


@lru_cache(maxsize=4)
def _read_titles(path: Path) -> Mapping[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {short: full for group in table.values() for short, full in group.items()}
    except (tomllib.TOMLDecodeError, AttributeError) as error:
        raise DataFileError(
            f"法规名称表 {path.name} 有误：{error}。", hint="请对照程序自带的 titles.toml 改正。"
        ) from error

"""What the tags of a template say, checked one by one without evaluating anything.

Tags are only parsed; a fault names the tag's own place. A template from outside can therefore be
checked whole before any of it runs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from workstation.documents.annexes import ANNEX
from workstation.documents.docx_package import W
from workstation.documents.form_records import FormDefinition
from workstation.documents.sandbox import TemplateEnvironment
from workstation.documents.template_faults import FaultKind, FaultSink
from workstation.documents.template_tags import HAS_PICTURE, MARKER, TagKind, TemplateTag

CONTEXT_NAMES = frozenset(
    [
        "f",
        "agency",
        "case",
        "party",
        "officers",
        "people",
        "matter",
        "document",
        "issued",
        "issued_all",
        "corrected",
        "evidence",
        "deliveries",
        "deadlines",
        "hearing",
        "catalogue",
        "volume",
        "pictures",
        ANNEX,
    ]
)
_LONGEST_TAG = 2000
_CALLED = frozenset({"range", "namespace", HAS_PICTURE})
_METHODS = frozenset({"get", "items", "keys", "values", "cycle", "changed"})
_WORD = re.compile(r"[a-z]+")
_EXPECTED = re.compile(r"expected token '(.+?)', got '(.+?)'")
_UNEXPECTED_CHARACTER = re.compile(r"unexpected char '(.+?)' at")
_UNEXPECTED = re.compile(r"unexpected '(.+?)'")
_CLOSED_BY = {"if": "endif", "for": "endfor"}
_OPENED_BY = {"endif": "if", "endfor": "for", "elif": "if", "else": "if"}
_SYNTAX_FIX = "对照程序自带模板中同类标签改写；标签内须用半角英文标点。"
_UNSAFE_FIX = "删除这个标签；模板只能取用栏目和案件数据，不能调用程序。"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRules:
    """What tags may refer to: the form's fields, filters, and the data of a sample case.

    ``sample`` is a context; without one the names under ``agency``, ``party`` … are not checked.
    """

    form: FormDefinition
    environment: TemplateEnvironment
    sample: Mapping[str, Any]


def check_tags(tags: Sequence[TemplateTag], rules: TagRules, sink: FaultSink) -> frozenset[str]:
    """Check what every tag says; return the fields they print or test.

    Raises:
        TemplateError: the first fault, when the sink doesn't gather.
    """
    parsed = [(tag, _parse(tag, rules.environment, sink)) for tag in tags]
    trees = [(tag, tree) for tag, tree in parsed if tree is not None]
    assigned = {name for _, tree in trees for name in _assigned(tree)}
    fields: set[str] = set()
    for tag, tree in trees:
        _TagCheck(tag, rules, sink, fields).check(tree, assigned)
    return frozenset(fields)


def check_structure(root: etree._Element, tags: Sequence[TemplateTag], sink: FaultSink) -> None:
    """Check that if and for are closed, nest, and begin and end in one cell, row or paragraph.

    Raises:
        TemplateError: the first fault, when the sink doesn't gather.
    """
    opened: list[tuple[str, TemplateTag, etree._Element | None]] = []
    for marker in root.iter(MARKER):
        tag = tags[int(str(marker.get("i")))]
        match = _WORD.match(tag.inner) if tag.kind is TagKind.STATEMENT else None
        word = match[0] if match else ""
        if word in _CLOSED_BY:
            opened.append((word, tag, marker.getparent()))
        elif word in _OPENED_BY:
            _check_closing(word, tag, marker.getparent(), opened, sink)
    for word, tag, _ in opened:
        shown = _shown(tag)
        sink.report(
            FaultKind.CONTROL,
            tag.place,
            f"{shown}没有结束",
            f"在管辖的内容之后补上 {{% {_CLOSED_BY[word]} %}}。",
            tag.inner,
        )


def _check_closing(
    word: str,
    tag: TemplateTag,
    parent: etree._Element | None,
    opened: list[tuple[str, TemplateTag, etree._Element | None]],
    sink: FaultSink,
) -> None:
    shown = _shown(tag)
    if not opened:
        opening = _OPENED_BY[word]
        fix = f"删除它，或在前面补上 {{% {opening} … %}}。"
        sink.report(FaultKind.CONTROL, tag.place, f"{shown}前面没有 {opening}", fix, tag.inner)
        return
    begun, opener, container = opened[-1]
    fits = word == _CLOSED_BY[begun] or word == "else" or _OPENED_BY[word] == begun
    if not fits:
        what = f"{shown}与{opener.place}的{_shown(opener)}交错"
        fix = f"先用 {{% {_CLOSED_BY[begun]} %}} 结束内层，再结束外层。"
        sink.report(FaultKind.CONTROL, tag.place, what, fix, tag.inner)
    elif not _stand_alike(container, parent):
        what = f"{shown}与{opener.place}的{_shown(opener)}不在同一段、同一格或同一层"
        fix = "让开始和结束都单独成段（或单独成行），或都写在同一段之内。"
        sink.report(FaultKind.CONTROL, tag.place, what, fix, tag.inner)
    if word in {"endif", "endfor"}:
        matching = next(
            (n for n in range(len(opened) - 1, -1, -1) if _closes(word, opened[n][0])), -1
        )
        del opened[matching]


def _stand_alike(first: etree._Element | None, second: etree._Element | None) -> bool:
    """Tell whether leaving out what lies between two markers leaves whole paragraphs."""
    if first is None or second is None or first is second:
        return first is second
    paragraphs = first.tag == second.tag == W + "p"
    return paragraphs and first.getparent() is second.getparent()


def _closes(word: str, opener: str) -> bool:
    return _CLOSED_BY[opener] == word


def _shown(tag: TemplateTag) -> str:
    inner = tag.inner if len(tag.inner) <= 40 else f"{tag.inner[:40]}…"
    return f"“{{% {inner} %}}”" if tag.kind is TagKind.STATEMENT else f"“{{{{ {inner} }}}}”"


def _parse(
    tag: TemplateTag, environment: TemplateEnvironment, sink: FaultSink
) -> nodes.Template | None:
    if len(tag.inner) > _LONGEST_TAG:
        sink.report(FaultKind.UNSAFE, tag.place, "标签过长", _UNSAFE_FIX, tag.inner[:24])
        return None
    source = _standing_alone(tag)
    if not source:
        return None
    try:
        return environment.parse(source)
    except (TemplateSyntaxError, RecursionError) as error:
        reason = _reason(error.message or "") if isinstance(error, TemplateSyntaxError) else "过深"
        what = f"{_shown(tag)}写法有误：{reason}"
        sink.report(FaultKind.TAG, tag.place, what, _SYNTAX_FIX, tag.inner[:24])
        return None


def _standing_alone(tag: TemplateTag) -> str:
    if tag.kind is not TagKind.STATEMENT:
        return f"{{{{ ({tag.inner}) }}}}" if tag.inner else ""
    word = _WORD.match(tag.inner)
    match word[0] if word else "":
        case "if":
            return f"{{% {tag.inner} %}}{{% endif %}}"
        case "for":
            return f"{{% {tag.inner} %}}{{% endfor %}}"
        case "elif":
            return f"{{% if true %}}{{% {tag.inner} %}}{{% endif %}}"
        case "set":
            return f"{{% {tag.inner} %}}"
        case _:
            return ""


def _reason(message: str) -> str:
    match = _EXPECTED.search(message)
    if match:
        return f"此处应为“{_token(match[1])}”，却是“{_token(match[2])}”"
    match = _UNEXPECTED_CHARACTER.search(message)
    if match:
        return f"有不能识别的字符“{match[1]}”"
    match = _UNEXPECTED.search(message)
    return f"多出“{match[1]}”" if match else "没有写完整"


def _token(name: str) -> str:
    return {
        "end of print statement": "标签结束",
        "end of statement block": "标签结束",
        "end of template": "标签结束",
        "integer": "数字",
        "string": "文字",
        "name": "名称",
    }.get(name, name)


def _assigned(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Name):
        if node.ctx in {"store", "param"}:
            yield node.name


class _TagCheck:
    """The checks of one tag."""

    def __init__(
        self, tag: TemplateTag, rules: TagRules, sink: FaultSink, fields: set[str]
    ) -> None:
        self._tag = tag
        self._rules = rules
        self._sink = sink
        self._fields = fields

    def check(self, tree: nodes.Template, assigned: set[str]) -> None:
        """Check names, fields, filters and calls."""
        environment = self._rules.environment
        known = assigned | CONTEXT_NAMES | set(environment.globals) | {"loop", HAS_PICTURE}
        loaded = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"}
        for name in sorted(loaded - known):
            close = _suggestion(name, known)
            self._report(FaultKind.DATA, f"没有名为“{name}”的数据", close)
        for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
            self._access(cast("nodes.Getattr | nodes.Getitem", node), assigned)
        self._filters(tree)
        for call in tree.find_all(nodes.Call):
            self._call(call)
        if any(loop.recursive for loop in tree.find_all(nodes.For)):
            self._report(FaultKind.UNSAFE, "不支持递归的循环", _UNSAFE_FIX)

    def _report(self, kind: FaultKind, what: str, fix: str) -> None:
        place, near = self._tag.place, self._tag.inner[:24]
        self._sink.report(kind, place, f"{_shown(self._tag)}：{what}", fix, near)

    def _filters(self, tree: nodes.Template) -> None:
        environment = self._rules.environment
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            known: Iterable[str] = environment.filters
            kind = "过滤器"
            if isinstance(node, nodes.Test):
                known, kind = environment.tests, "判断"
            if node.name not in known:
                close = _suggestion(node.name, known)
                self._report(FaultKind.TAG, f"没有名为“{node.name}”的{kind}", close)

    def _call(self, call: nodes.Call) -> None:
        target = call.node
        if isinstance(target, nodes.Name) and target.name in _CALLED:
            return
        if isinstance(target, nodes.Getattr) and target.attr in _METHODS:
            return
        self._report(FaultKind.UNSAFE, "不许调用函数", _UNSAFE_FIX)

    def _access(self, node: nodes.Getattr | nodes.Getitem, assigned: set[str]) -> None:
        key = _key(node)
        if isinstance(key, str) and key.startswith("_"):
            self._report(FaultKind.UNSAFE, f"不许取用“{key}”", _UNSAFE_FIX)
            return
        path = _path(node)
        if not path or path[0] in assigned or len(path) < 2:
            return
        if path[0] in {"f", ANNEX}:
            self._field(path[1])
        else:
            self._datum(path)

    def _field(self, name: str) -> None:
        form = self._rules.form
        if form.field(name) is not None:
            self._fields.add(name)
        elif not hasattr(dict, name):
            labels = {field.label: field.name for field in form.fields}
            close = f"应写 f.{labels[name]}。" if name in labels else ""
            names = [field.name for field in form.fields]
            fix = close or _suggestion(name, names, "栏目")
            self._report(FaultKind.FIELD, f"本文书没有名为“{name}”的栏目", fix)

    def _datum(self, path: tuple[str, ...]) -> None:
        value: Any = self._rules.sample
        for key in path:
            if not isinstance(value, dict) or not value or hasattr(dict, key):
                return
            if key in value:
                value = value[key]
                continue
            # Facts and papers read as empty where nothing was recorded: their keys are open.
            if type(value) is dict and value is not self._rules.sample:
                close = _suggestion(key, value)
                self._report(FaultKind.DATA, f"没有名为“{'.'.join(path)}”的数据", close)
            return


def _key(node: nodes.Getattr | nodes.Getitem) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _path(node: nodes.Expr) -> tuple[str, ...]:
    """Return the names of ``a.b["c"]``; empty where one of them isn't known."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        before, key = _path(node.node), _key(node)
        return (*before, key) if before and isinstance(key, str) else ()
    return ()


def _suggestion(name: str, known: Iterable[str], what: str = "") -> str:
    close = get_close_matches(name, list(known), n=1)
    if close:
        return f"是否应为“{close[0]}”？"
    return f"请在《表单语言》或导出的模板中查对可用的{what or '名称'}。"

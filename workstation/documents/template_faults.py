"""What is wrong with a template: where, what, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from workstation.documents.form_records import TemplateError

_HINT = "请在模板中改正该处后重新导入；也可移走本局自有模板，恢复使用程序自带模板。"


class FaultKind(StrEnum):
    """The families of faults; the value is shown."""

    FILE = "文件"
    BRACES = "花括号"
    TAG = "标签写法"
    CONTROL = "条件与循环"
    FIELD = "栏目"
    DATA = "数据"
    REQUIRED = "必填栏目"
    UNSUPPORTED = "不支持的格式"
    GLYPH = "缺字形"
    UNSAFE = "不安全"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """One fault; ``near`` is the text around it, so that it can be found with Ctrl+F in Word."""

    kind: FaultKind
    place: str
    what: str
    fix: str
    near: str = ""

    @property
    def message(self) -> str:
        """Place and fault in one sentence."""
        return f"{self.place}：{self.what}。"

    def as_json(self) -> dict[str, str]:
        """Return the fault as the command line and the child process print it."""
        return {
            "kind": self.kind.value,
            "place": self.place,
            "what": self.what,
            "fix": self.fix,
            "near": self.near,
        }


class FaultSink:
    """Takes faults: raises the first one, or gathers them all."""

    def __init__(self, *, gathers: bool = False) -> None:
        self._gathers = gathers
        self.faults: list[TemplateFault] = []

    def report(
        self, kind: FaultKind, place: str, what: str, fix: str = "", near: str = ""
    ) -> None:
        """Take one fault.

        Raises:
            TemplateError: faults are not gathered.
        """
        if not self._gathers:
            raise template_error(place, f"{what}。")
        fault = TemplateFault(kind=kind, place=place, what=what, fix=fix or _HINT, near=near)
        if fault not in self.faults:
            self.faults.append(fault)


def template_error(place: str, problem: str) -> TemplateError:
    """Return the error about one place of a template."""
    return TemplateError(f"文书模板{place}：{problem}", hint=_HINT)

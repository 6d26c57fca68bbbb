"""The child process that handles templates from outside, within limits of time and memory.

Reads requests from standard input, writes answers to standard output (``filling_process`` is the
other end). What it reads comes from the program itself; what it answers is JSON and bytes, so
that nothing a template could make of this process is ever executed by the other.
"""

import json
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from workstation.child_processes import (
    limit_this_process,
    messages,
    received,
    send,
    set_alarm,
)
from workstation.documents.docx_package import DocxPackage
from workstation.documents.field_values import complete_values
from workstation.documents.filling import FormFiller
from workstation.documents.form_records import FormDefinition
from workstation.documents.template_lint import LintRules, lint_template
from workstation.errors import WorkstationError

# A filled form has some 100 KiB; what is much larger would stop the layout for minutes.
MOST_OUTPUT = 4 * 1024 * 1024
_MEMORY = 512 * 1024 * 1024
_HINT = "请检查模板中的循环和运算；可以先恢复使用程序自带模板。"

Answer = tuple[dict[str, Any], list[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One piece of work: ``work`` is fill, complete or lint; ``seconds`` ends the process."""

    work: str
    form: FormDefinition
    context: Mapping[str, Any]
    given: Mapping[str, Any]
    pictures: Mapping[str, bytes]
    template: bytes
    seconds: float


def main() -> int:
    """Serve until standard input ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # Nothing but answers may reach the other end.
    sys.stdout = sys.stderr
    filler: FormFiller = pickle.loads(received(source))  # noqa: S301 from our own parent process
    limit_this_process(_MEMORY)
    for message in messages(source):
        request: Request = pickle.loads(message)  # noqa: S301 from our own parent process
        set_alarm(request.seconds)
        head, parts = _answer(filler, request)
        set_alarm(0)
        head["sizes"] = [len(part) for part in parts]
        send(target, json.dumps(head, ensure_ascii=False).encode("utf-8", "replace"))
        for part in parts:
            target.write(part)
        target.flush()
    return 0


def _answer(filler: FormFiller, request: Request) -> Answer:
    try:
        return _WORKS[request.work](filler, request)
    except WorkstationError as error:
        return {"error": error.as_json()}, []
    except MemoryError:
        return _failure("模板占用的内存超过限额，已停止填写。"), []
    except Exception as error:  # noqa: BLE001 whatever a template brings about is its own fault
        return _failure(f"模板无法填写（{type(error).__name__}）。"), []


def _failure(message: str) -> dict[str, Any]:
    return {"error": {"code": "template_error", "message": message, "hint": _HINT}}


def _fill(filler: FormFiller, request: Request) -> Answer:
    package = filler.fill(request.form, request.context, request.pictures)
    parts = list(package.parts.items())
    if sum(len(data) for _, data in parts) > MOST_OUTPUT + len(request.form.own_docx or b""):
        return _failure("模板填出的文书过大，已停止填写。"), []
    return {"names": [name for name, _ in parts]}, [data for _, data in parts]


def _complete(filler: FormFiller, request: Request) -> Answer:
    done = complete_values(request.form, request.context, request.given, filler.environment)
    return {
        "values": {name: encoded(value) for name, value in done.values.items()},
        "missing": list(done.missing),
        "problems": done.problems,
        "defaulted": sorted(done.defaulted),
    }, []


def _lint(filler: FormFiller, request: Request) -> Answer:
    rules = LintRules(
        form=request.form,
        environment=filler.environment,
        shipped=_shipped(filler, request.form),
        sample=request.context,
    )
    return {"faults": [f.as_json() for f in lint_template(request.template, rules)]}, []


def _shipped(filler: FormFiller, form: FormDefinition) -> DocxPackage:
    return filler.template(replace(form, own_docx=None))


_WORKS = {"fill": _fill, "complete": _complete, "lint": _lint}


def encoded(value: Any) -> Any:
    """Return a field value as JSON can carry it; amounts as ``{"decimal": text}``."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, list | tuple):
        return [encoded(item) for item in value]
    if isinstance(value, dict):
        return {"mapping": {str(key): encoded(item) for key, item in value.items()}}
    return value if isinstance(value, bool | int | float) else str(value)


def decoded(value: Any) -> Any:
    """Return what :func:`encoded` was given."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if isinstance(value, dict):
        if "decimal" in value:
            return Decimal(value["decimal"])
        return {key: decoded(item) for key, item in value["mapping"].items()}
    return value


if __name__ == "__main__":
    sys.exit(main())

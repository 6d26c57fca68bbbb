"""Filling templates safely: what came with the program here, everything else in a child process.

A template a clerk has edited is somebody's file. The sandbox keeps it from reaching anything but
data; the child process keeps it from taking the program's time and memory. Shipped templates are
part of the program, reviewed with it, and take the short way.
"""

import json
import pickle
from collections.abc import Mapping
from threading import Lock
from typing import IO, Any

from workstation.child_processes import ChildEndedError, ChildProcess, exactly, received
from workstation.documents.docx_package import DocxPackage, open_package
from workstation.documents.field_values import CompletedValues, complete_values
from workstation.documents.filling import FormFiller
from workstation.documents.filling_worker import Request, decoded
from workstation.documents.form_records import FormDefinition, TemplateError
from workstation.documents.template_faults import FaultKind, TemplateFault

SECONDS = 5.0
_WORKER = "workstation.documents.filling_worker"
_HINT = "请检查模板中的循环和运算；可以先恢复使用程序自带模板。"


class TemplateStoppedError(TemplateError):
    """A template took too long or too much; the child process that filled it was ended."""

    code = "template_stopped"


class SafeFiller:
    """Fills forms, each in the place it is trusted in; safe to call from any thread."""

    def __init__(self, filler: FormFiller, seconds: float = SECONDS) -> None:
        self._filler = filler
        self._process = _FillingProcess(filler, seconds)

    def template(self, form: FormDefinition) -> DocxPackage:
        """Return the form's template; see :meth:`FormFiller.template`."""
        return self._filler.template(form)

    def complete(
        self, form: FormDefinition, context: Mapping[str, Any], given: Mapping[str, Any]
    ) -> CompletedValues:
        """Complete the values given for a form; see :func:`complete_values`.

        Raises:
            TemplateError: a default of the form can't be evaluated.
        """
        if not form.is_own:
            return complete_values(form, context, given, self._filler.environment)
        head, _ = self._process.ask("complete", form, context=context, given=given)
        return CompletedValues(
            values={name: decoded(value) for name, value in head["values"].items()},
            missing=tuple(head["missing"]),
            problems=dict(head["problems"]),
            defaulted=frozenset(head["defaulted"]),
        )

    def fill(
        self,
        form: FormDefinition,
        context: Mapping[str, Any],
        pictures: Mapping[str, bytes] | None = None,
    ) -> DocxPackage:
        """Return the filled document; see :meth:`FormFiller.fill`.

        Raises:
            TemplateError: a tag can't be evaluated; the message names its place.
            TemplateStoppedError: the template took too long or too much memory.
        """
        if not form.is_foreign:
            return self._filler.fill(form, context, pictures)
        head, parts = self._process.ask("fill", form, context=context, pictures=pictures or {})
        return DocxPackage(dict(zip(head["names"], parts, strict=True)))

    def lint(
        self, form: FormDefinition, template: bytes, sample: Mapping[str, Any]
    ) -> tuple[TemplateFault, ...]:
        """Return every fault of a template from outside, without evaluating anything of it.

        Raises:
            TemplateStoppedError: the file can't be read in time.
        """
        head, _ = self._process.ask("lint", form, context=sample, template=template)
        return tuple(
            TemplateFault(**{**fault, "kind": FaultKind(fault["kind"])})
            for fault in head["faults"]
        )

    def close(self) -> None:
        """End the child process."""
        self._process.close()


class _FillingProcess:
    """One warm child process, started at the first need and again after it was ended."""

    def __init__(self, filler: FormFiller, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._child = ChildProcess("-m", _WORKER, greeting=lambda: pickle.dumps(filler))

    def ask(
        self,
        work: str,
        form: FormDefinition,
        *,
        context: Mapping[str, Any],
        given: Mapping[str, Any] | None = None,
        pictures: Mapping[str, bytes] | None = None,
        template: bytes = b"",
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Let the child do one piece of work and return its answer."""
        request = Request(
            work=work,
            form=form,
            context=context,
            given=given or {},
            pictures=pictures or {},
            template=template,
            seconds=self._seconds,
        )
        with self._lock:
            try:
                head, parts = self._child.ask(pickle.dumps(request), self._seconds, _receive)
            except ChildEndedError as ended:
                raise _stopped(self._seconds, timed_out=ended.timed_out) from ended
        error = head.get("error")
        if error:
            raise TemplateError(str(error["message"]), hint=str(error["hint"]))
        return head, parts

    def close(self) -> None:
        """End the child process, if there is one."""
        with self._lock:
            self._child.close()


def _receive(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    head: dict[str, Any] = json.loads(received(source))
    return head, [exactly(source, size) for size in head["sizes"]]


def _stopped(seconds: float, *, timed_out: bool) -> TemplateStoppedError:
    if not timed_out:
        return TemplateStoppedError("模板占用的内存过多，已停止填写。", hint=_HINT)
    message = f"模板超过{seconds:g}秒没有填完，已停止填写。"
    return TemplateStoppedError(message, hint=_HINT)


def normalised(template: bytes) -> bytes:
    """Return a template as it is kept: the same parts always give the same bytes and digest.

    Raises:
        DamagedDocxError: it is no .docx that can be opened safely.
    """
    return open_package(template).to_bytes()

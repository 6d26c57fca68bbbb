"""Hostile templates: none runs, none hangs, each is refused in Chinese.

Every payload is tried twice: the check must name it, and filling it unchecked must fail too.
"""

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.broken_templates import SAMPLE, form, sound, text
from tests.form_samples import filler
from workstation.documents.docx_package import DOCUMENT_PART, DamagedDocxError
from workstation.documents.filling_process import SafeFiller, normalised
from workstation.documents.form_records import TemplateError

pytestmark = pytest.mark.xdist_group("filling_process")
SECONDS = 2.0
CONTEXT = SAMPLE | {"f": {"facts": "甲", "items": [{"name": "乙"}], "name": "丙", "fine": 1}}
HAN = range(0x4E00, 0xA000)

# Refused by the check: they reach for the program.
REACHING = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ f.__class__.__init__.__globals__ }}",
    "{{ f['__class__'] }}",
    "{{ f.items.__globals__ }}",
    "{{ f|attr('__class__') }}",
    "{{ [f]|map(attribute='__class__')|list|attr('x') }}",
    "{{ cycler.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "{{ self.__init__ }}",
    "{{ lipsum.__globals__['os'].system('touch CANARY') }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ range.__self__ }}",
    "{{ config.items() }}",
    "{{ joiner() }}",
    "{{ dict(a=1) }}",
    "{{ '{0.__class__}'.format(f) }}",
    "{{ '%s'|format(f) }}",
    "{{ f.name.format_map(f) }}",
    "{{ f.facts.encode('utf-16') }}",
    "{{ f.items.append(1) }}",
    "{{ f.update({'a': 1}) }}",
    "{{ f.clear() }}",
    "{% set x = f.pop('facts') %}",
    "{{ (1).__add__ }}",
    "{{ f.name|safe }}",
    "{{ f.name|xmlattr }}",
    "{{ f.name|tojson }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% macro a() %}{{ a() }}{% endmacro %}",
    "{% call f.facts() %}{% endcall %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% for x in f.items recursive %}{{ loop(f.items) }}{% endfor %}",
    "{{ loop(f.items) }}",
    "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    "{{ " + "a" * 5000 + " }}",
)
# Sound to look at: they take time or memory, or fail where they are computed.
LOOPS = "{% for a in range(99999) %}"
DOUBLED = (
    "{% set n = namespace(a=START) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}"
)
GREEDY = (
    f"{LOOPS}{LOOPS}{LOOPS}{'{% endfor %}' * 3}",
    "{{ range(10**9)|list|length }}",
    "{{ range(999999999)|list }}",
    "{{ 'a' * 999999999 }}",
    "{{ f.name * 99999 }}",
    "{{ [1] * 99999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ f.name|pad(999999999) }}",
    "{{ f.name|blank(999999999) }}",
    DOUBLED.replace("START", "'xxxxxxxxxxxxxxxx'") + "{{ n.a }}",
    DOUBLED.replace("START", "[1]") + "{{ n.a|length }}",
    "{{ f.facts|replace('', 'x' * 1999)|replace('', 'x' * 1999)|replace('', 'x' * 1999) }}",
    f"{LOOPS}{{{{ f.facts * 1999 }}}}{{% endfor %}}",
)


@pytest.fixture(scope="module")
def process() -> Iterator[SafeFiller]:
    """One child process for all payloads; it is started anew after each that ends it."""
    made = SafeFiller(filler(), SECONDS)
    yield made
    made.close()


def is_chinese(message: str) -> bool:
    return any(ord(char) in HAN for char in message)


def filled_with(process: SafeFiller, payload: str) -> str:
    template = text(payload)(sound()).to_bytes()
    with pytest.raises(TemplateError) as caught:
        process.fill(replace(form(), own_docx=template), CONTEXT)
    assert is_chinese(caught.value.message)
    assert caught.value.hint
    return caught.value.message


def test_there_are_at_least_forty_payloads_all_different() -> None:
    assert len({*REACHING, *GREEDY}) == len(REACHING) + len(GREEDY) >= 40


@pytest.mark.parametrize("payload", REACHING, ids=lambda payload: payload[:40])
def test_a_template_that_reaches_for_the_program_is_refused(
    process: SafeFiller, payload: str, tmp_path: Path
) -> None:
    payload = payload.replace("CANARY", str(tmp_path / "canary"))

    faults = process.lint(form(), text(payload)(sound()).to_bytes(), SAMPLE)
    filled_with(process, payload)

    assert [fault for fault in faults if fault.place == "第5段"]
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("payload", GREEDY, ids=lambda payload: payload[:40])
def test_a_template_that_takes_too_much_is_stopped(process: SafeFiller, payload: str) -> None:
    started = time.process_time()

    filled_with(process, payload)

    # The work is the child's; this process only waits.
    assert time.process_time() - started < SECONDS


def test_the_process_serves_again_after_it_was_ended(process: SafeFiller) -> None:
    filled_with(process, GREEDY[0])

    package = process.fill(replace(form(), own_docx=sound().to_bytes()), CONTEXT)

    assert "龙屿市综合行政执法局" in package.parts[DOCUMENT_PART].decode()


def test_the_child_fills_exactly_as_the_program_itself(process: SafeFiller) -> None:
    own = replace(form(), own_docx=sound().to_bytes())

    assert dict(process.fill(own, CONTEXT).parts) == dict(filler().fill(form(), CONTEXT).parts)


def test_defaults_of_an_own_form_are_evaluated_in_the_child(process: SafeFiller) -> None:
    fields = (replace(form().fields[0], default="{{ range(999999999)|list }}"),)

    with pytest.raises(TemplateError):
        process.complete(replace(form(), fields=fields, is_own=True), CONTEXT, {})


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**sound().parts, **parts}.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_document(content: str) -> bytes:
    return zipped(**{DOCUMENT_PART: content.encode()})


def twice() -> bytes:
    buffer = io.BytesIO(zipped())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT_PART, b"<x/>")
    return buffer.getvalue()


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
FILES: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: zipped(**{"word/media/x.png": b"\0" * (90 * 1024 * 1024)}),
    "many parts": lambda: zipped(**{f"word/x{n}.xml": b"" for n in range(500)}),
    "path upwards": lambda: zipped(**{"../../etc/cron.d/x": b"x"}),
    "absolute path": lambda: zipped(**{"/etc/cron.d/x": b"x"}),
    "Windows path": lambda: zipped(**{"word\\..\\..\\x": b"x"}),
    "drive": lambda: zipped(**{"C:/x": b"x"}),
    "one name twice": twice,
    "name but for case": lambda: zipped(**{"WORD/document.xml": b"<x/>"}),
    "not a zip": lambda: b"PK\x03\x04 no zip",
    "cut off": lambda: zipped()[:-200],
    "no document": lambda: zipped_without(DOCUMENT_PART),
}
DOCUMENTS = {
    "outer entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "outer DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
    "billion laughs": f"<!DOCTYPE x [{BILLION}]><x>&a11;</x>",
    "deep nesting": "<x>" * 100000 + "</x>" * 100000,
    "huge part": "<x>" + " " * (17 * 1024 * 1024) + "</x>",
    "braces without end": "<x>" + "{{" * 200000 + "</x>",
}


def zipped_without(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, data in sound().parts.items():
            if part != name:
                archive.writestr(part, data)
    return buffer.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_not_opened(name: str) -> None:
    with pytest.raises(DamagedDocxError) as caught:
        normalised(FILES[name]())

    assert is_chinese(caught.value.message)
    assert caught.value.hint


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_part_is_refused(process: SafeFiller, name: str) -> None:
    template = with_document(DOCUMENTS[name])

    faults = process.lint(form(), template, SAMPLE)

    assert faults
    assert all(is_chinese(fault.message) for fault in faults)
    with pytest.raises(TemplateError):
        process.fill(replace(form(), own_docx=template), CONTEXT)

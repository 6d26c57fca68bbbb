"""The same paper through docxtpl and LibreOffice, for the ratios of ``rendering.py``."""

import io
import json
import re
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.compare_with_libreoffice import convert, find_soffice  # noqa: E402 path first

RUNS = 15
_LIBREOFFICE_RUNS = 3
_BODY = "word/document.xml"
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
# Runs in an environment of its own: open the template, render, save, as docxtpl's guide has it.
_DOCXTPL = """
import io, json, sys, time
from docxtpl import DocxTemplate
times = []
values = json.load(open(sys.argv[2], encoding="utf-8"))
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    paper = DocxTemplate(sys.argv[1])
    paper.render(values, autoescape=True)
    buffer = io.BytesIO()
    paper.save(buffer)
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps([times, len(buffer.getvalue())]))
"""


def docxtpl_times(docx: bytes, folder: Path, python: Path) -> tuple[float, float, int]:
    """Return first and median milliseconds and bytes of docxtpl filling every text of a paper.

    Args:
        docx: the filled paper; each of its texts becomes a variable of the template.
        folder: where the template is written.
        python: the interpreter that has docxtpl.
    """
    values: dict[str, str] = {}

    def variable(found: re.Match[str]) -> str:
        name = f"t{len(values)}"
        values[name] = unescape(found[2])
        return f"{found[1]}{{{{ {name} }}}}{found[3]}"

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _BODY:
                part = _TEXT.sub(variable, part.decode()).encode()
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    template, texts = folder / "template.docx", folder / "texts.json"
    template.write_bytes(buffer.getvalue())
    texts.write_text(json.dumps(values), encoding="utf-8")
    command = [str(python), "-c", _DOCXTPL, str(template), str(texts), str(RUNS + 1)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    times, size = json.loads(done.stdout)
    return times[0], statistics.median(times[1:]), size


def python_with_docxtpl(folder: Path) -> Path:
    """Make an environment with docxtpl in ``folder`` and return its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    binaries = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([str(binaries / "pip"), "install", "-q", "docxtpl"], check=True)
    return binaries / "python"


def libreoffice_times(docx: bytes, folder: Path) -> tuple[float, float, int] | None:
    """Return first and median milliseconds and bytes of docx to PDF; None without LibreOffice."""
    if find_soffice() is None:
        return None
    paper = folder / "paper.docx"
    paper.write_bytes(docx)
    times = []
    for _ in range(_LIBREOFFICE_RUNS + 1):
        start = time.perf_counter()
        convert([paper], folder)
        times.append((time.perf_counter() - start) * 1000)
    return times[0], statistics.median(times[1:]), (folder / "paper.pdf").stat().st_size


def libreoffice_set_time(papers: list[bytes], folder: Path) -> float:
    """Return the milliseconds of all papers converted in one start of LibreOffice."""
    files = []
    for number, paper in enumerate(papers):
        file = folder / f"set{number:02}.docx"
        file.write_bytes(paper)
        files.append(file)
    start = time.perf_counter()
    convert(files, folder)
    return (time.perf_counter() - start) * 1000

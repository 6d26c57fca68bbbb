#!/usr/bin/env python3
"""Fill one form with the demo case and write .docx, PDF and page pictures.

    scripts/try_form.py templates/13_decision/D51.form OUT [--occurrence 2] [--values FILE]
                        [--empty] [--party citizen|sole_trader]

The demo documents before it (``resources/demo``) are completed first, so defaults that read
earlier documents work. ``--empty`` gives no values and no case: the blank form.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workstation.documents.docx_reader import read_package  # noqa: E402 path first
from workstation.documents.docx_strokes import with_strokes  # noqa: E402
from workstation.documents.field_values import complete_values, empty_value  # noqa: E402
from workstation.documents.filling import FormFiller  # noqa: E402
from workstation.documents.fonts import bundled_library  # noqa: E402
from workstation.documents.form_source import read_form_file  # noqa: E402
from workstation.documents.forms import FormCatalogue, FormDefinition, load_forms  # noqa: E402
from workstation.documents.layout import lay_out  # noqa: E402
from workstation.documents.pdf import PdfMetadata, write_pdf  # noqa: E402
from workstation.documents.presets import load_presets  # noqa: E402
from workstation.documents.rasterise import render_pages  # noqa: E402
from workstation.documents.sandbox import load_titles  # noqa: E402
from workstation.errors import WorkstationError  # noqa: E402
from workstation.operations.contexts import CORRECTED  # noqa: E402

DEMO = ROOT / "resources" / "demo"
SAMPLE = ROOT / "tests" / "data" / "sample_context.json"


class Facts(dict[str, Any]):
    """Facts that were never recorded read as empty."""

    def __missing__(self, key: str) -> str:
        return ""


class Issued(dict[str, Any]):
    """Forms nobody has written yet read as never issued."""

    def __missing__(self, key: str) -> Facts:
        return Facts()


class DemoCase:
    """Plays the demo timeline up to one document."""

    def __init__(self, filler: FormFiller, forms: FormCatalogue, party: str) -> None:
        sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
        story = json.loads((DEMO / "case.json").read_text(encoding="utf-8"))
        self.filler = filler
        self.numbers = sample.pop("numbers")
        variants = {"company": sample["party"]}
        variants |= {name: sample.pop(name) for name in ("citizen", "sole_trader")}
        self.context: dict[str, Any] = sample | {"party": variants[party], "pictures": {}}
        self.context["case"]["facts"] = Facts(story["case"]["facts"])
        self.context["case"]["summary"] = story["case"]["summary"]
        self.context["case"]["lead_content"] = story["case"]["lead"]["content"]
        self.context["case"]["reporter"] = story["case"]["lead"]["reporter"]
        self.events = story["events"]
        blank = {"number": "", "date": "", "served_on": "", "served_at": ""}
        self.context |= {
            "evidence": [],
            "deliveries": [],
            "issued": Issued({f.id: self._blank(f) | blank | {"title": f.title} for f in forms}),
            "issued_all": {f.id: [] for f in forms},
            "corrected": dict.fromkeys(CORRECTED, ""),
        }
        self.forms = {form.id: form for form in forms}
        self.counts: dict[str, int] = {}

    @staticmethod
    def _blank(form: FormDefinition) -> dict[str, Any]:
        return {field.name: empty_value(field.type) for field in form.fields}

    def play(self, wanted: FormDefinition, occurrence: int) -> tuple[dict[str, Any], str, str]:
        """Complete all documents before the wanted one; return its values, number and date."""
        for event in self.events:
            self.context["case"]["facts"].update(event.get("facts", {}))
            self._note_event(event)
            for document in event.get("documents", ()):
                form_id = document["form"]
                self.counts[form_id] = self.counts.get(form_id, 0) + 1
                given = self._given(document)
                number = self._number(form_id)
                if form_id == wanted.id and self.counts[form_id] == occurrence:
                    return given, number, document["date"]
                self._issue(form_id, given, number, document["date"])
            self._note_deliveries(event)
        return {}, self._number(wanted.id), date(2026, 10, 19).isoformat()

    def _given(self, document: dict[str, Any]) -> dict[str, Any]:
        path = DEMO / document["values_file"]
        if not path.is_file():
            return {}
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["values"]
        return values

    def _number(self, form_id: str) -> str:
        occurrence = str(self.counts.get(form_id, 1))
        if form_id in self.numbers:
            return str(self.numbers[form_id]).format(occurrence=occurrence)
        form = self.forms.get(form_id)
        if form is None or not form.code:
            return str(self.context["case"]["number"])
        return f"屿综执{form.code}字〔2026〕0186号"

    def document(self, form: FormDefinition, number: str, dated: str) -> dict[str, Any]:
        """Return the context of one document."""
        particulars = {
            "number": number,
            "date": dated,
            "form": form.id,
            "title": form.title,
            "draft": False,
            "copies": form.copies,
        }
        return self.context | {"document": particulars}

    def _issue(self, form_id: str, given: dict[str, Any], number: str, dated: str) -> None:
        form = self.forms.get(form_id)
        if form is None:
            return
        context = self.document(form, number, dated)
        try:
            done = complete_values(form, context, given, self.filler.environment)
        except WorkstationError as error:
            sys.stderr.write(f"{form_id}: {error.message}\n")
            return
        record = done.values | {
            "number": number,
            "date": dated,
            "title": form.title,
            "served_on": "",
            "served_at": "",
        }
        self.context["issued"][form_id] = record
        self.context["issued_all"].setdefault(form_id, []).append(record)

    def _note_event(self, event: dict[str, Any]) -> None:
        noted = {key: event.get(key, "") for key in ("kind", "step", "title", "actor", "at")}
        self.context["case"]["events"].append(noted | {"data": Facts(event.get("data", {}))})
        for piece in event.get("evidence", ()):
            position = len(self.context["evidence"]) + 1
            self.context["evidence"].append(
                piece | {"position": position, "accepted": True, "reason": "", "sha256": ""}
            )

    def _note_deliveries(self, event: dict[str, Any]) -> None:
        for delivery in event.get("deliveries", ()):
            record = self.context["issued"].get(delivery["form"], {})
            record |= {"served_on": delivery["at"][:10], "served_at": delivery["at"]}
            self.context["deliveries"].append(
                delivery | {"title": record.get("title", ""), "number": record.get("number", "")}
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("form", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--occurrence", type=int, default=1)
    parser.add_argument("--values", type=Path)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument(
        "--party", default="company", choices=["company", "citizen", "sole_trader"]
    )
    return parser.parse_args()


def _report(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def main() -> int:
    """Run the command; 1 when the form is refused."""
    options = _arguments()
    try:
        _try_form(options)
    except WorkstationError as error:
        sys.stderr.write(f"{error.message}\n{error.hint}\n")
        return 1
    return 0


def _try_form(options: argparse.Namespace) -> None:
    form = read_form_file(options.form)
    filler = FormFiller(load_presets(), load_titles())
    case = DemoCase(filler, load_forms(), options.party)
    given, number, dated = case.play(form, options.occurrence)
    if options.values:
        given = json.loads(options.values.read_text(encoding="utf-8"))["values"]
    context = case.document(form, number, dated)
    done = complete_values(form, context, given, filler.environment)
    values = case._blank(form) if options.empty else done.values  # noqa: SLF001 same file
    package = filler.fill(form, context | {"f": values})
    laid_out = lay_out(read_package(package), bundled_library())
    name = form.id + (f"-{options.occurrence}" if options.occurrence > 1 else "")
    options.folder.mkdir(parents=True, exist_ok=True)
    target = options.folder / f"{name}.pdf"
    (options.folder / f"{name}.docx").write_bytes(with_strokes(package, laid_out).to_bytes())
    write_pdf([laid_out], target, metadata=PdfMetadata(title=form.title, author="试排"))
    for page, picture in enumerate(render_pages(target.read_bytes(), dpi=80), 1):
        (options.folder / f"{name}_{page}.png").write_bytes(picture)
    _report(iter([f"{target}：{len(laid_out.pages)}页"]))
    if not options.empty:
        _report(f"缺：{missing}" for missing in done.missing)
        _report(f"误：{problem}" for problem in done.problems.values())


if __name__ == "__main__":
    sys.exit(main())

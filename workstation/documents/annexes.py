"""附页: what a printed form of fixed room can't hold goes to a page behind it.

A field with ``room`` has a blank that must not grow, because the form is one printed page. A text
longer than that is printed on the page headed 附页, with the number of the case and the name of
the paper above it and the signatures below; the blank says where it is. All of it is written in
the form language, so that .docx, PDF and preview show the same.
"""

import math
from collections.abc import Mapping, Set
from typing import Any

from workstation.documents.form_records import FieldType, FormDefinition

ANNEX_TITLE = "附　页"
IN_THE_ANNEX = "（见附页）"
# Under this name a template finds the texts that moved, by field.
ANNEX = "annex"
WITH_ROOM = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_SEAL = "印章"
# A line end leaves the rest of its line empty: counted as about a line of a blank.
_LINE_END_COSTS = 30
# Latin letters and digits stand before Chinese punctuation and characters, and are half as wide.
_FULL_WIDTH = 0x2000


def room_taken(text: str) -> int:
    """Return how many full-width characters of room a text takes in a blank."""
    lines = text.strip().splitlines()
    words = "".join(lines)
    narrow = sum(ord(character) < _FULL_WIDTH for character in words)
    ends = max(len(lines) - 1, 0)
    return len(words) - narrow + math.ceil(narrow / 2) + ends * _LINE_END_COSTS


def moved_texts(
    form: FormDefinition, values: Mapping[str, Any], annexed: Set[str]
) -> dict[str, str]:
    """Return for every field its text where its blank can't hold it, else an empty text.

    ``annexed`` names the fields that the template prints in an 附页; the others stay in place.
    """
    moved = dict.fromkeys((field.name for field in form.fields), "")
    for field in form.fields:
        text = str(values.get(field.name) or "")
        if field.room and field.name in annexed and room_taken(text) > field.room:
            moved[field.name] = text
    return moved


def annex_source(form: FormDefinition) -> str:
    """Return the lines of the form language that print the 附页; empty without any room."""
    roomy = [field for field in form.fields if field.room]
    if not roomy:
        return ""
    any_moved = " or ".join(f"{ANNEX}.{field.name}" for field in roomy)
    lines = [
        f"{{% if {any_moved} %}}",
        "#pagebreak",
        f"#title {ANNEX_TITLE}",
        "#p0 案号：{{ case.number }}",
        f"#p0 文书：《{form.title}》{{{{ document.number }}}}",
    ]
    for field in roomy:
        lines += [
            f"{{% if {ANNEX}.{field.name} %}}",
            f"#h {field.label}",
            f"#p {{{{ {ANNEX}.{field.name} }}}}",
            "{% endif %}",
        ]
    signers = [who for who in form.signatures if who != _SEAL]
    lines += ["#blank", "#gap 0.5"]
    if signers:
        lines += [f"#signs {' | '.join(f'{who}（签名）：' for who in signers)}"]
        lines += [f"#signs {' | '.join('　　　　年　　月　　日' for _ in signers)}"]
    if _SEAL in form.signatures:
        lines += ["#sign {{ agency.name }} | （印章）"]
    lines += [f"#note 本附页是《{form.title}》的一部分，与正页一并有效。", "{% endif %}"]
    return "\n".join(lines)

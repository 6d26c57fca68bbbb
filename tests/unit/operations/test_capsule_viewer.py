"""The viewer on a case whose every text tries to run something."""

from pathlib import Path
from typing import Any

from tests.chromium import Chromium
from workstation.documents.display_list import LaidOutDocument, Page, TextOperation
from workstation.documents.fonts import FontStyle, bundled_library
from workstation.operations.capsules.viewer import ViewedItem, viewer_page

_HOSTILE = (
    "</script><script>window.ran=1</script><img src=x onerror='window.ran=1'>"
    "<svg onload='window.ran=1'>@@script@@\u2028javascript:window.ran=1"
)


def _content() -> dict[str, Any]:
    place = {"document": "D51", "title": _HOSTILE, "field": _HOSTILE, "page": 1, "text": _HOSTILE}
    check = dict.fromkeys(
        ("check", "group", "item", "message", "basis", "fix", "look_at"), _HOSTILE
    )
    named = {"state": "待人工", "passages": [place], "overruled": None}
    field = {"name": _HOSTILE, "label": _HOSTILE, "value": _HOSTILE}
    article = dict.fromkeys(("citation", "verdict", "text", "in_force", "source"), _HOSTILE)
    cited = {"days": [_HOSTILE], "places": [{"document": "D51", "page": 1, "words": _HOSTILE}]}
    case = dict.fromkeys(("id", "number", "title", "cause", "party", "summary"), _HOSTILE)
    return {
        "agency": _HOSTILE,
        "recipient": _HOSTILE,
        "made_by": _HOSTILE,
        "made_at": _HOSTILE,
        "masked": False,
        "chosen": [_HOSTILE],
        "left_out": [_HOSTILE],
        "interventions": [],
        "case": {**case, "officers": [_HOSTILE]},
        "documents": [{"key": "D51", "title": _HOSTILE, "fields": [field]}],
        "evidence": [],
        "events": [{"day": "2026-08-19T08:00", "step": 1, "title": _HOSTILE}],
        "checks": [check | named],
        "articles": [article | cited],
    }


def _item() -> ViewedItem:
    face = bundled_library().chain(FontStyle.SONG)[0]
    text = "<script>window.ran=1</script>"
    operation = TextOperation(
        x=50.0,
        y=700.0,
        face=face,
        size=16.0,
        text=text,
        advances=(8.0,) * len(text),
        field=_HOSTILE.replace("\u2028", ""),
    )
    page = Page(width=595.0, height=842.0, operations=(operation,), lines=(text,))
    return ViewedItem(key="D51", title=_HOSTILE, layout=LaidOutDocument(pages=(page,), faces=()))


def test_text_of_a_case_never_runs(tmp_path: Path) -> None:
    page = tmp_path / "viewer.html"
    page.write_bytes(viewer_page(_content(), [_item()], "5" * 64))

    with Chromium(tmp_path / "browser") as browser:
        browser.open(page)
        for key in "12345c":
            browser.press(key)
        title = browser.run("document.getElementById('case-title').textContent")
        drawn = browser.text_of(".sheet svg text")
        ran = browser.run("window.ran === undefined")
        elements = browser.run("document.querySelectorAll('body img, #panel script').length")

    assert title == _HOSTILE
    assert drawn == "<script>window.ran=1</script>"
    assert ran
    assert elements == 0


def test_a_script_that_got_into_the_page_would_be_stopped(tmp_path: Path) -> None:
    page = tmp_path / "viewer.html"
    whole = viewer_page(_content(), [_item()], "5" * 64).decode()
    page.write_text(
        whole.replace("<header>", "<script>window.ran=1</script><header>"), encoding="utf-8"
    )

    with Chromium(tmp_path / "browser") as browser:
        browser.open(page)
        assert browser.run("window.ran === undefined")

"""The demo case from lead to bound file, through the command line as a script would use it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.e2e.conftest import Demo, Run
from workstation.archive import verify_volume
from workstation.documents.rasterise import count_pages, extract_text
from workstation.domain.numerals import to_chinese, yuan_in_figures

pytestmark = pytest.mark.xdist_group("demo")
SHARED = Path(__file__).parents[3] / "shared"


def test_all_eighteen_steps_are_behind_the_case(demo: Demo) -> None:
    assert demo.result["steps_done"] == 18


def test_at_least_thirty_five_papers_are_written_as_word_and_pdf(demo: Demo) -> None:
    documents = demo.result["documents"]

    assert len(documents) >= 35
    assert all(Path(d["docx"]).is_file() and Path(d["pdf"]).is_file() for d in documents)


def test_each_pdf_has_the_pages_it_says(demo: Demo) -> None:
    documents = demo.result["documents"]

    assert [count_pages(Path(d["pdf"])) for d in documents] == [d["pages"] for d in documents]


def test_the_text_copied_from_a_pdf_is_the_text_that_was_laid_out(demo: Demo) -> None:
    different = [
        d["id"]
        for d in demo.result["documents"]
        for text, lines in zip(extract_text(Path(d["pdf"])), d["lines"], strict=True)
        if _squeezed(text) != _squeezed("".join(lines))
    ]

    assert different == []


def test_every_font_is_embedded(demo: Demo) -> None:
    paths = [Path(d["pdf"]) for d in demo.result["documents"]]

    loose = {(path.name, font) for path in paths for font in _unembedded_fonts(path)}

    assert loose == set()


def test_no_page_holds_radicals_or_private_characters(demo: Demo) -> None:
    text = "".join(_texts(demo))

    assert re.findall("[\u2e80-\u2fdf\ue000-\uf8ff\ufffd]", text) == []


@pytest.mark.needs_shared_data
def test_every_value_of_the_demo_case_is_printed(demo: Demo) -> None:
    source = SHARED / "domain" / "demo_case.json"
    if not source.is_file():
        pytest.skip("the shared demo case is not on this machine")
    case = json.loads(source.read_text(encoding="utf-8"))
    for key in ("note", "lighter_law_fixture"):
        del case[key]
    printed = _squeezed("".join(_texts(demo)))

    missing = [value for value in _values(case) if not any(w in printed for w in _written(value))]

    assert missing == []


def test_the_package_verifies_by_command_and_by_the_plain_tool(demo: Demo, run: Run) -> None:
    package = Path(demo.result["volume"]["package"])

    status, verification = run(demo.home, "archive", "verify", str(package))

    assert (status, verification["valid"], verification["problems"]) == (0, True, [])
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt"]
        assert subprocess.run(command, cwd=package, check=False).returncode == 0


def test_a_changed_byte_in_the_package_is_named(demo: Demo, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo.result["volume"]["package"], copy)
    victim = copy / "data" / "元数据" / "volume.json"
    victim.write_bytes(victim.read_bytes().replace(b"2", b"3", 1))

    status, verification = run(demo.home, "archive", "verify", str(copy))

    assert status == 1
    assert verification["problems"] == ["内容已被改动：data/元数据/volume.json"]


def test_a_package_made_anew_in_its_place_is_noticed(demo: Demo, run: Run) -> None:
    package = Path(demo.result["volume"]["package"])
    info = package / "bag-info.txt"
    tags = package / "tagmanifest-sha256.txt"
    before = info.read_bytes(), tags.read_bytes()
    old = verify_volume.digest_of(info)
    info.write_bytes(before[0].replace(b"External-Description: ", b"External-Description: X", 1))
    tags.write_bytes(before[1].replace(old.encode(), verify_volume.digest_of(info).encode()))

    _, verification = run(demo.home, "archive", "verify", str(package))
    info.write_bytes(before[0])
    tags.write_bytes(before[1])

    assert any("封卷摘要" in problem for problem in verification["problems"])


def test_the_catalogue_gives_the_page_each_paper_stands_on(demo: Demo) -> None:
    metadata = _volume_metadata(demo)
    entries = [entry for entry in metadata["目录"] if entry["卷"] == "正卷"]
    pages = _numbered_pages(Path(demo.result["volume"]["pdf"]))

    wrong = [e["题名"] for e in entries if _heading(e["题名"]) not in _squeezed(pages[e["起页"]])]

    assert wrong == []
    assert [e["起页"] for e in entries[1:]] == [e["止页"] + 1 for e in entries[:-1]]


def test_each_receipt_follows_the_paper_it_proves(demo: Demo) -> None:
    titles = [entry["题名"] for entry in _volume_metadata(demo)["目录"]]

    receipts = [n for n, title in enumerate(titles) if title.startswith("送达回证")]

    assert receipts
    assert all(titles[n - 1] in titles[n] for n in receipts)


def test_the_bound_file_has_a_bookmark_for_every_paper(demo: Demo) -> None:
    entries = [e for e in _volume_metadata(demo)["目录"] if e["卷"] == "正卷"]

    with pikepdf.open(demo.result["volume"]["pdf"]) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert titles == ["封面", "卷内文件目录", *(e["题名"] for e in entries), "卷内备考表"]


def test_a_second_demo_in_the_same_home_is_refused(demo: Demo, run: Run) -> None:
    status, answer = run(demo.home, "demo")

    assert status == 1
    assert answer["error"]["code"] == "office_exists"


def _texts(demo: Demo) -> Iterator[str]:
    paths = [Path(d["pdf"]) for d in demo.result["documents"]]
    volume = demo.result["volume"]
    for path in (*paths, Path(volume["pdf"])):
        yield from extract_text(path)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def _values(value: object) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"type", "inclusive", "confiscate", "cond"}:
                yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    elif value is not None and not isinstance(value, bool):
        yield value


def _written(value: object) -> set[str]:
    """Return the ways in which documents may print a value."""
    if isinstance(value, int | float):
        ways = {str(value), f"{value:,}"}
        if isinstance(value, int):
            ways |= {to_chinese(value), yuan_in_figures(value)}  # type: ignore[arg-type]
        return ways
    text = str(value)
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?", text)
    if day:
        year, month, date_, hour, minute = (int(g) if g else None for g in day.groups())
        written = f"{year}年{month}月{date_}日"
        if hour is None:
            return {written, text}
        return {f"{written}{hour}时{minute}分", f"{written}{hour}时{minute:02d}分", text}
    return {_squeezed(part) for part in (text,)} | _wording(text)


def _wording(text: str) -> set[str]:
    """Return the head of a title of the timeline, whose rest is the file's own wording."""
    head = re.split(r"[ :：;；(（]", text)[0]
    return {head.rstrip("报告")} if re.fullmatch(r"[\u4e00-\u9fff+§A-Za-z0-9]+", head) else set()


def _unembedded_fonts(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            resources = page.obj["/Resources"]
            fonts = resources["/Font"] if "/Font" in resources else pikepdf.Dictionary()
            for name, font in fonts.items():
                descriptor = font.get("/FontDescriptor")
                if descriptor is None or "/FontFile2" not in descriptor:
                    yield str(name)


def _volume_metadata(demo: Demo) -> dict[str, Any]:
    path = Path(demo.result["volume"]["package"]) / "data" / "元数据" / "volume.json"
    metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return metadata


def _numbered_pages(path: Path) -> dict[int, str]:
    with pikepdf.open(path) as pdf:
        labels = [page.label for page in pdf.pages]
    texts = extract_text(path)
    return {int(label): text for label, text in zip(labels, texts, strict=True) if label.isdigit()}


def _heading(title: str) -> str:
    return _squeezed(re.split("[（(／、]", title)[0])


def test_the_law_of_the_act_is_laid_beside_the_law_of_today(run: Run, demo: Demo) -> None:
    status, compared = run(demo.home, "case", "compare-law", demo.result["case_id"])

    assert status == 0
    assert not compared["needed"]
    assert compared["old"]["version"] == compared["new"]["version"] == "v2026.2"

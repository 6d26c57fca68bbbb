import zipfile
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.unit.legislation.law_files.conftest import LINES
from workstation.legislation.law_files.bounds import UnreadableFileError
from workstation.legislation.law_files.file_lines import UnknownFileKindError, read_lines

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:o="urn:office"'


def zipped(path: Path, entry: str, xml: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, xml)
    return path


def word(path: Path, body: str) -> Path:
    xml = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(path, "word/document.xml", xml)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_gives_its_paragraphs(word_file: Path) -> None:
    assert read_lines(word_file).lines == LINES


def test_breaks_part_lines_and_deleted_text_is_left_out(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>{deleted}</w:p>"

    assert read_lines(word(tmp_path / "a.docx", body)).lines == ("甲", "乙")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("第一条　为了镕镕。\r\n第二条　略。".encode(encoding))

    assert read_lines(path).lines == ("第一条　为了镕镕。", "第二条　略。")


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 题名\n\n<!-- x -->\n## 第一章\n**第一条** 见[网](http://x)。\n", encoding="utf-8"
    )

    assert read_lines(path).lines == ("题名", "第一章", "第一条 见网。")


def test_a_web_page_loses_scripts_and_keeps_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    head = "<head><style>p{}</style></head>"
    body = "<body><script>1</script><p>第一条</p><div>第二<b>条</b></div></body>"
    page = f"<html>{head}{body}</html>"
    path.write_text(page, encoding="gb18030")

    assert read_lines(path).lines == ("第一条", "第二条")


def _nested(path: Path, depth: int) -> Path:
    nested = "<div>" * depth + "第一条" + "</div>" * depth
    path.write_text(f"<html><body>{nested}<p>第二条</p></body></html>", encoding="utf-8")
    return path


def test_a_deeply_nested_web_page_is_read_whole(tmp_path: Path) -> None:
    lines = read_lines(_nested(tmp_path / "a.html", 600)).lines

    assert [line for line in lines if line] == ["第一条", "第二条"]


def test_a_web_page_nested_too_deeply_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="套叠得太深"):
        read_lines(_nested(tmp_path / "a.html", 6000))


def test_an_open_document_gives_headings_and_paragraphs(tmp_path: Path) -> None:
    xml = f"<o:doc {ODT}><text:h>题名</text:h><text:p>甲<text:line-break/>乙</text:p></o:doc>"

    assert read_lines(zipped(tmp_path / "a.odt", "content.xml", xml)).lines == ("题名", "甲", "乙")


def test_rtf_is_read_with_its_chinese(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi {\u31532?\u19968?\u26465?}\par x}")

    assert read_lines(path).lines == ("第一条", "x")


def test_lines_of_a_pdf_are_put_together_by_their_indents(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("STSong-Light", 12)
    for x, y, text in (
        (124, 700, "第一条　为了规范，"),
        (100, 680, "制定本条例。"),
        (124, 660, "另起一款。"),
    ):
        canvas.drawString(x, y, text)
    canvas.save()

    assert read_lines(path).lines == ("第一条　为了规范，制定本条例。", "另起一款。")


def no_zip(path: Path) -> Path:
    path.write_bytes(b"not a zip")
    return path


def no_document(path: Path) -> Path:
    return zipped(path, "other.xml", "<a/>")


def broken_xml(path: Path) -> Path:
    return zipped(path, "word/document.xml", "<w:document")


def blank(path: Path) -> Path:
    return word(path, paragraph(" "))


@pytest.mark.parametrize("make", [no_zip, no_document, broken_xml, blank])
def test_a_broken_word_file_is_refused(tmp_path: Path, make: object) -> None:
    path = make(tmp_path / "a.docx")  # type: ignore[operator]

    with pytest.raises(UnreadableFileError) as refused:
        read_lines(path)

    assert "a.docx" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.wps", b"nothing"),
        ("a.rtf", b"no rtf"),
        ("a.pdf", b"%PDF-1.4 nothing"),
        ("a.txt", b"\xff\xff\x81"),
        ("a.html", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UnreadableFileError):
        read_lines(tmp_path / name)


def test_a_kind_that_is_not_read_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")

    with pytest.raises(UnknownFileKindError):
        read_lines(tmp_path / "a.exe")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_lines(tmp_path / "没有.docx")

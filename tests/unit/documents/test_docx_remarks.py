"""Comments and tracked changes written into a paper, read back, and seen by LibreOffice."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scripts import compare_with_libreoffice
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DocxPackage,
    W,
    open_package,
    parse_part,
)
from workstation.documents.docx_remarks import DocxRemark, with_remarks
from workstation.documents.docx_revisions import (
    RemarkKind,
    ReturnedRemark,
    as_final,
    remarks_in,
)

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FACTS = "当事人于2026年8月19日擅自倾倒建筑垃圾。"
_BODY = (
    "<w:p><w:r><w:t>行政处罚决定书</w:t></w:r></w:p><w:p><w:r><w:t>经查：</w:t></w:r>"
    '<w:bookmarkStart w:id="7" w:name="f_facts"/><w:r><w:t>{facts}</w:t></w:r>'
    '<w:bookmarkEnd w:id="7"/><w:r><w:t>以上事实有证据证明。</w:t></w:r></w:p>'
)


@pytest.fixture
def paper() -> DocxPackage:
    """A paper of two lines with one field, as small as Word opens one."""
    body = _BODY.format(facts=_FACTS)
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440"'
        ' w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return DocxPackage(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="{rels}"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{links}"><Relationship Id="r1" Target="word/document.xml"'
                f' Type="{office}/officeDocument"/></Relationships>'
            ).encode(),
            DOCUMENT_PART: (
                f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}{section}</w:body></w:document>'
            ).encode(),
        }
    )


_REMARKS = (
    DocxRemark(
        author="顾知白", date="2026-11-20T09:30:00", text="写到时分\n并写地点", field="facts"
    ),
    DocxRemark(author="闻澜", date="2026-11-21T10:00:00", text="核对证据目录", quote="有证据证明"),
    DocxRemark(
        author="岑川",
        date="2026-11-22T11:00:00",
        text="用法定名称",
        field="facts",
        quote="擅自倾倒",
        suggestion="未经批准倾倒",
    ),
)


def _commented(remarks: tuple[ReturnedRemark, ...]) -> set[tuple[str, str, str, str]]:
    return {
        (r.author, r.anchor, r.text, r.date[:16]) for r in remarks if r.kind is RemarkKind.COMMENT
    }


def _changed(remarks: tuple[ReturnedRemark, ...]) -> set[tuple[str, str, str]]:
    return {(r.kind, r.author, r.anchor) for r in remarks if r.kind is not RemarkKind.COMMENT}


def test_remarks_come_back_with_author_place_and_field(paper: DocxPackage) -> None:
    found = remarks_in(open_package(with_remarks(paper, _REMARKS).to_bytes()))

    by_author = {r.author: r for r in found if r.kind is RemarkKind.COMMENT}
    assert by_author["顾知白"].text == "写到时分\n并写地点"
    assert by_author["顾知白"].field == "facts"
    assert by_author["顾知白"].initials == "知白"
    assert by_author["闻澜"].anchor == "有证据证明"
    assert by_author["闻澜"].field == ""
    assert by_author["闻澜"].place == "第2段"
    assert _changed(found) == {
        ("删除", "岑川", "擅自倾倒"),
        ("插入", "岑川", "未经批准倾倒"),
    }


def test_a_quote_that_is_not_printed_strikes_nothing_out(paper: DocxPackage) -> None:
    wrong = DocxRemark(
        author="岑川", date="2026-11-22T11:00:00", quote="没有这句", suggestion="别的"
    )

    (found,) = remarks_in(with_remarks(paper, [wrong]))

    assert found.kind is RemarkKind.COMMENT
    assert found.anchor == "行政处罚决定书"
    assert found.text == "（建议把“没有这句”改为“别的”）"


def test_the_final_text_has_the_changes_and_no_comment(paper: DocxPackage) -> None:
    final = as_final(with_remarks(paper, _REMARKS))
    words = parse_part(final.parts[DOCUMENT_PART]).iter(W + "t", W + "delText")

    assert "".join(text.text or "" for text in words) == (
        "行政处罚决定书经查：当事人于2026年8月19日未经批准倾倒建筑垃圾。以上事实有证据证明。"
    )


def test_remarks_are_added_to_those_that_stand_in_the_file(paper: DocxPackage) -> None:
    first = with_remarks(paper, _REMARKS[:1])

    both = remarks_in(with_remarks(first, _REMARKS[1:2]))

    assert {r.author for r in both} == {"顾知白", "闻澜"}


def test_text_that_looks_like_markup_is_text(paper: DocxPackage) -> None:
    hostile = DocxRemark(author="<w:b/>", date="2026-11-22T11:00:00", text="</w:t>&\x00\x0b")

    (found,) = remarks_in(open_package(with_remarks(paper, [hostile]).to_bytes()))

    assert (found.author, found.text) == ("<w:b/>", "</w:t>&")


@pytest.mark.skipif(
    compare_with_libreoffice.find_soffice() is None, reason="LibreOffice is not installed"
)
def test_libreoffice_shows_the_same_comments_and_changes(
    paper: DocxPackage, tmp_path: Path
) -> None:
    path = tmp_path / "批注.docx"
    path.write_bytes(with_remarks(paper, _REMARKS).to_bytes())
    ours = remarks_in(open_package(path.read_bytes()))

    content = _opened_in_libreoffice(path, tmp_path, "odt")
    saved = _opened_in_libreoffice(path, tmp_path / "again", "docx")

    comments = {
        (
            str(note.findtext(_DC + "creator")),
            "\n".join("".join(map(str, p.itertext())) for p in note.iter(_TEXT + "p")),
            str(note.findtext(_DC + "date"))[:16],
        )
        for note in _annotations(content)
    }
    assert len(_annotations(content)) == 3
    assert comments == {(a, t, d) for a, _, t, d in _commented(ours)}
    theirs = remarks_in(open_package(saved))
    assert len(theirs) == len(ours)
    assert _commented(theirs) == _commented(ours)
    assert _changed(theirs) == _changed(ours)


def _opened_in_libreoffice(path: Path, folder: Path, kind: str) -> bytes:
    soffice = compare_with_libreoffice.find_soffice()
    assert soffice is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(soffice), profile, "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    made = folder / f"{path.stem}.{kind}"
    if kind == "docx":
        return made.read_bytes()
    with zipfile.ZipFile(made) as archive:
        return archive.read("content.xml")


def _annotations(content: bytes) -> list[etree._Element]:
    return list(etree.fromstring(content).iter(_OFFICE + "annotation"))

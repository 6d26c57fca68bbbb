"""Opinions that leave in a Word file, remarks that come back in one, and what is decided."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.unit.operations.conftest import event
from workstation.bootstrap import Workstation
from workstation.data_files import resources_dir
from workstation.documents.docx_package import open_package
from workstation.documents.docx_reader import read_docx
from workstation.documents.docx_remarks import DocxRemark, with_remarks
from workstation.domain.capsules import Capsule, CapsuleReply, Opinion, ReplyItem, ReplyKind
from workstation.domain.paper_remarks import Verdict
from workstation.errors import InvalidInputError
from workstation.operations.event_files import DocumentRequest, read_json

KEY = "D04"
_OWN = DocxRemark(
    author="莫弦", date="2026-11-21T10:00:00", text="写全称", field="subject", quote="倾倒垃圾"
)


@pytest.fixture
def docx(desk: Workstation, case_id: str, tmp_path: Path) -> Path:
    """The file of an issued paper."""
    values = read_json(resources_dir() / "demo" / "documents" / f"{KEY}.json")["values"]
    request = DocumentRequest(
        form=KEY, dated=date(2026, 8, 22), values=values | {"subject": "倾倒垃圾"}
    )
    noted = event("note_added", 3, "2026-08-22T10:00", documents=(request,), data={"text": "甲"})
    desk.cases.record(case_id, noted)
    return desk.forms.export(case_id, KEY, tmp_path).docx


def _edited(docx: Path, *remarks: DocxRemark) -> Path:
    path = docx.with_name("改.docx")
    path.write_bytes(with_remarks(open_package(docx.read_bytes()), remarks).to_bytes())
    return path


def _lawyer_says(desk: Workstation, case_id: str, text: str) -> None:
    item = ReplyItem(
        id="1",
        kind=ReplyKind.FIELD,
        target="subject",
        label="事由",
        document=KEY,
        page=0,
        conclusion=Opinion.FAILED,
        text=text,
        written_at="2026-11-21T09:00:00",
    )
    moment = datetime(2026, 11, 21, 10, 0)
    with desk.database.writing() as unit:
        unit.capsules.add(
            Capsule(
                seal="5" * 64,
                case_id=case_id,
                recipient="闻澜",
                chosen=(),
                left_out=(),
                reason="",
                masked=False,
                file="",
                made_by="方小满",
                made_at=moment,
            )
        )
        unit.capsules.add_reply(
            CapsuleReply(
                digest="6" * 64,
                seal="5" * 64,
                case_id=case_id,
                author="闻澜",
                licence="1",
                firm="",
                statement="",
                signature="",
                signed_at="",
                items=(item,),
                received_by="方小满",
                received_at=moment,
            )
        )


@pytest.mark.usefixtures("docx")
def test_a_lawyers_remark_goes_into_the_file_and_does_not_come_back_as_new(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    _lawyer_says(desk, case_id, "事由不完整")

    made = desk.paper_remarks.annotate(case_id, KEY, tmp_path / "out", [_OWN])
    fresh, _ = desk.paper_remarks.take_in(case_id, KEY, made.path, "方小满")

    assert [(r.author, r.text) for r in made.remarks] == [
        ("闻澜", "【不符合】事由不完整"),
        ("莫弦", "写全称"),
    ]
    assert [kept.remark.author for kept in fresh] == ["莫弦"]
    assert fresh[0].remark.anchor == "倾倒垃圾"
    assert fresh[0].label == desk.forms.catalogue().get(KEY).field("subject").label  # type: ignore[union-attr]


def test_the_layout_reads_a_file_with_remarks_as_if_changes_were_accepted(docx: Path) -> None:
    suggested = DocxRemark(
        author="莫弦",
        date="2026-11-21T10:00:00",
        text="改",
        field="subject",
        quote="倾倒垃圾",
        suggestion="擅自倾倒建筑垃圾",
    )

    model = read_docx(_edited(docx, suggested).read_bytes())

    assert "擅自倾倒建筑垃圾" in str(model)


def test_what_was_taken_in_twice_is_there_once(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    path = _edited(docx, _OWN)
    desk.paper_remarks.take_in(case_id, KEY, path, "方小满")

    again, _ = desk.paper_remarks.take_in(case_id, KEY, path, "方小满")

    assert again == ()
    assert len(desk.paper_remarks.of_case(case_id)) == 1


def test_a_remark_is_taken_up_or_declined_with_a_reason(
    desk: Workstation, case_id: str, docx: Path
) -> None:
    (kept,), _ = desk.paper_remarks.take_in(case_id, KEY, _edited(docx, _OWN), "方小满")
    name = kept.remark.id[:12]

    with pytest.raises(InvalidInputError):
        desk.paper_remarks.decide(case_id, name, Verdict.TAKEN, " ", person="顾知白")
    desk.paper_remarks.decide(case_id, name, Verdict.DECLINED, "全称已在抬头", person="顾知白")

    (decided,) = desk.paper_remarks.of_case(case_id)
    assert (kept.verdict, decided.verdict) == (Verdict.OPEN, Verdict.DECLINED)
    assert decided.as_json()["reason"] == "全称已在抬头"


@pytest.mark.usefixtures("docx")
def test_a_paper_nobody_remarked_on_is_not_written(
    desk: Workstation, case_id: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError, match="没有可以写入的意见"):
        desk.paper_remarks.annotate(case_id, KEY, tmp_path / "out")

    assert not (tmp_path / "out").exists()

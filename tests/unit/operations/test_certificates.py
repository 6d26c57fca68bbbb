"""A certificate of a deadline says what a court asks: trigger, rule, days, last day."""

from datetime import date, datetime
from pathlib import Path

import pytest

from workstation.bootstrap import Workstation
from workstation.errors import InvalidInputError
from workstation.operations.certificates import Certificate
from workstation.operations.deadlines import Count, read_span


def _text(certificate: Certificate) -> str:
    return "".join(line for page in certificate.layout.pages for line in page.lines)


def test_a_certificate_by_rule_tells_rule_days_and_last_day(desk: Workstation) -> None:
    made = desk.certificates.of_rule(Count(rule="DL06", start=date(2026, 9, 29)))

    text = _text(made)
    assert "自2026年9月29日起算，期限的最后一日（最后安全日）为2026年10月12日。" in text
    assert "应当在行政机关告知后五日内提出" in text
    assert "国庆节放假，不计入" in text
    assert "承办人（签名）" in text
    assert len(made.layout.pages) == 1


def test_a_certificate_of_a_case_names_the_event_and_its_record(
    desk: Workstation, case_id: str
) -> None:
    made = desk.certificates.of_case(case_id, "DL02", date(2026, 8, 22))

    text = _text(made)
    assert "龙屿市鲸礁渣土清运有限公司" in text
    assert "案卷记录第2项" in text
    assert "2026年11月19日" in text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(rule="DL05", start=datetime(2026, 9, 29, 10, 20)), "2026年9月30日10时20分届满"),
        (Count(rule="DL08", start=date(2026, 9, 30)), "最迟应当于2026年9月17日办理"),
        (Count(rule="DL22", start=date(2026, 2, 2)), "满3个月的对应日"),
        (Count(rule="DL17", start=date(2026, 10, 19)), "2027年节假日通知尚未导入"),
        (Count(rule="DL29", start=date(2026, 9, 1)), "未核实"),
        (Count(rule="DL02", start=date(2026, 7, 4)), "不为行政机关利益顺延"),
        (
            Count(
                rule="DL02",
                start=date(2026, 3, 2),
                deductions=(read_span("2026-03-10..2026-03-19:鉴定"),),
            ),
            "2026-03-10至2026-03-19",
        ),
    ],
)
def test_a_certificate_tells_what_is_special_about_a_period(
    desk: Workstation, count: Count, words: str
) -> None:
    assert words in _text(desk.certificates.of_rule(count))


def test_a_certificate_is_written_as_word_and_pdf(desk: Workstation, tmp_path: Path) -> None:
    made = desk.certificates.of_rule(Count(rule="DL06", start=date(2026, 9, 29)))

    docx, pdf = made.write(tmp_path / "to")

    assert docx.read_bytes() == made.docx
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_folder_that_can_not_be_written_is_refused(desk: Workstation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    made = desk.certificates.of_rule(Count(rule="DL24", start=date(2026, 9, 29)))

    with pytest.raises(InvalidInputError, match="没有写入"):
        made.write(tmp_path / "file")

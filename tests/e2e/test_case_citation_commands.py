"""``case citations`` on the demo case: what its papers cite, by which day, and the compilation."""

from pathlib import Path

from tests.e2e.conftest import Demo, Run

_CODE = "《中华人民共和国生态环境法典》"


def test_substantive_law_is_judged_by_the_act_and_procedure_by_the_paper(
    demo: Demo, run: Run
) -> None:
    status, printed = run(demo.home, "case", "citations", demo.result["case_id"])

    kinds = {
        place["day_kind"]
        for cited in printed["citations"]
        for place in cited["places"]
        if cited["citation"].startswith(_CODE)
    }
    others = {
        place["day_kind"]
        for cited in printed["citations"]
        for place in cited["places"]
        if cited["citation"].startswith("《中华人民共和国行政处罚法》")
    }
    assert (status, printed["wrong"]) == (0, 0)
    assert (kinds, others) == ({"行为日"}, {"文书日期"})


def test_a_citation_names_its_paper_field_and_page(demo: Demo, run: Run) -> None:
    _, printed = run(demo.home, "case", "citations", demo.result["case_id"])

    cited = next(c for c in printed["citations"] if c["citation"] == f"{_CODE}第五百一十八条")
    place = next(p for p in cited["places"] if p["document"] == "D06")
    assert (place["field"], place["page"]) == ("violated", 1)
    assert place["citation"] == f"{_CODE}第五百一十八条第二款"
    assert "D51" in cited["papers"]


def test_only_papers_issued_by_the_day_are_read(demo: Demo, run: Run) -> None:
    case = demo.result["case_id"]

    _, printed = run(demo.home, "case", "citations", case, "--as-of", "2026-08-21")

    papers = {paper for cited in printed["citations"] for paper in cited["papers"]}
    assert "D06" in papers
    assert "D51" not in papers


def test_the_compilation_is_written_as_word_and_pdf(demo: Demo, run: Run, tmp_path: Path) -> None:
    case, folder = demo.result["case_id"], str(tmp_path)

    _, printed = run(demo.home, "case", "citations", case, "--compile", "--to", folder)

    assert Path(printed["docx"]).read_bytes().startswith(b"PK")
    assert Path(printed["pdf"]).read_bytes().startswith(b"%PDF")
    assert printed["pages"] > 1

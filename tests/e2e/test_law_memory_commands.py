"""``law pin``, ``law pinned``, ``law suggest`` and ``law recent``."""

from pathlib import Path

from tests.e2e.conftest import Run


def test_an_article_is_pinned_offered_and_taken_away(run: Run, tmp_path: Path) -> None:
    citation = "《中华人民共和国行政处罚法》第六十三条"

    assert run(tmp_path, "law", "pin", "处罚法 63") == (0, {"pinned": [citation]})
    _, offered = run(tmp_path, "law", "suggest", "行政处罚法")
    assert offered["suggestions"][0] == {"kind": "常用条文", "text": citation}
    assert run(tmp_path, "law", "unpin", citation) == (0, {"pinned": []})


def test_an_article_that_does_not_exist_is_not_pinned(run: Run, tmp_path: Path) -> None:
    status, answer = run(tmp_path, "law", "pin", "行政处罚法 999")

    assert status == 1
    assert "999" in answer["error"]["message"] or "九百九十九" in answer["error"]["message"]
    assert run(tmp_path, "law", "pinned")[1] == {"pinned": []}

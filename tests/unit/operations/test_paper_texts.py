"""On which page of a paper the place of a finding stands."""

import pytest

from workstation.operations.paper_texts import PrintedText, page_of

_PRINTED = (
    PrintedText(page=1, field="", text="关于倾倒建筑垃圾的决定"),
    PrintedText(page=1, field="facts", text="八月十九日凌晨倾"),
    PrintedText(page=2, field="facts", text="倒建筑垃圾两车次。"),
    PrintedText(page=3, field="remedies", text="向龙屿市人民政府申请行政复议"),
    PrintedText(page=4, field="document.date", text="2026年10月15日"),
)


@pytest.mark.parametrize(
    ("field", "words", "page"),
    [
        ("facts", "", 1),
        ("facts", "八月十九日凌晨倾倒建筑垃圾两车次。", 1),
        ("facts", "建筑垃圾 两车次", 2),
        ("facts", "龙屿市人民政府", 1),
        ("remedies", "110000", 3),
        ("", "龙屿市人民政府", 3),
        ("", "没有印出的字", 1),
        ("", "", 1),
        ("fine", "人民政府", 1),
        ("date", "2026年10月15日", 4),
        ("text", "申请行政复议", 3),
        ("text", "（全文）", 1),
    ],
)
def test_a_place_is_on_the_page_of_its_words_or_of_its_field(
    field: str, words: str, page: int
) -> None:
    assert page_of(_PRINTED, field, words) == page

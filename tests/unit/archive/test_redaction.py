"""Words that are taken out of pages and texts."""

from workstation.archive.redaction import redaction_of
from workstation.documents.display_list import LaidOutDocument, Page, TextOperation
from workstation.documents.fonts import FontStyle, bundled_library


def _run(text: str, x: float = 10.0, y: float = 700.0) -> TextOperation:
    glyphs = [bundled_library().resolve(FontStyle.FANG, char) for char in text]
    return TextOperation(
        x=x,
        y=y,
        face=glyphs[0].face,
        size=16.0,
        text=text,
        advances=tuple(glyph.advance * 16 for glyph in glyphs),
    )


def _page(*operations: TextOperation) -> LaidOutDocument:
    lines = tuple(operation.text for operation in operations)
    page = Page(width=595.0, height=842.0, operations=operations, lines=lines)
    return LaidOutDocument(pages=(page,), faces=())


def _texts(document: LaidOutDocument) -> str:
    return "".join(o.text for o in document.pages[0].operations if isinstance(o, TextOperation))


def test_a_name_is_masked_across_a_line_break() -> None:
    document = _page(_run("举报人莫小"), _run("橘到场", y=680))

    masked = redaction_of(["莫小橘"], numbers=False).document(document)

    assert _texts(masked) == "举报人×××到场"
    assert masked.pages[0].lines == ("举报人××", "×到场")


def test_what_follows_a_masked_number_keeps_its_place() -> None:
    run = _run("电话13812345678联系")

    masked = redaction_of([], numbers=True).document(_page(run))

    last = masked.pages[0].operations[-1]
    assert isinstance(last, TextOperation)
    assert "13812345678" not in _texts(masked)
    assert last.text == "联系"
    assert abs(last.x - (run.x + sum(run.advances[:-2]))) < 0.01


def test_numbers_of_neighbouring_cells_do_not_hide_each_other() -> None:
    document = _page(_run("2"), _run("13812345678", x=200), _run("9份", x=400))

    masked = redaction_of([], numbers=True).document(document)

    assert "13812345678" not in _texts(masked)
    assert "9份" in _texts(masked)


def test_texts_of_data_are_masked_and_keys_stay() -> None:
    redaction = redaction_of(["莫小橘"], numbers=True)

    value = redaction.value({"莫小橘": ["证人莫 小橘", 3], "n": "330399199001011234"})

    assert value == {"莫小橘": ["证人× ××", 3], "n": "×" * 18}

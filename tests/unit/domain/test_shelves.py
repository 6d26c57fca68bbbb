"""Texts of the shelves are searched section by section."""

from workstation.domain.shelves import sections_of


def test_short_paragraphs_are_put_together_and_nothing_is_lost() -> None:
    lines = [f"第{n}段，" + "甲" * 100 for n in range(7)]

    sections = sections_of("\n\n".join(lines))

    assert 1 < len(sections) < len(lines)
    assert "\n".join(sections) == "\n".join(lines)
    assert sections_of(" \n ") == ()

"""The code on a page is drawn as lines and says what it was given."""

import segno

from workstation.documents.qr_codes import qr_lines

TEXT = "屿综执立字〔2026〕0186号 D51 3dabb169d990 1/6"


def test_every_dark_module_is_covered_once_and_nothing_else() -> None:
    matrix = segno.make(TEXT, error="m", micro=False).matrix
    side = float(len(matrix) + 8)

    lines = qr_lines(TEXT, 0, 0, side)

    dark = {
        (round(side - line.y0 - 0.5) - 4, column - 4)
        for line in lines
        for column in range(round(line.x0), round(line.x1))
    }
    expected = {(r, c) for r, row in enumerate(matrix) for c, module in enumerate(row) if module}
    assert dark == expected

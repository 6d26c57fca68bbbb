"""A QR code drawn as lines of the display list, so that it stays vector on paper."""

import segno

from workstation.documents.display_list import LineOperation

# The quiet zone ISO/IEC 18004 asks for, in modules.
_QUIET = 4


def qr_lines(text: str, x: float, y: float, side: float) -> tuple[LineOperation, ...]:
    """Return ``text`` as a QR code in a square of ``side`` points, lower left corner at x, y.

    Error correction M; each run of dark modules is one line as thick as a module.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    module = side / (len(matrix) + 2 * _QUIET)
    lines = []
    for row, modules in enumerate(matrix):
        middle = y + side - (row + _QUIET + 0.5) * module
        start: int | None = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                first, last = start + _QUIET, column + _QUIET
                lines.append(
                    LineOperation(
                        x0=x + first * module,
                        y0=middle,
                        x1=x + last * module,
                        y1=middle,
                        width=module,
                    )
                )
                start = None
    return tuple(lines)

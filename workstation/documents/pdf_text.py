"""The operators that draw text and lines in a PDF, written as reportlab writes them but in one go.

reportlab builds a text object for every run of characters and measures it again; most of the
time of writing a PDF went there.
"""

from functools import lru_cache

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument

_NOTHING = 1e-7
_TOO_LARGE = 1000
_LEADING = 1.2
# Bytes as they stand in a literal string (ISO 32000-1 §7.3.4.2): octal where they are unprintable.
_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord(char): f"\\{char}" for char in "\\()"
}


def pdf_number(value: float) -> str:
    """Return a number as reportlab writes it: six significant places, no idle zeros."""
    size = abs(value)
    if size <= _NOTHING:
        return "0"
    if value == int(value):
        return str(int(value))
    if size >= _TOO_LARGE:
        return str(fp_str(value))
    places = 6 if size < 10 else 5 if size < 100 else 4
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return text[1:] if len(text) > 1 and text[0] == "0" else text


@lru_cache(maxsize=256)
def _sized(size: float) -> str:
    return f"{pdf_number(size)} Tf {pdf_number(size * _LEADING)} TL"


def text_operators(
    document: PDFDocument,
    font_name: str,
    size: float,
    place: tuple[float, float],
    run: tuple[str, float],
) -> str:
    """Return the operators that show a text at ``place`` (points) in a registered font.

    ``run`` is the text and the space added after each of its characters.
    """
    font = pdfmetrics.getFont(font_name)
    text, space = run
    code = [f"BT 1 0 0 1 {pdf_number(place[0])} {pdf_number(place[1])} Tm"]
    if space:
        code.append(f"{pdf_number(space)} Tc")
    shown = -1
    for subset, codes in font.splitString(text, document):
        if subset != shown:
            code.append(f"{font.getSubsetInternalName(subset, document)} {_sized(size)}")
            shown = subset
        code.append(f"({codes.decode('latin-1').translate(_ESCAPES)}) Tj")
    code.append("0 Tc ET" if space else "ET")
    return " ".join(code)


def line_operators(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the operators that stroke a straight line, in points."""
    start, end = f"{pdf_number(x0)} {pdf_number(y0)}", f"{pdf_number(x1)} {pdf_number(y1)}"
    return f"n {start} m {end} l S"

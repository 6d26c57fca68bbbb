"""Where the slanted word of a draft stands, for every painter of the display list."""

import math
from dataclasses import dataclass

# Pale enough not to disturb reading; the word crosses the page along its diagonal.
WATERMARK_GREY = 0.88
_LARGEST_SIZE = 150.0
_SHARE_OF_DIAGONAL = 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class WatermarkPlace:
    """Centre and type size in points, slope in degrees, counter-clockwise."""

    x: float
    y: float
    size: float
    degrees: float


def place_watermark(page_width: float, page_height: float, text_ems: float) -> WatermarkPlace:
    """Return where a watermark ``text_ems`` em wide stands on a page of this size in points."""
    diagonal = math.hypot(page_width, page_height)
    return WatermarkPlace(
        x=page_width / 2,
        y=page_height / 2,
        size=min(_LARGEST_SIZE, diagonal * _SHARE_OF_DIAGONAL / max(text_ems, 1.0)),
        degrees=math.degrees(math.atan2(page_height, page_width)),
    )

"""Which places' law holds at a place: the nation's, its own, and that of the places above it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workstation.errors import DataFileError

NATIONAL = "全国"


class RegionTable:
    """Places with the place each lies in; a place not in the table lies in the nation only."""

    def __init__(self, above: Mapping[str, str], wholes: Iterable[str] = ()) -> None:
        """Take pairs of a place and the one it lies in, and the places that lie in no other."""
        self._above = dict(above)
        self._wholes = frozenset(wholes)
        self._longest = max(map(len, (*self._above, *self._wholes)), default=0)

    def knows(self, place: str) -> bool:
        """Tell whether the table has the place."""
        return place in self._above or place in self._wholes

    def leading(self, text: str) -> str:
        """Return the place ``text`` begins with, the narrowest of several in a row, or nothing."""
        narrowest, rest = "", text
        while found := self._first(rest):
            narrowest, rest = found, rest.removeprefix(found)
        return narrowest

    def _first(self, text: str) -> str:
        begun = (text[:end] for end in range(min(len(text), self._longest), 0, -1))
        return next((name for name in begun if self.knows(name)), "")

    def holds_at(self, region: str, place: str) -> bool:
        """Tell whether a text made for ``region`` may be law at ``place`` or within it.

        Within, because who asks for a province asks for its cities as well.
        """
        region = self.plain(region)
        if region in {NATIONAL, "", place}:
            return True
        return region in self._lineage(place) or place in self._lineage(region)

    def plain(self, region: str) -> str:
        """Return 温州市 for 浙江省温州市; a district that the table lacks stays as it is."""
        narrowest = self.leading(region)
        return narrowest if region.endswith(narrowest) and narrowest else region

    def _lineage(self, place: str) -> Iterator[str]:
        around = self.leading(place)
        if around and not place.endswith(around):
            yield around
            place = around
        while place in self._above:
            place = self._above[place]
            yield place


def load_regions(path: Path) -> RegionTable:
    """Read ``regions.toml``: a table ``within`` of places, each with the places in it.

    Raises:
        DataFileError: the file is missing or malformed, or a place lies in itself.
    """
    try:
        within = tomllib.loads(path.read_text(encoding="utf-8"))["within"]
        above = {str(place): str(whole) for whole, places in within.items() for place in places}
        _refuse_circles(above)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        message = f"地区表 {path.name} 缺失或格式不正确：{cause}"
        raise DataFileError(
            message, hint="请改正该文件，或删除本单位的副本以恢复原表。"
        ) from cause
    return RegionTable(above, within)


def _refuse_circles(above: Mapping[str, str]) -> None:
    for start in above:
        place, steps = start, 0
        while place in above:
            place, steps = above[place], steps + 1
            if steps > len(above):
                raise ValueError(f"{start} 自己包含自己")

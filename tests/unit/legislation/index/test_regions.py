"""Whose law is shown: the nation's, the place's own, and that of the places above and in it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from workstation.data_files import statutes_dir
from workstation.errors import DataFileError
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.priors import OfficeField
from workstation.legislation.regions import load_regions
from workstation.legislation.search import Asker, SearchIndex

MakeArticle = Callable[..., IndexedArticle]
MakeIndex = Callable[[Sequence[IndexedArticle]], SearchIndex]
REGIONS = ["全国", "浙江省", "温州市", "杭州市", "上海市"]


@pytest.fixture
def index(make_article: MakeArticle, make_index: MakeIndex) -> SearchIndex:
    """Return an index of one article of each region, and some that say nothing."""
    told = [
        make_article(f"禁止倾倒建筑垃圾，{region}", region=region, instrument=f"{region}条例")
        for region in REGIONS
    ]
    return make_index([*told, *(make_article("国家鼓励其他事项。") for _ in range(60))])


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (None, set(REGIONS)),
        ("全国", {"全国"}),
        ("浙江省", {"全国", "浙江省", "温州市", "杭州市"}),
        ("温州市", {"全国", "浙江省", "温州市"}),
        ("龙港市", {"全国", "浙江省", "温州市"}),
        ("上海市", {"全国", "上海市"}),
    ],
)
def test_only_law_that_may_hold_at_the_place_is_shown(
    index: SearchIndex, place: str | None, shown: set[str]
) -> None:
    answer = index.search("建筑垃圾", asker=Asker(region=place))

    assert {result.region for result in answer.results} == shown


def test_the_laws_of_the_offices_own_matters_come_first(index: SearchIndex) -> None:
    own = Asker(field=OfficeField((("上海市条例", 9),)))

    assert index.search("建筑垃圾", asker=own).results[0].region == "上海市"


def test_every_place_of_the_shipped_table_is_known() -> None:
    table = load_regions(statutes_dir() / "regions.toml")

    assert all(map(table.knows, ("浙江省", "温州市", "龙港市", "上海市")))
    assert not table.knows("龙屿市")


@pytest.mark.parametrize(
    "text", ["", "within = 3", '[within]\n"甲市" = ["乙县"]\n"乙县" = ["甲市"]', "[["]
)
def test_a_malformed_table_of_regions_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "regions.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataFileError, match=r"regions\.toml"):
        load_regions(path)


@pytest.mark.parametrize(
    ("region", "place", "held"),
    [
        ("浙江省温州市", "龙港市", True),
        ("温州市鹿城区", "温州市", True),
        ("温州市鹿城区", "浙江省", True),
        ("温州市鹿城区", "龙港市", False),
        ("温州市鹿城区", "杭州市", False),
    ],
)
def test_a_region_of_several_names_lies_where_they_say(
    region: str, place: str, *, held: bool
) -> None:
    table = load_regions(statutes_dir() / "regions.toml")

    assert table.holds_at(region, place) is held

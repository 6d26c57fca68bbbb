"""Three-way merge of rows: a hand edit in one row survives what the case changes elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.row_merges import RowMerge, merge_rows

_LABELS = {"name": "名称", "count": "数量", "state": "现状"}


def _row(name: str, count: str = "1", state: str = "完好") -> dict[str, object]:
    return {"name": name, "count": count, "state": state}


_BASE = [_row("推车"), _row("炉具", "2"), _row("烤签", "30")]


def _merge(mine: list[dict[str, object]], theirs: list[dict[str, object]]) -> RowMerge:
    return merge_rows(_BASE, mine, theirs, _LABELS)


def test_an_edited_cell_survives_a_row_put_in_before_it() -> None:
    mine = [_BASE[0], _row("炉具", "2", "有锈迹"), _BASE[2]]
    theirs = [_row("雨棚"), *_BASE]

    merge = _merge(mine, theirs)

    assert merge.conflicts == ()
    assert merge.with_mine == [_row("雨棚"), _BASE[0], _row("炉具", "2", "有锈迹"), _BASE[2]]


def test_two_cells_of_one_row_are_taken_from_both_sides() -> None:
    mine = [_row("推车", "1", "轮子破损"), *_BASE[1:]]
    theirs = [_row("推车", "2"), *_BASE[1:]]

    assert _merge(mine, theirs).with_theirs == [_row("推车", "2", "轮子破损"), *_BASE[1:]]


def test_one_cell_changed_on_both_sides_is_a_conflict_that_names_it() -> None:
    mine = [*_BASE[:2], _row("烤签", "28")]
    theirs = [*_BASE[:2], _row("烤签", "31")]

    merge = _merge(mine, theirs)

    (piece,) = merge.conflicts
    assert (piece.place, piece.base, piece.mine, piece.theirs) == ("第3行“数量”", "30", "28", "31")
    assert (merge.with_mine[2]["count"], merge.with_theirs[2]["count"]) == ("28", "31")


def test_conflicts_of_rows_are_decided_one_by_one() -> None:
    mine = [_row("推车", "1", "破损"), _row("炉具", "3"), *_BASE[2:]]
    theirs = [_row("推车", "1", "锈蚀"), _row("炉具", "4"), _row("烤签", "31")]

    merge = _merge(mine, theirs)

    assert [piece.place for piece in merge.conflicts] == ["第1行“现状”", "第2行“数量”"]
    assert merge.decided([False, True]) == [
        _row("推车", "1", "锈蚀"),
        _row("炉具", "3"),
        _row("烤签", "31"),
    ]


def test_a_row_taken_out_stays_out_when_the_case_left_it_alone() -> None:
    assert _merge([_BASE[0], _BASE[2]], [*_BASE, _row("雨棚")]).with_mine == [
        _BASE[0],
        _BASE[2],
        _row("雨棚"),
    ]


def test_a_row_taken_out_here_and_changed_there_is_a_conflict() -> None:
    merge = _merge(_BASE[:2], [*_BASE[:2], _row("烤签", "31")])

    (piece,) = merge.conflicts
    assert (piece.mine, piece.place) == ("（没有这一行）", "第3行")
    assert (len(merge.with_mine), len(merge.with_theirs)) == (2, 3)


def test_what_both_put_in_stands_once() -> None:
    longer = [*_BASE, _row("雨棚")]

    assert _merge(longer, longer).with_mine == longer


def test_rows_reworded_altogether_are_still_the_same_rows() -> None:
    mine = [_BASE[0], _row("木炭炉", "3", "有锈"), _BASE[2]]

    assert _merge(mine, [*_BASE[:2], _row("烤签", "31")]).with_mine == [
        *mine[:2],
        _row("烤签", "31"),
    ]


def test_a_number_and_its_text_are_one_value() -> None:
    theirs = [{**row, "count": int(str(row["count"]))} for row in _BASE]

    assert _merge([*_BASE[:2], _row("烤签", "28")], theirs).conflicts == ()


_ROWS = st.lists(st.builds(_row, st.sampled_from("甲乙丙丁"), st.sampled_from("123")), max_size=5)


@given(base=_ROWS, mine=_ROWS, theirs=_ROWS)
def test_what_only_one_side_changed_is_taken_whole(
    base: list[dict[str, object]], mine: list[dict[str, object]], theirs: list[dict[str, object]]
) -> None:
    assert merge_rows(base, mine, base, _LABELS).with_theirs == mine
    assert merge_rows(base, base, theirs, _LABELS).with_mine == theirs
    assert merge_rows(base, mine, mine, _LABELS).conflicts == ()


@given(base=_ROWS, mine=_ROWS, theirs=_ROWS)
def test_no_new_word_is_lost(
    base: list[dict[str, object]], mine: list[dict[str, object]], theirs: list[dict[str, object]]
) -> None:
    merge = merge_rows(base, mine, theirs, _LABELS)

    told = "".join(piece.mine + piece.theirs for piece in merge.conflicts)
    rows = (*merge.with_mine, *merge.with_theirs)
    for key in _LABELS:
        new = {row[key] for row in (*mine, *theirs)} - {row[key] for row in base}
        kept = {row[key] for row in rows}
        assert all(word in kept or str(word) in told for word in new)

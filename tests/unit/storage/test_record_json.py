from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.storage.samples import make_case, make_matter, make_office
from workstation.domain.cases import Case, CaseEvent, CaseFile, Delivery, IssuedDocument, JsonValue
from workstation.domain.evidence import Evidence
from workstation.domain.matters import DiscretionTier, Matter
from workstation.domain.people import Office
from workstation.storage import canonical_json, from_plain, record_digest, to_plain

_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_finite = _scalars.filter(lambda value: value not in {float("inf"), float("-inf")})
_json = st.recursive(
    _finite,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_mapping = st.dictionaries(st.text(), _json, max_size=3)


def _few(record: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.builds(record, **fields), max_size=2).map(tuple)


_files: st.SearchStrategy[CaseFile] = st.builds(
    CaseFile,
    case=st.builds(Case, facts=_mapping),
    events=_few(CaseEvent, data=_mapping),
    documents=_few(IssuedDocument, values=_mapping),
    deliveries=_few(Delivery),
    evidence=_few(Evidence),
)


@settings(max_examples=60, deadline=None)
@given(_files)
def test_every_case_file_survives_json(file: CaseFile) -> None:
    plain = to_plain(file)

    assert from_plain(CaseFile, plain) == file


@settings(max_examples=60, deadline=None)
@given(_files)
def test_a_case_file_read_back_has_the_same_canonical_json(file: CaseFile) -> None:
    text = canonical_json(file)

    assert canonical_json(from_plain(CaseFile, to_plain(file))) == text


def test_references_and_money_of_a_matter_survive_json() -> None:
    matter = make_matter()

    restored = from_plain(Matter, to_plain(matter))

    assert restored == matter
    assert str(restored.fine_min) == "100000.00"


def test_roles_of_an_office_come_back_as_roles() -> None:
    office = make_office(案件=185)

    assert from_plain(Office, to_plain(office)) == office


def test_canonical_json_sorts_keys_and_keeps_chinese() -> None:
    assert canonical_json({"b": 1, "a": "案"}) == '{"a":"案","b":1}'


def test_equal_records_have_equal_digests_whatever_the_order_of_their_facts() -> None:
    one: dict[str, JsonValue] = {"a": 1, "b": 2}
    other: dict[str, JsonValue] = {"b": 2, "a": 1}

    digests = {record_digest(replace(make_case(), facts=facts)) for facts in (one, other)}

    assert len(digests) == 1


def test_a_changed_fact_changes_the_digest() -> None:
    case = make_case()

    assert record_digest(case) != record_digest(replace(case, facts={"trips": 3}))


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"a": float("nan")})


def test_something_that_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        to_plain({"a": b"bytes"})


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(TypeError, match="fine_max"):
        from_plain(DiscretionTier, {"name": "x", "condition": "y", "fine_min": "1"})


def test_times_and_money_are_written_as_text() -> None:
    assert to_plain((datetime.fromisoformat("2026-08-19T08:50"), Decimal("1.50"))) == [
        "2026-08-19T08:50:00",
        "1.50",
    ]

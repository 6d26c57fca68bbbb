"""What may name a person in a text that was imported."""

import pytest

from workstation.archive.redaction import unmasked_in


@pytest.mark.parametrize(
    "text",
    [
        "当事人：张某，罚款35元",
        "当事人：龙屿市鲸礁渣土清运有限公司",
        "被处罚人：李××",
        "负责人：王*",
        "法定代表人：甲",
    ],
)
def test_masked_names_and_units_are_left_alone(text: str) -> None:
    assert unmasked_in(text) == ()


def test_numbers_and_names_are_told() -> None:
    found = unmasked_in("当事人：温砺，身份证号990399198804230033，电话13900000000")

    assert found == ("身份证号、电话或者卡号2处", "疑似姓名1个")

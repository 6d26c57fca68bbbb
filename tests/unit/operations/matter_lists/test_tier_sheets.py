"""Conditions of tiers: parsed where a machine can, kept as words where not."""

import pytest

from workstation.domain.tier_conditions import in_text
from workstation.operations.matter_lists.tier_sheets import conditions_in, load_factors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("倾倒量不足20立方米的", "倾倒量<20立方米"),
        ("倾倒量20立方米以上不足50立方米", "倾倒量≥20立方米 且 倾倒量<50立方米"),
        ("面积10平方米以上30平方米以下", "面积≥10平方米 且 面积≤30平方米"),
        ("违法所得超过5000元", "违法所得>5000元"),
        ("倾倒量>=20立方米 且 倾倒量<50立方米", "倾倒量≥20立方米 且 倾倒量<50立方米"),
        (
            "倾倒量100立方米以上，或者倾倒在饮用水水源保护区、农用地",
            "倾倒量≥100立方米 或 倾倒在饮用水水源保护区、农用地=是",
        ),
        ("造成恶劣社会影响的", ""),
        ("倾倒量不足20立方米，且造成恶劣社会影响", ""),
    ],
)
def test_a_condition_is_tested_only_where_all_of_it_can_be(text: str, expected: str) -> None:
    assert in_text(conditions_in(text, load_factors())) == expected

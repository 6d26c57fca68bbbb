"""Check digits of identity numbers and credit codes; all numbers are invented."""

from datetime import date

import pytest

from workstation.domain.identity_numbers import (
    InvalidCreditCodeError,
    InvalidIdentityNumberError,
    birth_date_of,
    check_credit_code,
    check_identity_number,
    sex_of,
)


def test_a_right_identity_number_is_returned_normalised() -> None:
    assert check_identity_number(" 990399 19790616 0019 ") == "990399197906160019"


def test_full_width_digits_are_read() -> None:
    assert check_identity_number("９９０３９９１９８８０４２３００３３") == "990399198804230033"


def test_a_wrong_check_digit_names_the_expected_one() -> None:
    with pytest.raises(InvalidIdentityNumberError, match="按前17位应为9"):
        check_identity_number("990399197906160018")


@pytest.mark.parametrize("text", ["", "99039919790616001", "9903991979061600190", "abc" * 6])
def test_a_number_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentityNumberError, match="应为18位"):
        check_identity_number(text)


def test_an_impossible_birth_date_is_refused() -> None:
    with pytest.raises(InvalidIdentityNumberError, match="出生日期"):
        check_identity_number("990399197913160019")


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    number = "990399197906160019"

    assert birth_date_of(number) == date(1979, 6, 16)
    assert sex_of(number) == "男"


def test_a_right_credit_code_is_returned_in_upper_case() -> None:
    assert check_credit_code("91330399ma0000015l") == "91330399MA0000015L"


def test_a_wrong_credit_code_names_the_expected_character() -> None:
    with pytest.raises(InvalidCreditCodeError, match="按前17位应为L"):
        check_credit_code("91330399MA0000015K")


@pytest.mark.parametrize("text", ["", "91330399MA000001", "91330399MA0000015I"])
def test_a_credit_code_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidCreditCodeError, match="18位"):
        check_credit_code(text)

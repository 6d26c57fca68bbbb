"""Check digits of the numbers that identify parties: wrong ones are refused at once."""

from datetime import date

from workstation.errors import InvalidInputError

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


class InvalidIdentityNumberError(InvalidInputError):
    """A citizen's identity number breaks GB 11643."""

    code = "invalid_identity_number"


class InvalidCreditCodeError(InvalidInputError):
    """A unified social credit code breaks GB 32100."""

    code = "invalid_credit_code"


def normalise_number(text: str) -> str:
    """Return ``text`` in half width, upper case and without spaces, as numbers are stored."""
    return "".join(text.translate(_FULL_WIDTH).split()).upper()


def check_identity_number(text: str) -> str:
    """Return the normalised 18-digit 公民身份号码.

    Raises:
        InvalidIdentityNumberError: length, digits, birth date or check digit (GB 11643) is wrong.
    """
    number = normalise_number(text)
    hint = "请对照身份证原件逐位核对后重新输入。"
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        message = f"公民身份号码“{text}”应为18位（前17位为数字）。"
        raise InvalidIdentityNumberError(message, hint=hint)
    try:
        birth_date_of(number)
    except ValueError as error:
        message = f"公民身份号码“{number}”第7至14位不是有效的出生日期。"
        raise InvalidIdentityNumberError(message, hint=hint) from error
    total = sum(int(c) * w for c, w in zip(number[:17], _IDENTITY_WEIGHTS, strict=True))
    expected = _IDENTITY_CHECKS[total % 11]
    if number[17] != expected:
        message = _wrong_check("公民身份号码", number, expected)
        raise InvalidIdentityNumberError(message, hint=hint)
    return number


def birth_date_of(identity_number: str) -> date:
    """Return the birth date written in an 18-digit identity number.

    Raises:
        ValueError: those digits are no date.
    """
    digits = identity_number[6:14]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def sex_of(identity_number: str) -> str:
    """Return 男 or 女 as the 17th digit says (GB 11643: odd is male)."""
    return "男" if int(identity_number[16]) % 2 else "女"


def check_credit_code(text: str) -> str:
    """Return the normalised 18-character 统一社会信用代码.

    Raises:
        InvalidCreditCodeError: length, alphabet or check character (GB 32100) is wrong.
    """
    code = normalise_number(text)
    hint = "请对照营业执照逐位核对后重新输入（代码中没有字母 I、O、S、V、Z）。"
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):
        message = f"统一社会信用代码“{text}”应为18位数字或大写字母。"
        raise InvalidCreditCodeError(message, hint=hint)
    total = sum(
        _CREDIT_ALPHABET.index(c) * w for c, w in zip(code[:17], _CREDIT_WEIGHTS, strict=True)
    )
    expected = _CREDIT_ALPHABET[(31 - total % 31) % 31]
    if code[17] != expected:
        message = _wrong_check("统一社会信用代码", code, expected)
        raise InvalidCreditCodeError(message, hint=hint)
    return code


def _wrong_check(name: str, number: str, expected: str) -> str:
    return f"{name}“{number}”的校验码不对（末位是{number[17]}，按前17位应为{expected}）。"

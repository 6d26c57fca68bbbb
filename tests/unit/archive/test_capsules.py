"""The signature of a capsule, by the examples of RFC 8032 §7.1."""

import pytest

from workstation.archive.capsules import SigningKey
from workstation.archive.verify_capsule import is_signed

_EXAMPLES = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), _EXAMPLES)
def test_keys_and_signatures_are_those_of_the_standard(
    secret: str, public: str, message: str, signature: str
) -> None:
    key = SigningKey(bytes.fromhex(secret))

    signed = key.sign(bytes.fromhex(message))

    assert key.public.hex() == public
    assert signed.hex() == signature
    assert is_signed(key.public, bytes.fromhex(message), signed)


def test_a_signature_is_of_one_message_and_one_key() -> None:
    key, other = SigningKey(b"k" * 32), SigningKey(b"o" * 32)
    signed = key.sign("案卷".encode())
    spoilt = bytes([signed[0] ^ 1]) + signed[1:]

    assert not is_signed(key.public, "案巻".encode(), signed)
    assert not is_signed(other.public, "案卷".encode(), signed)
    assert not is_signed(key.public, "案卷".encode(), spoilt)

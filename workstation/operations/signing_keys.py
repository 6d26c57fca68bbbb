"""The key of the office, made when something is first signed with it."""

from workstation.archive.capsules import SigningKey, new_signing_key
from workstation.storage.database import Database


def office_key(database: Database) -> SigningKey:
    """Return the key that signs what leaves the office."""
    with database.writing() as unit:
        secret = unit.capsules.signing_secret()
        if secret is not None:
            return SigningKey(secret)
        key = new_signing_key()
        unit.capsules.add_signing_key(key.public, key.secret)
        unit.log.append("signing_key_made", {"public": key.public.hex()})
    return key

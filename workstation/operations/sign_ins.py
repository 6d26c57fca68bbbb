"""Who is at the desk, where it must be proven: a password of each person, kept as scrypt digest.

This keeps colleagues at one desk apart; it does not protect against somebody who can read the
database file.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from workstation.domain.interventions import PasswordEntry
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.changes import Changes
from workstation.storage.database import Database, Unit

SHORTEST = 6
_REFUSED = "sign_in_refused"
_MOST_REFUSALS, _PAUSE = 5, timedelta(minutes=10)
# RFC 7914 parameters that take some 60 ms and 32 MiB.
_COST, _BLOCK, _PARALLEL, _MEMORY = 2**15, 8, 1, 64 * 2**20


class SignInRefusedError(WorkstationError):
    """The password is wrong, none was set, or there were too many wrong ones."""

    code: ClassVar[str] = "sign_in_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Who says he is at the desk, and the password that proves it."""

    person: str
    password: str


class SignInOperations:
    """Setting and checking passwords; every wrong one is logged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_password(self, person: str) -> bool:
        """Tell whether a person has set a password."""
        with self._database.reading() as unit:
            return unit.passwords.of(person) is not None

    def set_password(self, person: str, new: str, old: str = "") -> Changes:
        """Set a person's password; whoever has one must give it.

        Raises:
            InvalidInputError: the person is unknown, or the new password is too short.
            SignInRefusedError: the old password is wrong.
        """
        with self._database.reading() as unit:
            unit.office.get().person(person)
        if len(new) < SHORTEST:
            message = f"口令太短：至少{SHORTEST}个字符。"
            raise InvalidInputError(message, hint="请用不易被同事猜到的词句，不要用生日和证号。")
        if self.has_password(person):
            self.check(Credential(person=person, password=old))
        salt = secrets.token_bytes(16)
        with self._database.writing() as unit:
            unit.passwords.add(
                PasswordEntry(
                    person=person,
                    salt=salt.hex(),
                    digest=_digest(new, salt),
                    set_by=person,
                    set_at=datetime.now().replace(microsecond=0),
                )
            )
            unit.log.append("password_set", {"person": person})
        return Changes.of("password", person)

    def check(self, credential: Credential) -> None:
        """Return if the password is right; every refusal is logged before it is raised.

        Raises:
            SignInRefusedError: it is not, none was set, or there were too many wrong ones.
        """
        person = credential.person
        with self._database.reading() as unit:
            entry = unit.passwords.of(person)
            refusals = _recent_refusals(unit, person)
        if entry is None:
            message = f"“{person}”还没有设置口令。"
            raise SignInRefusedError(message, hint="请由本人先在“设置 · 登录口令”中设置。")
        if refusals >= _MOST_REFUSALS:
            message = f"“{person}”的口令连续输错{refusals}次，暂停核对。"
            raise SignInRefusedError(message, hint="请十分钟后再试；每次失败都已记入日志。")
        given = _digest(credential.password, bytes.fromhex(entry.salt))
        if not hmac.compare_digest(given, entry.digest):
            with self._database.writing() as unit:
                unit.log.append(_REFUSED, {"person": person})
            message = f"“{person}”的口令不对。"
            raise SignInRefusedError(message, hint="请由本人重新输入；这次失败已记入日志。")


def _digest(password: str, salt: bytes) -> str:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY
    ).hex()


def _recent_refusals(unit: Unit, person: str) -> int:
    since = datetime.now(UTC) - _PAUSE
    found = unit.log.entries(_REFUSED, limit=200)
    return sum(e.payload.get("person") == person and e.at >= since for e in found)

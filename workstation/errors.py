"""Failures that a user can act on.

Every subclass carries a Chinese ``message`` (what happened and why) and a Chinese ``hint``
(what to do next). Anything that is not a ``WorkstationError`` is a bug.
"""

from typing import ClassVar


class WorkstationError(Exception):
    """Base of all failures that are shown to the user as a sentence, not as a traceback."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def as_json(self) -> dict[str, str]:
        """Return ``{"code", "message", "hint"}`` as the command line prints it."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class InvalidInputError(WorkstationError):
    """A value typed or imported by the user breaks a rule that can be stated."""

    code = "invalid_input"


class DataFileError(WorkstationError):
    """A shipped or bureau-owned data file is missing or malformed."""

    code = "data_file"


class HomeNotWritableError(WorkstationError):
    """The home folder can't hold the office's data."""

    code = "home_not_writable"

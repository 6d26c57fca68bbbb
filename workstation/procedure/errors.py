"""Failures of the procedure that a user can act on."""

from workstation.errors import DataFileError, InvalidInputError, WorkstationError


class HolidayNoticeMissingError(WorkstationError):
    """A count in working days enters a year whose State Council holiday notice is not loaded."""

    code = "holiday_notice_missing"


class HolidayNoticeUnreadableError(InvalidInputError):
    """The text taken for a holiday notice names no year or no days."""

    code = "holiday_notice_unreadable"


class ProcedureDataError(DataFileError):
    """A step, event, deadline, guard or parameter file is malformed; the message names it."""

    code = "procedure_data"


class UnknownDeadlineError(InvalidInputError):
    """A deadline code is not in ``statutes/deadlines.toml``."""

    code = "unknown_deadline"


class UnknownEventError(InvalidInputError):
    """An event kind, or the wording of a timeline row, is not in ``templates/events``."""

    code = "unknown_event"

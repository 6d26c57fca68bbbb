"""What ends a case before a decision: rejection, withdrawal, termination, transfer, joinder."""

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import text_of

WHOLE_CASE = "全案移送"
ENDING_KINDS = ("lead_rejected", "case_withdrawn", "case_terminated", "case_merged")


def ending_of(case_file: CaseFile) -> CaseEvent | None:
    """Return the event that ended the case without a decision, or None.

    A transfer of the whole case ends it unless the other agency sent it back.
    """
    found = [event for kind in ENDING_KINDS for event in case_file.all_of(kind)]
    transfer = open_transfer(case_file, WHOLE_CASE)
    if transfer is not None:
        found.append(transfer)
    return min(found, key=lambda event: (event.at, event.position), default=None)


def open_transfer(case_file: CaseFile, scope: str = "") -> CaseEvent | None:
    """Return the latest transfer (of ``scope``) that was not sent back, or None."""
    for transfer in reversed(case_file.all_of("case_transferred")):
        if scope and text_of(transfer.data.get("scope")) != scope:
            continue
        answer = answer_to(case_file, transfer)
        if answer is None or answer.data.get("accepted") is True:
            return transfer
    return None


def answer_to(case_file: CaseFile, transfer: CaseEvent) -> CaseEvent | None:
    """Return the receipt (回执) of a transfer, or None while it is awaited."""
    later = (
        event
        for event in case_file.all_of("transfer_answered")
        if (event.at, event.position) > (transfer.at, transfer.position)
    )
    return next(later, None)

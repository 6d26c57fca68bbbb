"""Giving the papers of a case their numbers, and entering each in the ledger (文号台账)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from workstation.documents.forms import FormDefinition
from workstation.domain.cases import Case, CaseEvent, CaseFile
from workstation.errors import InvalidInputError
from workstation.operations.numbering import (
    CASE_COUNTER,
    FILING_FORM,
    NumberedPaper,
    NumberRules,
)
from workstation.storage.database import Unit
from workstation.storage.errors import NumberTakenError
from workstation.storage.records import IssuedNumber, NumberState, PaperNumber

# The archive number (归档号) stands in the ledger without a form.
ARCHIVE_ENTRY = ""
LEAD_FORM = "D01"


@dataclass(slots=True)
class NumberGiver:
    """Numbers what one event of one case brings; ``actor`` is who the ledger names."""

    unit: Unit
    rules: NumberRules
    case_id: str
    actor: str
    _drawn: IssuedNumber | None = None

    def case_number(self, case: Case, event: CaseEvent, form: FormDefinition) -> Case:
        """Return a case with its 立案号: the serial reserved for it, else the next one.

        Raises:
            InvalidInputError: the number asked for is no serial reserved in that year.
        """
        agency = self.unit.office.get().agency
        rule, year = self.rules.of(FILING_FORM), event.at.year

        def write(serial: int) -> str:
            return rule.write(agency, form.code, year, serial, "", 1)

        asked = str(event.data.get("reserved_number") or "").strip()
        if asked:
            serial = self._reserved_serial(asked, year)
            self._drawn = None
        else:
            self._take(CASE_COUNTER, year, write, FILING_FORM)
            serial = self._drawn.serial if self._drawn else 0
        text = write(serial)
        self._enter(text, FILING_FORM, year, (CASE_COUNTER, serial))
        return replace(case, serial=serial, number=text)

    def _reserved_serial(self, asked: str, year: int) -> int:
        found = next(
            (
                number
                for number in self.unit.paper_numbers.get(asked)
                if number.state is NumberState.RESERVED
                and (number.scope, number.year, number.case_id) == (CASE_COUNTER, year, None)
            ),
            None,
        )
        if found is None:
            message = f"“{asked}”不是{year}年为立案预留的文号。"
            raise InvalidInputError(
                message, hint="请在“台账”中核对预留的文号，或留空由程序顺次取号。"
            )
        self.unit.numbers.assign(CASE_COUNTER, year, found.serial, self.case_id)
        self.unit.paper_numbers.assign(found, self.case_id)
        return found.serial

    def archive_number(self, event: CaseEvent) -> CaseEvent:
        """Return an archiving event with its archive number (归档号).

        Raises:
            InvalidInputError: another number was typed.
        """
        rule, year = self.rules.archive, event.at.year
        agency = self.unit.office.get().agency
        text = self._take(
            rule.counter,
            year,
            lambda serial: rule.write(agency, "", year, serial, "", 1),
            ARCHIVE_ENTRY,
        )
        asked = event.data.get("archive_number")
        if asked and asked != text:
            message = f"归档号应为“{text}”，与所填“{asked}”不符。"
            raise InvalidInputError(message, hint="请删去所填归档号由程序连续编号，或核对台账。")
        self._enter(text, ARCHIVE_ENTRY, year)
        return replace(event, data=dict(event.data) | {"archive_number": text})

    def paper_number(self, paper: NumberedPaper, file: CaseFile, asked: str = "") -> str:
        """Return the number of a paper: the one typed, else the one reserved, else the next.

        Raises:
            NumberTakenError: the number typed stands on another paper, or is void.
        """
        self._drawn = None
        form = paper.form.id
        reserved = self.unit.paper_numbers.reserved(self.case_id, form)
        if asked and self.unit.documents.has_number(asked):
            raise NumberTakenError(asked)
        text = asked or (reserved.text if reserved else self._next(paper, file))
        if text:
            self._enter(text, form, paper.year)
        return text

    def reserve(self, paper: NumberedPaper, file: CaseFile) -> PaperNumber:
        """Reserve the number the next paper of a form will bear; without one it is refused."""
        self._drawn = None
        text = self._next(paper, file)
        if not text:
            message = f"《{paper.form.title}》不编文号，没有可以预留的。"
            raise InvalidInputError(message, hint="审批表、笔录、清单以案号为准。")
        return self._enter(text, paper.form.id, paper.year, state=NumberState.RESERVED)

    def serial_of(
        self, form: str, code: str, year: int, state: NumberState = NumberState.USED
    ) -> PaperNumber:
        """Give out the next serial of a form's counter, written by the form's rule."""
        rule, agency = self.rules.of(form), self.unit.office.get().agency
        text = self._take(
            rule.counter,
            year,
            lambda serial: rule.write(agency, code, year, serial, "", 1),
            form,
        )
        return self._enter(text, form, year, state=state)

    def _next(self, paper: NumberedPaper, file: CaseFile) -> str:
        """Return the number by the rules; one that is void or reserved is passed over."""

        def take(counter: str, year: int, write: Callable[[int], str]) -> str:
            return self._take(counter, year, write, paper.form.id)

        text = self.rules.number(paper, file, take)
        while text and self._is_given(text, paper.form.id):
            paper = replace(paper, occurrence=paper.occurrence + 1)
            following = self.rules.number(paper, file, take)
            if following == text:
                break
            text = following
        return text

    def _is_given(self, text: str, form: str) -> bool:
        return any(
            number.form == form and number.state is not NumberState.USED
            for number in self.unit.paper_numbers.get(text)
        )

    def _take(self, counter: str, year: int, write: Callable[[int], str], form: str) -> str:
        """Take the next serial; one whose number was typed on a paper before stays with it."""
        while True:
            self._drawn = self.unit.numbers.take(counter, year, self.case_id or None, write)
            if all(
                number.form != form for number in self.unit.paper_numbers.get(self._drawn.text)
            ):
                return self._drawn.text

    def _enter(
        self,
        text: str,
        form: str,
        year: int,
        drawn: tuple[str, int] | None = None,
        state: NumberState = NumberState.USED,
    ) -> PaperNumber:
        if drawn is None and self._drawn is not None and self._drawn.text == text:
            drawn = self._drawn.scope, self._drawn.serial
        scope, serial = drawn or ("", 0)
        return self.unit.paper_numbers.enter(
            PaperNumber(
                text=text,
                form=form,
                year=self.rules.year_of(text, year),
                case_id=self.case_id or None,
                scope=scope,
                serial=serial,
                state=state,
                entered_by=self.actor,
            )
        )


def take_lead_number(unit: Unit, rules: NumberRules, year: int) -> str:
    """Give out the next lead number (案源号) of ``year``; its first paper names its case."""
    return NumberGiver(unit, rules, "", "").serial_of(LEAD_FORM, "", year).text


def reserve_serial(
    unit: Unit, rules: NumberRules, form: FormDefinition, year: int, by: str
) -> PaperNumber:
    """Reserve the next serial of a form's counter for a case that is not there yet."""
    giver = NumberGiver(unit, rules, "", by)
    return giver.serial_of(form.id, form.code, year, NumberState.RESERVED)

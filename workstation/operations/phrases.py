"""The bureau's phrases: choosing one for a field, keeping one, taking one back.

Nothing is deleted: a phrase taken back stays in the history with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workstation.domain.citations import parse_reference
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.phrases import Phrase, blanks_in, fill_blanks, with_blanks
from workstation.errors import InvalidInputError
from workstation.legislation.citations import WRONG, CitationCheck, Verdict
from workstation.operations.changes import Changes
from workstation.operations.forms import FormOperations
from workstation.operations.law import LawOperations
from workstation.operations.phrase_files import facts_of, load_phrases
from workstation.storage.database import Database, Unit

_OWN = "B"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhrase:
    """A wording to keep; ``verified``: the legal desk approved it and looked the basis up.

    A basis that the statutes at hand lack is refused unless ``unchecked`` says that it was read
    elsewhere; the phrase then stays 未核实.
    """

    name: str
    kind: str
    text: str
    author: str
    basis: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    verified: bool = False
    unchecked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPhrase:
    """A phrase as a field of a case would take it.

    ``left`` are the blanks that no fact fills; ``warning`` says what is wrong with the basis as
    of today, or is empty. ``fits``: it was made for this field.
    """

    phrase: Phrase
    text: str
    left: tuple[str, ...]
    warning: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepableText:
    """Words of a case with blanks for its facts, what they cite, and the matter of the case."""

    text: str
    basis: tuple[str, ...]
    matter: str


class PhraseOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(
        self, database: Database, forms: FormOperations, law: LawOperations, home: Path
    ) -> None:
        self._database = database
        self._forms = forms
        self._law = law
        self._home = home

    def find(
        self, *, matter: str = "", form: str = "", day: date | None = None, history: bool = False
    ) -> tuple[Phrase, ...]:
        """Return the phrases in force on ``day`` (None: today), for a matter or form if named.

        ``history`` adds what was withdrawn or is out of its term.

        Raises:
            DataFileError: the file of phrases is malformed.
            UnknownFormError, InvalidInputError: there is no such form, or no such field of it.
        """
        if form:
            self._check_place(form)
        as_of = day or date.today()
        with self._database.reading() as unit:
            own = _own_phrases(unit)
        place, _, field = form.partition(".")
        return tuple(
            phrase
            for phrase in (*own, *load_phrases(self._home).phrases)
            if (history or phrase.holds_on(as_of))
            and (not matter or phrase.serves(matter))
            and (not place or phrase.belongs_in(place, field))
        )

    def offered(self, case_id: str, form: str, field: str) -> tuple[OfferedPhrase, ...]:
        """Return what a case may use, filled from its facts; made for the field first.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        context = self._forms.facts(case_id)
        matter = str(context["matter"]["code"])
        facts = facts_of(context, load_phrases(self._home).blanks, self._home)
        found = sorted(
            self.find(matter=matter),
            key=lambda phrase: (
                not phrase.belongs_in(form, field),
                -phrase.closeness(matter, form, field),
            ),
        )
        return tuple(self._offer(phrase, facts, form, field) for phrase in found)

    def _offer(
        self, phrase: Phrase, facts: Mapping[str, str], form: str, field: str
    ) -> OfferedPhrase:
        text = fill_blanks(phrase.text, facts)
        return OfferedPhrase(
            phrase=phrase,
            text=text,
            left=blanks_in(text),
            warning="；".join(c.message for c in self._checks(phrase) if c.verdict in WRONG),
            fits=phrase.belongs_in(form, field),
        )

    def _checks(self, phrase: Phrase) -> list[CitationCheck]:
        self._law.open_texts()
        return [self._law.examine(parse_reference(text)) for text in phrase.basis]

    def keepable(self, case_id: str, text: str) -> KeepableText:
        """Return a text of a case with blanks for its facts.

        Raises:
            CaseNotFoundError: there is no such case.
        """
        blanks = load_phrases(self._home).blanks
        context = self._forms.facts(case_id)
        facts = facts_of(context, blanks, self._home)
        self._law.open_texts()
        cited = (str(citation.reference) for citation in self._law.citations_in(text))
        return KeepableText(
            text=with_blanks(text, facts),
            basis=tuple(dict.fromkeys(cited)),
            matter=str(context["matter"]["code"]),
        )

    def add(self, new: NewPhrase) -> Phrase:
        """Keep a phrase of the bureau from today on.

        Raises:
            InvalidInputError: something is missing; a place or matter is unknown; a provision
                named or cited does not exist, was repealed, or is not at hand.
        """
        self._check(new)
        with self._database.writing() as unit:
            _check_matters(unit, new.matters)
            phrase = _phrase_of(new, _next_code(unit), date.today())
            _write(unit, phrase)
        return phrase

    def own(self, code: str) -> Phrase:
        """Return a phrase of the bureau in use.

        Raises:
            InvalidInputError: it has none of that code in use.
        """
        with self._database.reading() as unit:
            return _in_use(unit, code)

    def revise(self, code: str, new: NewPhrase, reason: str) -> Phrase:
        """Keep a new wording in the place of a phrase of the bureau, which is taken back.

        Raises:
            InvalidInputError: as for :meth:`add` and :meth:`withdraw`; nothing is changed.
        """
        self._check(new)
        with self._database.writing() as unit:
            _check_matters(unit, new.matters)
            phrase = _phrase_of(new, _next_code(unit), date.today())
            _write(unit, _withdrawn(unit, code, new.author, reason or f"改为{phrase.code}"))
            _write(unit, phrase)
        return phrase

    def withdraw(self, code: str, by: str, reason: str) -> Phrase:
        """Take a phrase of the bureau back; papers that used it stay as they are.

        Raises:
            InvalidInputError: the bureau has no such phrase in use, or name or reason are missing.
        """
        if not by.strip() or not reason.strip():
            raise InvalidInputError(
                "撤下常用语须写明由谁撤下和理由。", hint="例如：依据的条文已修改。"
            )
        with self._database.writing() as unit:
            gone = _withdrawn(unit, code, by, reason)
            _write(unit, gone)
        return gone

    def _check(self, new: NewPhrase) -> None:
        wanted = {"名称": new.name, "类别": new.kind, "用语": new.text, "登记人": new.author}
        missing = [label for label, text in wanted.items() if not text.strip()]
        if missing:
            message = f"常用语没有填写：{'、'.join(missing)}。"
            raise InvalidInputError(message, hint="请补填后再存。")
        for place in new.places:
            self._check_place(place)
        self._law.open_texts()
        for text in new.basis:
            self._refuse(self._law.examine(_reference(text)), unchecked=new.unchecked)
        for cited in self._law.check_text(new.text):
            self._refuse(cited.check, unchecked=True)

    def _check_place(self, place: str) -> None:
        form, _, field = place.partition(".")
        definition = self._forms.catalogue().get(form)
        if field and definition.field(field) is None:
            names = "、".join(f"{each.name}（{each.label}）" for each in definition.fields)
            raise InvalidInputError(f"文书 {form} 没有栏目“{field}”。", hint=f"栏目有：{names}。")

    @staticmethod
    def _refuse(check: CitationCheck, *, unchecked: bool) -> None:
        if check.verdict is Verdict.OK:
            return
        if check.verdict in WRONG:
            message = f"依据{check.reference}不能引用：{check.message.rstrip('。')}。"
            raise InvalidInputError(message, hint="请改用现行有效的条文；条文在 e助理 中可查。")
        if not unchecked:
            message = f"依据{check.reference}未能核对：{check.message.rstrip('。')}。"
            hint = "请先导入该法规再登记；已查过原文的，可注明“库外依据”登记，用语列为未核实。"
            raise InvalidInputError(message, hint=hint)


def changes_of(phrase: Phrase) -> Changes:
    """Return what keeping or withdrawing a phrase touched."""
    return Changes.of("phrase", phrase.code)


def phrase_json(phrase: Phrase) -> dict[str, Any]:
    """Return a phrase as the command line prints it; ``blanks`` are the blanks of its text."""
    return {
        "code": phrase.code,
        "name": phrase.name,
        "kind": phrase.kind,
        "wording": phrase.text,
        "blanks": list(blanks_in(phrase.text)),
        "basis": list(phrase.basis),
        "matters": list(phrase.matters),
        "forms": list(phrase.places),
        "effective_from": phrase.valid_from.isoformat(),
        "effective_to": phrase.valid_to.isoformat() if phrase.valid_to else None,
        "verified": phrase.verified,
        "own": phrase.own,
        "entered_by": phrase.author,
        "withdrawn_on": phrase.withdrawn_on.isoformat() if phrase.withdrawn_on else None,
        "withdrawn_by": phrase.withdrawn_by,
        "reason": phrase.reason,
    }


def _reference(text: str) -> Any:
    try:
        return parse_reference(text)
    except ValueError as error:
        raise InvalidInputError(
            f"“{text}”不是一条法律的引用。", hint="请写作：行政处罚法§32第（一）项。"
        ) from error


def _phrase_of(new: NewPhrase, code: str, day: date) -> Phrase:
    return Phrase(
        code=code,
        name=new.name.strip(),
        kind=new.kind.strip(),
        text=new.text.strip(),
        basis=new.basis,
        matters=new.matters,
        places=new.places,
        valid_from=day,
        verified=new.verified and not new.unchecked,
        own=True,
        author=new.author.strip(),
    )


def _check_matters(unit: Unit, codes: Sequence[str]) -> None:
    unknown = [code for code in codes if not unit.matters.versions(code)]
    if unknown:
        message = f"事项清单中没有：{'、'.join(unknown)}。"
        raise InvalidInputError(message, hint="请核对编码，或者先导入该事项。")


def _next_code(unit: Unit) -> str:
    entries = unit.dated_entries.of_kind(EntryKind.PHRASE)
    return f"{_OWN}{len({entry.key for entry in entries}) + 1:02}"


def _withdrawn(unit: Unit, code: str, by: str, reason: str) -> Phrase:
    """Return a phrase of the bureau in use as it is once taken back."""
    return replace(
        _in_use(unit, code),
        withdrawn_on=date.today(),
        withdrawn_by=by.strip(),
        reason=reason.strip(),
    )


def _in_use(unit: Unit, code: str) -> Phrase:
    found = next((p for p in _own_phrases(unit) if p.code == code.strip().upper()), None)
    if found is None or found.withdrawn_on is not None:
        hint = "随程序的常用语（S开头）不能撤下，可在 own/templates/phrases.toml 中改写。"
        raise InvalidInputError(f"本局没有正在使用的常用语“{code}”。", hint=hint)
    return found


def _own_phrases(unit: Unit) -> tuple[Phrase, ...]:
    """Return the bureau's phrases, each as it was last entered, the latest kept first."""
    latest: dict[str, list[DatedEntry]] = {}
    for entry in unit.dated_entries.of_kind(EntryKind.PHRASE):
        latest.setdefault(entry.key, []).append(entry)
    return tuple(_read(entries) for entries in reversed(latest.values()))


def _read(entries: Sequence[DatedEntry]) -> Phrase:
    first, last = entries[0], entries[-1]
    content: Mapping[str, Any] = first.content
    return Phrase(
        code=first.key,
        name=content["name"],
        kind=content["kind"],
        text=content["text"],
        basis=tuple(content["basis"]),
        matters=tuple(content["matters"]),
        places=tuple(content["places"]),
        valid_from=first.valid_from,
        verified=first.verified,
        own=True,
        author=first.entered_by,
        withdrawn_on=last.entered_at.date() if last.withdrawn else None,
        withdrawn_by=last.entered_by if last.withdrawn else "",
        reason=last.source if last.withdrawn else "",
    )


def _write(unit: Unit, phrase: Phrase) -> None:
    gone = phrase.withdrawn_on is not None
    entry = DatedEntry(
        kind=EntryKind.PHRASE,
        key=phrase.code,
        content={
            "name": phrase.name,
            "kind": phrase.kind,
            "text": phrase.text,
            "basis": list(phrase.basis),
            "matters": list(phrase.matters),
            "places": list(phrase.places),
        },
        valid_from=phrase.valid_from,
        source=phrase.reason if gone else "本局常用语",
        verified=phrase.verified,
        entered_by=phrase.withdrawn_by if gone else phrase.author,
        entered_at=datetime.now().replace(microsecond=0),
        withdrawn=gone,
    )
    unit.dated_entries.add(entry)
    unit.log.append(
        "phrase_withdrawn" if gone else "phrase_added",
        {
            "key": entry.key,
            "content": dict(entry.content),
            "source": entry.source,
            "by": entry.entered_by,
        },
    )

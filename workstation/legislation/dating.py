"""From when to when each text is law, worked out from days, never from the source's status.

Order of trust: a verified overlay entry; the amending decision of the same day that is itself in
the package; the text's own closing article (立法法§61: 法律应当明确规定施行日期); an unverified
overlay entry; at last the day of promulgation, marked as a candidate.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from workstation.legislation.law_records import RepealedTitle, Trust
from workstation.legislation.overlay import Overlay
from workstation.legislation.package_source import SourceArticle, SourceLaw

SUPERSEDED = "superseded"
REPEALED = "repealed"

_ON_A_DAY = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起?\s*施行")
_ON_PROMULGATION = re.compile(r"自(?:公布|发布)之日起施行")
_AMENDS = re.compile(r"关于修改《(?P<title>[^》]+)》的决定$")
_REPEALS = re.compile(r"(?P<list>[^。；]*《[^。；]*》)\s*同时废止")
_INNER_MARKS = str.maketrans("《》", "〈〉")
_TITLE = re.compile(r"《([^》]+)》")
_CLOSING_ARTICLES = 3
_DECISION_DATE = "《{decision}》规定自 {day} 起施行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """The days of one text. ``effective_to`` is the first day on which it no longer applies."""

    effective_from: date
    effective_to: date | None
    end_reason: str
    end_basis: str
    trust: Trust
    basis: str
    original_effective: date


def date_laws(laws: Iterable[SourceLaw], overlay: Overlay) -> dict[str, Dating]:
    """Return the dating of every text, keyed by its source id."""
    texts = list(laws)
    decisions = _decisions(texts)
    datings = {law.id: _begin(law, overlay, decisions) for law in texts}
    _end_superseded(texts, datings)
    _end_repealed(texts, datings)
    for law in texts:
        known = overlay.ended.get((law.title, law.promulgated))
        if known:
            datings[law.id] = _ended(datings[law.id], known.day, SUPERSEDED, known.basis)
    return datings


def closing_day(law: SourceLaw) -> date | None:
    """Return the day that the text itself names for its entry into force, if it does."""
    for article in reversed(law.articles[-_CLOSING_ARTICLES:]):
        match = _ON_A_DAY.search(article.text)
        if match:
            year, month, day = (int(group) for group in match.groups())
            return date(year, month, day)
        if _ON_PROMULGATION.search(article.text):
            return law.promulgated
    return None


def _decisions(laws: list[SourceLaw]) -> dict[tuple[str, date], SourceLaw]:
    found: dict[tuple[str, date], SourceLaw] = {}
    for law in laws:
        match = _AMENDS.search(law.title)
        if match:
            found[(match["title"], law.promulgated)] = law
    return found


def _begin(
    law: SourceLaw, overlay: Overlay, decisions: dict[tuple[str, date], SourceLaw]
) -> Dating:
    key = (law.title, law.promulgated)
    known = overlay.effective.get(key)
    decision = decisions.get(key)
    decided = closing_day(decision) if decision else None
    if known and known.verified:
        day, trust, basis = known.day, Trust.METADATA, known.basis
    elif decision and decided:
        name = decision.title.translate(_INNER_MARKS)
        basis = _DECISION_DATE.format(decision=name, day=decided.isoformat())
        day, trust = decided, Trust.METADATA
    elif known:
        day, trust, basis = known.day, Trust.CANDIDATE, f"{known.basis}（未核实）"
    elif _amended_on_an_unknown_day(law, overlay):
        day, trust = law.promulgated, Trust.CANDIDATE
        basis = "修正文本的施行日期未核实，暂以公布日计"
    elif closing_day(law) == law.effective:
        day, trust, basis = law.effective, Trust.METADATA, "该文本的施行日期条款"
    else:
        day, trust, basis = law.effective, Trust.METADATA, "数据来源所载施行日期"
    return Dating(
        effective_from=day,
        effective_to=None,
        end_reason="",
        end_basis="",
        trust=trust,
        basis=basis,
        original_effective=min(day, law.effective),
    )


def _amended_on_an_unknown_day(law: SourceLaw, overlay: Overlay) -> bool:
    """Tell whether the named day of effect is only that of the first text.

    An amended text keeps the closing article of the first one, be it a day or 自公布之日.
    """
    if law.effective < law.promulgated:
        return True
    first = overlay.first_promulgated.get(law.title, law.promulgated)
    return law.effective == law.promulgated and first < law.promulgated


def _end_superseded(laws: list[SourceLaw], datings: dict[str, Dating]) -> None:
    by_title: dict[str, list[str]] = {}
    for law in laws:
        by_title.setdefault(law.title, []).append(law.id)
    for ids in by_title.values():
        ids.sort(key=lambda law_id: datings[law_id].effective_from)
        for older, newer in pairwise(ids):
            day = datings[newer].effective_from
            datings[older] = _ended(datings[older], day, SUPERSEDED, "新文本施行")


def _end_repealed(laws: list[SourceLaw], datings: dict[str, Dating]) -> None:
    """End what a later text repeals in its closing article (…同时废止)."""
    by_title: dict[str, list[str]] = {}
    for law in laws:
        by_title.setdefault(law.title, []).append(law.id)
    for law in laws:
        article, match = _repealing_article(law)
        if not article or not match or law.effective < law.promulgated:
            continue
        basis = f"《{law.title}》{article.label}"
        for title in set(_TITLE.findall(match["list"])) - {law.title}:
            day = datings[law.id].effective_from
            _repeal(by_title.get(title, []), datings, day, basis)


def repealed_elsewhere(laws: list[SourceLaw]) -> tuple[RepealedTitle, ...]:
    """Return the instruments that closing articles repeal and that have no text in ``laws``."""
    known = {law.title for law in laws}
    found: dict[str, RepealedTitle] = {}
    for law in laws:
        article, match = _repealing_article(law)
        day = closing_day(law)
        if not article or not match or not day:
            continue
        basis = f"《{law.title}》{article.label}"
        for title in set(_TITLE.findall(match["list"])) - known:
            found.setdefault(title, RepealedTitle(title=title, day=day, basis=basis))
    return tuple(found.values())


def _repealing_article(
    law: SourceLaw,
) -> tuple[SourceArticle | None, re.Match[str] | None]:
    for article in law.articles[-_CLOSING_ARTICLES:]:
        match = _REPEALS.search(article.text)
        if match:
            return article, match
    return None, None


def _repeal(ids: list[str], datings: dict[str, Dating], day: date, basis: str) -> None:
    for law_id in ids:
        dating = datings[law_id]
        still_open = dating.effective_to is None or dating.effective_to > day
        if dating.effective_from < day and still_open:
            datings[law_id] = _ended(dating, day, REPEALED, basis)


def _ended(dating: Dating, day: date, reason: str, basis: str) -> Dating:
    return replace(dating, effective_to=day, end_reason=reason, end_basis=basis)

"""Which text of an instrument is law on a day, and what to say where none is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workstation.legislation.dating import REPEALED
from workstation.legislation.law_records import VersionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The text to show for a day, whether it is law on it, and the Chinese sentence beside it."""

    version: VersionView
    in_force: bool
    banner: str
    text_missing: bool


def today() -> date:
    """Return the day at this desk; law begins and ends at local midnight."""
    return datetime.now().astimezone().date()


def on_day(versions: Sequence[VersionView], day: date) -> Validity:
    """Choose among all versions of one instrument, which must not be empty."""
    ordered = sorted(versions, key=lambda version: version.effective_from)
    for version in ordered:
        if version.in_force_on(day):
            return Validity(
                version=version, in_force=True, banner=_while_in_force(version), text_missing=False
            )
    earlier = [version for version in ordered if version.effective_from <= day]
    if earlier:
        return _after(earlier[-1], any_later=len(earlier) < len(ordered))
    return _before(ordered[0], day)


def of_version(version: VersionView, versions: Sequence[VersionView], day: date) -> Validity:
    """Describe one given version on ``day``, be it law on it or not."""
    if version.in_force_on(day):
        return on_day([version], day)
    if version.effective_from > day:
        return _before(version, day, is_first=version.id == _first(versions).id)
    return _after(version, any_later=False)


def _first(versions: Sequence[VersionView]) -> VersionView:
    return min(versions, key=lambda version: version.effective_from)


def _while_in_force(version: VersionView) -> str:
    notes = [version.note] if version.note else []
    if version.effective_to:
        day = version.effective_to.isoformat()
        notes.append(
            f"{day} 起废止（{version.end_basis}）"
            if version.end_reason == REPEALED
            else f"{day} 起施行新文本"
        )
    return "；".join(notes)


def _after(version: VersionView, *, any_later: bool) -> Validity:
    day = version.effective_to.isoformat() if version.effective_to else ""
    if version.end_reason == REPEALED:
        banner = f"{day} 起废止（{version.end_basis}）"
    elif any_later:
        banner = f"本库无该日文本；本文本自 {day} 起已被修改"
    else:
        banner = f"{day} 起已被新文本取代"
    missing = any_later and version.end_reason != REPEALED
    return Validity(version=version, in_force=False, banner=banner, text_missing=missing)


def _before(version: VersionView, day: date, *, is_first: bool = True) -> Validity:
    start = version.effective_from.isoformat()
    older_exists = is_first and version.first_promulgated < version.promulgated
    if older_exists and day >= version.first_promulgated:
        banner = f"本库无更早文本；本文本自 {start} 起施行"
        return Validity(version=version, in_force=False, banner=banner, text_missing=True)
    banner = f"尚未施行：自 {start} 起施行"
    return Validity(version=version, in_force=False, banner=banner, text_missing=False)

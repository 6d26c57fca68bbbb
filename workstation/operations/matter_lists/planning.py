"""What carrying a list out would do: which versions begin, which end, and what stands against."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workstation.domain.citations import ArticleReference
from workstation.domain.matter_changes import ListDifference, MatterChange, compare_matters
from workstation.domain.matter_notices import EndedVersion
from workstation.domain.matters import Matter
from workstation.operations.matter_lists.faults import RowFault, fault
from workstation.operations.matter_lists.reading import ReadList
from workstation.operations.matter_lists.rows import ReadRow
from workstation.operations.matter_lists.tier_sheets import TierSet

_DAY = timedelta(days=1)
ArticleCheck = Callable[[ArticleReference, date], tuple[str, bool]]
"""Says what is wrong with an article on a day (empty: nothing) and whether that is a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What an import does if it is carried out; nothing is while there are faults."""

    read: ReadList
    difference: ListDifference
    begins: tuple[Matter, ...]
    ends: tuple[tuple[EndedVersion, date], ...]
    faults: tuple[RowFault, ...]
    warnings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the list can be carried out."""
        return not self.faults


class Planner:
    """Compares a list with the versions that stand; ``standing`` holds them oldest first."""

    def __init__(
        self, read: ReadList, standing: Mapping[str, tuple[Matter, ...]], check: ArticleCheck
    ) -> None:
        self._read = read
        self._standing = dict(standing)
        self._check = check
        self._checked: dict[tuple[ArticleReference, date], tuple[str, bool]] = {}
        self._faults: list[RowFault] = list(read.faults)
        self._warnings: list[str] = list(read.notes)
        self._added: list[Matter] = []
        self._changed: list[MatterChange] = []
        self._withdrawn: dict[str, Matter] = {}
        self._unchanged: list[Matter] = []
        self._ends: list[tuple[EndedVersion, date]] = []
        self._tiers = {found.code: found for found in read.tier_sets}

    def plan(self) -> ListPlan:
        """Return what carrying the list out would do."""
        faulty = {(found.sheet, found.row) for found in self._faults}
        for row in sorted(self._read.rows, key=_first_day):
            if (row.row.sheet, row.row.number) in faulty:
                continue
            if row.matter is None:
                self._withdraw_row(row)
            else:
                self._place(row, row.matter)
        named = {row.code for row in self._read.rows}
        for tier_set in self._tiers.values():
            if tier_set.code not in named:
                self._place_tiers(tier_set)
        if self._read.notice.complete:
            self._withdraw_unnamed(named)
        return ListPlan(
            read=self._read,
            difference=ListDifference(
                added=tuple(self._added),
                changed=tuple(self._changed),
                withdrawn=tuple(self._withdrawn.values()),
                unchanged=tuple(self._unchanged),
            ),
            begins=(*self._added, *(change.after for change in self._changed)),
            ends=tuple(self._ends),
            faults=tuple(sorted(self._faults, key=lambda f: (f.sheet, f.row))),
            warnings=tuple(self._warnings),
        )

    def _place(self, row: ReadRow, matter: Matter) -> None:
        latest = self._latest(matter.code)
        if not self._articles_stand(row, matter) or not self._supersedes(row, matter):
            return
        matter = self._with_tiers(matter, latest)
        if latest is not None and not matter.list_kind:
            matter = replace(matter, list_kind=latest.list_kind)
        if latest is not None and latest.version == matter.version:
            matter = replace(matter, version=f"{matter.version}·{matter.valid_from:%Y%m%d}")
        if latest is None or (latest.valid_to and latest.valid_to < matter.valid_from):
            self._begin(matter)
            self._added.append(matter)
            return
        change = compare_matters(latest, matter)
        if change is None and matter.valid_to == latest.valid_to:
            self._unchanged.append(latest)
        elif latest.valid_from >= matter.valid_from:
            self._fault(
                row,
                "valid_from",
                f"该事项已有自{latest.valid_from.isoformat()}起的版本（{latest.version}），"
                "新版本的生效日期须在其后",
                "请核对生效日期；原版本有误的，先撤回原来的通告。",
            )
        else:
            self._changed.append(change or MatterChange(before=latest, after=matter, fields=()))
            self._begin(matter)
            self._end(latest, matter.valid_from - _DAY)

    def _place_tiers(self, tiers: TierSet) -> None:
        latest = self._latest(tiers.code)
        day = self._read.notice.effective
        if latest is None or not latest.holds_on(day):
            self._faults.append(
                fault(
                    tiers.row,
                    "code",
                    f"{day.isoformat()}有效的清单中没有事项{tiers.code}",
                    "请先导入该事项，或者核对事项代码。",
                )
            )
            return
        matter = replace(
            latest,
            version=self._read.notice.number,
            valid_from=day,
            notice_number=self._read.notice.number,
            tiers=tiers.tiers,
            tier_source=tiers.source or self._read.notice.title,
        )
        change = compare_matters(latest, matter)
        if change is None:
            self._unchanged.append(latest)
        elif latest.valid_from >= day:
            self._faults.append(
                fault(
                    tiers.row,
                    "code",
                    f"该事项已有自{latest.valid_from.isoformat()}起的版本（{latest.version}）",
                    "裁量基准的施行日期须在其后。",
                )
            )
        else:
            self._changed.append(change)
            self._end(latest, day - _DAY)

    def _with_tiers(self, matter: Matter, latest: Matter | None) -> Matter:
        own = self._tiers.get(matter.code)
        if own is not None:
            return replace(matter, tiers=own.tiers, tier_source=own.source or matter.notice)
        if latest is None or not latest.tiers:
            return matter
        if latest.penalty != matter.penalty:
            self._warnings.append(
                f"{matter.code} {matter.name}：处罚条款已由{latest.penalty}改为{matter.penalty}，"
                "原裁量阶次不再沿用，请导入新的裁量基准。"
            )
            return matter
        return replace(matter, tiers=latest.tiers, tier_source=latest.tier_source)

    def _supersedes(self, row: ReadRow, matter: Matter) -> bool:
        old = matter.supersedes
        if not old:
            return True
        latest = self._latest(old)
        if latest is None and old not in {r.code for r in self._read.rows}:
            self._fault(
                row, "supersedes", f"没有编码为{old}的事项可以替代", "请核对旧编码，或者留空。"
            )
            return False
        if latest is not None and latest.holds_on(matter.valid_from) and old != matter.code:
            self._withdrawn[old] = latest
            self._end(latest, matter.valid_from - _DAY)
        return True

    def _withdraw_row(self, row: ReadRow) -> None:
        latest = self._latest(row.code)
        day = self._read.notice.effective
        if latest is None or not latest.holds_on(day - _DAY):
            self._fault(
                row,
                "code",
                f"没有在{day.isoformat()}前有效的事项{row.code}，无法取消",
                "请核对编码。",
            )
            return
        self._withdrawn[row.code] = latest
        self._end(latest, day - _DAY)

    def _withdraw_unnamed(self, named: set[str]) -> None:
        notice = self._read.notice
        kinds = {row.matter.list_kind for row in self._read.rows if row.matter}
        for code in sorted(self._standing):
            latest = self._latest(code)
            if code in named or code in self._withdrawn or latest is None:
                continue
            if latest.list_kind in kinds and latest.holds_on(notice.effective):
                self._withdrawn[code] = latest
                self._end(latest, notice.effective - _DAY)

    def _articles_stand(self, row: ReadRow, matter: Matter) -> bool:
        sound = True
        for key, references in (
            ("violated", (matter.violated, *matter.violated_also)),
            ("penalty", (matter.penalty, *matter.penalty_also)),
            ("coercion", (matter.coercion,)),
            ("limitation", (matter.limitation,)),
        ):
            sound = self._column_stands(row, key, references, matter.valid_from) and sound
        return sound

    def _column_stands(
        self,
        row: ReadRow,
        key: str,
        references: Iterable[ArticleReference | None],
        day: date,
    ) -> bool:
        for reference in references:
            if reference is None:
                continue
            asked = (reference, day)
            if asked not in self._checked:
                self._checked[asked] = self._check(reference, day)
            problem, is_fault = self._checked[asked]
            if problem and is_fault:
                self._fault(row, key, f"{reference}：{problem}", "请对照法规文本核对条款项。")
                return False
            if problem:
                self._warnings.append(f"{row.row.place(key)} {reference}：{problem}")
        return True

    def _latest(self, code: str) -> Matter | None:
        versions = self._standing.get(code, ())
        return versions[-1] if versions else None

    def _begin(self, matter: Matter) -> None:
        self._standing[matter.code] = (*self._standing.get(matter.code, ()), matter)

    def _end(self, matter: Matter, last_day: date) -> None:
        ended = EndedVersion(code=matter.code, version=matter.version, valid_to=matter.valid_to)
        self._ends.append((ended, last_day))

    def _fault(self, row: ReadRow, key: str, message: str, fix: str) -> None:
        self._faults.append(fault(row.row, key, message, fix))


def _first_day(row: ReadRow) -> date:
    return row.matter.valid_from if row.matter else date.min

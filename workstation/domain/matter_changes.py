"""What differs between two lists of matters: added, changed field by field, withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workstation.domain.matters import FineMeasure, Matter, PenaltyRange

_MEASURE_UNITS = {
    FineMeasure.AMOUNT: "元",
    FineMeasure.EACH: "元",
    FineMeasure.MULTIPLE: "倍",
    FineMeasure.PERCENT: "%",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that differs; ``label`` is its heading, the values are as lists write them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterChange:
    """A matter that is in both lists and differs."""

    before: Matter
    after: Matter
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifference:
    """Two lists compared by code, each part in the order of the codes."""

    added: tuple[Matter, ...]
    changed: tuple[MatterChange, ...]
    withdrawn: tuple[Matter, ...]
    unchanged: tuple[Matter, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many are added, changed, withdrawn, unchanged."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "withdrawn": len(self.withdrawn),
            "unchanged": len(self.unchanged),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the difference as the command line prints it."""
        return {
            **self.counts,
            "added_matters": [_brief(matter) for matter in self.added],
            "changed_matters": [
                {
                    "code": change.after.code,
                    "name": change.after.name,
                    "fields": [
                        {"field": f.label, "was": f.before, "becomes": f.after}
                        for f in change.fields
                    ],
                }
                for change in self.changed
            ],
            "withdrawn_matters": [_brief(matter) for matter in self.withdrawn],
        }


def compare_lists(before: Iterable[Matter], after: Iterable[Matter]) -> ListDifference:
    """Compare two lists that each hold a code at most once."""
    old, new = {m.code: m for m in before}, {m.code: m for m in after}
    both = sorted(old.keys() & new.keys())
    changed = [change for code in both if (change := compare_matters(old[code], new[code]))]
    differing = {change.after.code for change in changed}
    return ListDifference(
        added=tuple(new[code] for code in sorted(new.keys() - old.keys())),
        changed=tuple(changed),
        withdrawn=tuple(old[code] for code in sorted(old.keys() - new.keys())),
        unchanged=tuple(new[code] for code in both if code not in differing),
    )


def compare_matters(before: Matter, after: Matter) -> MatterChange | None:
    """Return how two versions of a matter differ, None where they say the same."""
    fields = tuple(
        FieldChange(label=label, before=old, after=new)
        for label, read in MATTER_FIELDS.items()
        if (old := read(before)) != (new := read(after))
    )
    return MatterChange(before=before, after=after, fields=fields) if fields else None


def amount_text(amount: Decimal) -> str:
    """Return an amount without trailing zeros, thousands parted by commas."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def range_text(part: PenaltyRange) -> str:
    """Return a range as lists write it: 单位：100,000元至1,000,000元."""
    who = "、".join((*part.subjects, *filter(None, (part.condition,))))
    unit = _MEASURE_UNITS[part.measure]
    base = f"每{part.base}" if part.measure is FineMeasure.EACH else part.base
    if part.fine_max == 0 and part.fine_min == 0:
        fine = "不处罚款"
    else:
        fine = f"{base}{amount_text(part.fine_min)}{unit}至{amount_text(part.fine_max)}{unit}"
    return f"{who}：{fine}" if who else fine


def _joined(values: Iterable[object]) -> str:
    return "；".join(str(value) for value in values if value is not None)


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 - what is shown is the flag itself
    return "" if value is None else "是" if value else "否"


MATTER_FIELDS: Mapping[str, Callable[[Matter], str]] = {
    "事项名称": lambda m: m.name,
    "案由": lambda m: m.cause,
    "领域": lambda m: m.field,
    "清单类型": lambda m: m.list_kind,
    "权力类型": lambda m: m.authority.value,
    "实施层级": lambda m: m.implementation.level,
    "实施主体": lambda m: m.implementation.body,
    "业务主管部门": lambda m: m.implementation.department,
    "违反条款": lambda m: _joined((m.violated, *m.violated_also)),
    "处罚条款": lambda m: _joined((m.penalty, *m.penalty_also)),
    "处罚种类": lambda m: "、".join(m.marks.penalties),
    "罚款幅度": lambda m: _joined(range_text(part) for part in m.penalty_ranges()),
    "前置条件": lambda m: m.precondition,
    "强制措施依据": lambda m: str(m.coercion or ""),
    "追责时效依据": lambda m: str(m.limitation or ""),
    "可否简易程序": lambda m: _yes_no(m.marks.summary),
    "听证标志": lambda m: _yes_no(m.marks.hearing),
    "重大标志": lambda m: _yes_no(m.marks.major),
    "犯罪提示": lambda m: m.marks.criminal,
    "柔性清单号": lambda m: m.marks.leniency,
    "裁量基准号": lambda m: m.marks.discretion,
    "裁量阶次": lambda m: _joined(
        f"{t.name}（{t.condition}）{amount_text(t.fine_min)}至{amount_text(t.fine_max)}"
        for t in m.tiers
    ),
    "替代事项编码": lambda m: m.supersedes,
}
"""The fields of a matter by their headings in lists, each as text."""


def _brief(matter: Matter) -> dict[str, str]:
    return {
        "code": matter.code,
        "name": matter.name,
        "field": matter.field,
        "penalty": str(matter.penalty),
    }

"""The papers of an appraisal: the sheet of a case (案卷评查表) and the report of a round."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from workstation.documents.forms import load_extra_form
from workstation.operations.appraisal_records import CaseAppraisal
from workstation.operations.certificates import Certificate, make_certificate
from workstation.operations.papers import PaperMaker
from workstation.review.appraisals import Mark, Sheet, counting_sheets
from workstation.storage.database import Database

_SHEET, _REPORT = "certificates/PC", "certificates/PB"
_UNVERIFIED = "（标准未经本局确认）"


class AppraisalPapers:
    """Nothing here writes into the office; the papers are printed from what stands in it."""

    def __init__(self, database: Database, papers: PaperMaker, home: Path) -> None:
        self._database = database
        self._papers = papers
        self._sheet = load_extra_form(_SHEET, home)
        self._report = load_extra_form(_REPORT, home)

    def sheet(self, appraisal: CaseAppraisal) -> Certificate:
        """Return 《案卷评查表》 of a case: every sheet, the appeals and the result."""
        values = {
            "case_title": appraisal.title,
            "case_number": appraisal.number,
            "round": f"{appraisal.round.name}（{appraisal.round.id}，{appraisal.why}）",
            "standard": _standard(appraisal),
            "result": _result(appraisal),
            "sheets": [_sheet_row(sheet) for sheet in appraisal.sheets],
            "marks": [row for sheet in appraisal.sheets for row in _mark_rows(sheet)],
            "left_out": [row for sheet in appraisal.sheets[:1] for row in _left_out(sheet)],
            "appeals": [
                {
                    "target": appeal.target,
                    "statement": f"{appeal.unit}：{appeal.statement}",
                    "answer": _answer(appeal.upheld, appeal.answer, appeal.answered_by),
                }
                for appeal in appraisal.appeals
            ],
        }
        made = date.today(), f"案卷评查表_{appraisal.round.id}_{appraisal.number}"
        return make_certificate(self._database, self._papers, self._sheet, values, made)

    def report(self, appraisals: Sequence[CaseAppraisal]) -> Certificate:
        """Return 《案卷评查报告》 of a round; cases without a result are listed as such."""
        round_ = appraisals[0].round
        done = [a for a in appraisals if a.outcome.score is not None]
        grades = Counter(a.outcome.grade for a in done)
        told = [f"{g.name}{grades[g.name]}件" for g in appraisals[0].standard.grades]
        values = {
            "round": f"{round_.name}（{round_.id}）",
            "span": f"{round_.first.isoformat()}至{round_.last.isoformat()}结案",
            "drawing": f"按{round_.by}分组抽取{round_.share * 100:f}%，种子 {round_.seed}，"
            f"按 SHA-256（种子:案件编号）排序取前，可以复算；抽取人{round_.made_by}",
            "standard": _standard(appraisals[0]),
            "summary": f"共{len(appraisals)}件，已有结果{len(done)}件：{'，'.join(told)}。",
            "cases": [
                {
                    "number": a.number,
                    "title": a.title,
                    "why": a.why,
                    "result": _result(a),
                }
                for a in appraisals
            ],
            "problems": _problems(done),
        }
        made = date.today(), f"案卷评查报告_{round_.id}"
        return make_certificate(self._database, self._papers, self._report, values, made)


def _standard(appraisal: CaseAppraisal) -> str:
    standard = appraisal.standard
    return f"{standard.name}{'' if standard.verified else _UNVERIFIED}"


def _result(appraisal: CaseAppraisal) -> str:
    outcome = appraisal.outcome
    if outcome.score is None:
        return f"未定：{outcome.waits_for}"
    return f"{outcome.score}分，{outcome.grade}（{outcome.how}）"


def _sheet_row(sheet: Sheet) -> dict[str, str]:
    state = "完成" if sheet.closed else "未完成"
    vetoed = f"，一票否决{len(sheet.vetoes)}项" if sheet.vetoes else ""
    return {
        "seat": sheet.seat.value,
        "appraiser": sheet.appraiser,
        "score": f"{sheet.score}分，{sheet.grade}{vetoed}",
        "full": f"参评满分{sheet.full}；{state}",
    }


def _mark_rows(sheet: Sheet) -> list[dict[str, str]]:
    rows = [_row(sheet, m, sheet.standard.veto(m.target).item, "否决") for m in sheet.vetoes]
    for line in sheet.lines:
        rows += [_row(sheet, m, line.item.item, f"−{m.points}") for m in line.counted]
        rows += [_row(sheet, m, line.item.item, "同一错误，不重复扣") for m in line.linked]
    rows += [
        _row(sheet, m, sheet.standard.adjustment(m.target).item, f"{m.points:+}")
        for m in sheet.adjustments
    ]
    return rows


def _row(sheet: Sheet, mark: Mark, item: str, points: str) -> dict[str, str]:
    return {
        "where": f"{sheet.seat.value}/{mark.id}",
        "item": f"{mark.target} {item}",
        "points": points,
        "reason": mark.reason,
        "place": mark.place or "—",
    }


def _left_out(sheet: Sheet) -> list[dict[str, str]]:
    return [
        {"item": f"{line.item.id} {line.item.item}", "why": line.why_not}
        for line in sheet.lines
        if not line.taken_in
    ]


def _answer(upheld: bool | None, reason: str, person: str) -> str:  # noqa: FBT001 - a value
    if upheld is None:
        return "待答复"
    return f"{'成立' if upheld else '不成立'}：{reason}（{person}）"


def _problems(done: Sequence[CaseAppraisal]) -> list[dict[str, Any]]:
    """Return the items with deductions in a sheet that counts, those of most cases first."""
    found: dict[str, list[str]] = {}
    for appraisal in done:
        counting = counting_sheets(appraisal.sheets)
        lines = (line for sheet in counting for line in sheet.lines if line.counted)
        for name in dict.fromkeys(f"{line.item.id} {line.item.item}" for line in lines):
            found.setdefault(name, []).append(appraisal.number)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [
        {"item": item, "count": str(len(numbers)), "cases": "、".join(numbers)}
        for item, numbers in ordered
    ]

"""Arguing the findings of a review as the other side would (复议沙盘): rules, no legal advice.

Weaknesses come in the order of their ground, which is data (``statutes/rehearsal.toml``); the
file answers with what a person concluded or with its own papers, or not at all (无答复).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workstation import data_files
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.domain.citations import ArticleReference
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.review.catalogue import full_references
from workstation.review.records import Finding, Level, Passage, State, at_paper

HEADER = "规则演练，非法律意见"
NO_ANSWER = "无答复"
_FILE = "statutes/rehearsal.toml"
_WEAK = (State.FAILED, State.FOR_A_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground of annulment or change with its articles; ``rank`` 0 is the most decisive."""

    name: str
    rank: int
    basis: tuple[ArticleReference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """What the other side makes of one check, and the papers that can answer it (D41)."""

    check: str
    ground: Ground
    argument: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """One argument against the decision, where it hangs, and the file's best answer.

    ``answer`` is empty where there is none; ``support`` are the papers and places it rests on.
    """

    attack: Attack
    finding: Finding
    answer: str
    support: tuple[Passage, ...]

    @property
    def argument(self) -> str:
        """The argument in one sentence."""
        found = self.finding
        if found.state is State.FAILED:
            return f"{self.attack.argument}：{found.message}"
        return f"{self.attack.argument}。"

    @property
    def best_answer(self) -> str:
        """The answer, or 无答复."""
        return self.answer or NO_ANSWER

    def as_json(self) -> dict[str, Any]:
        """Return the weakness as ``case rehearse`` prints it."""
        return {
            "check": self.finding.check.id,
            "ground": self.attack.ground.name,
            "ground_basis": [str(article) for article in self.attack.ground.basis],
            "state": self.finding.state.value,
            "level": self.finding.level.value,
            "argument": self.argument,
            "passages": [_passage_json(p) for p in self.finding.passages],
            "answer": self.best_answer,
            "support": [_passage_json(p) for p in self.support],
            "basis": [str(article) for article in self.finding.check.basis],
        }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document,
        "title": passage.title,
        "page": passage.page or None,
        "text": passage.text,
    }


def load_grounds(home: Path | None = None) -> Mapping[str, Ground]:
    """Return the grounds of annulment and change by name, the most decisive first.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    return _grounds(read_table(data_files.overlay(_FILE, home)))


def _grounds(table: Table) -> Mapping[str, Ground]:
    return {
        str(row["name"]): Ground(
            name=str(row["name"]),
            rank=rank,
            basis=full_references(row["basis"]),
        )
        for rank, row in enumerate(table.get("grounds", []))
    }


def load_attacks(home: Path | None = None) -> Mapping[str, Attack]:
    """Return the attack bound to each check, by the check.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    path = data_files.overlay(_FILE, home)
    table = read_table(path)
    grounds = _grounds(table)
    return {
        check: convert(path, f"attacks.{check}", _attack, check, row, grounds)
        for check, row in table.get("attacks", {}).items()
    }


def _attack(check: str, row: Table, grounds: Mapping[str, Ground]) -> Attack:
    name = str(row["ground"])
    if name not in grounds:
        message = f"没有名为“{name}”的事由"
        raise ValueError(message)
    return Attack(
        check=check,
        ground=grounds[name],
        argument=str(row["argument"]),
        papers=words(row.get("papers", [])),
    )


def rehearse(
    findings: Iterable[Finding], attacks: Mapping[str, Attack], file: CaseFile
) -> tuple[Weakness, ...]:
    """Return the weaknesses of a case, the most decisive first.

    What failed comes before what a person has still to decide; within each by ground, level, and
    the unanswered first. A finding that a person overruled is still argued, with his answer.
    """
    weak = [
        _weakness(finding, attacks[finding.check.id], file)
        for finding in findings
        if finding.check.id in attacks and (finding.state in _WEAK or finding.overruled)
    ]
    levels = list(Level)
    return tuple(
        sorted(
            weak,
            key=lambda w: (
                w.finding.state is not State.FAILED,
                w.attack.ground.rank,
                levels.index(w.finding.level),
                bool(w.answer),
            ),
        )
    )


def _weakness(finding: Finding, attack: Attack, file: CaseFile) -> Weakness:
    answer, support = _answer(finding, attack, file)
    return Weakness(attack=attack, finding=finding, answer=answer, support=support)


def _answer(finding: Finding, attack: Attack, file: CaseFile) -> tuple[str, tuple[Passage, ...]]:
    """Return what the file can say: a person's conclusion, else its papers, unless it failed."""
    papers = (file.document(form) for form in attack.papers)
    support = tuple(
        replace(at_paper(paper, text=_named(paper)), page=1) for paper in papers if paper
    )
    said = finding.overruled
    if said is not None and said.state is not State.FAILED:
        return f"{said.person}已作结论（{said.day.isoformat()}）：{said.reason}", support
    if finding.state is State.FAILED or not support:
        return "", ()
    articles = "、".join(str(article) for article in finding.check.basis)
    named = "、".join(passage.text for passage in support)
    return f"卷内有{named}；依据{articles}。", support


def _named(paper: IssuedDocument) -> str:
    number = f"（{paper.number}）" if paper.number else ""
    return f"《{paper.title}》{number}"

"""What of a case leaves the office in a capsule: the main volume, and what a person chose.

Papers of the inner volume (副卷), the reporter's identity and the sealed register never leave
unless somebody picks each of them; what was picked is written into the capsule and the log.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workstation.archive.redaction import Redaction, redaction_of
from workstation.archive.volume_order import (
    INNER_VOLUME,
    MAIN_VOLUME,
    VolumeOrder,
    arrange,
)
from workstation.data_files import resources_dir
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.domain.evidence import Evidence
from workstation.errors import InvalidInputError
from workstation.operations.sign_ins import Credential

REPORTER = "举报人身份"
REGISTER = "干预登记"
_NOBODY = frozenset({"", "无", "匿名"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CapsuleChoices:
    """What a person chose. ``inner`` are keys of papers, ``interventions`` count from 1.

    ``credential`` proves a named reader of the sealed register where any of it is chosen;
    ``without_evidence`` are the positions of evidence that stays here.
    """

    recipient: str
    by: str
    reason: str = ""
    inner: tuple[str, ...] = ()
    reporter: bool = False
    interventions: tuple[int, ...] = ()
    credential: Credential | None = None
    without_evidence: tuple[int, ...] = ()
    masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CapsuleOptions:
    """What there is to choose from in a case."""

    main: tuple[IssuedDocument, ...]
    inner: tuple[IssuedDocument, ...]
    evidence: tuple[Evidence, ...]
    has_reporter: bool
    interventions: int

    def as_json(self) -> dict[str, Any]:
        """Return the options as the command line prints them."""
        return {
            "main": [{"document": d.key, "title": d.title} for d in self.main],
            "inner": [{"document": d.key, "title": d.title} for d in self.inner],
            "evidence": [{"position": e.position, "name": e.name} for e in self.evidence],
            "reporter": self.has_reporter,
            "interventions": self.interventions,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What leaves after a choice; ``hidden`` are the keys of the papers that stay."""

    documents: tuple[IssuedDocument, ...]
    evidence: tuple[Evidence, ...]
    hidden: frozenset[str]
    redaction: Redaction
    chosen: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=())


def options_of(file: CaseFile, order: VolumeOrder, interventions: int) -> CapsuleOptions:
    """Return what there is to choose from."""
    main, inner = (
        arrange(file.documents, file.deliveries, order, volume)
        for volume in (MAIN_VOLUME, INNER_VOLUME)
    )
    return CapsuleOptions(
        main=main,
        inner=inner,
        evidence=tuple(e for e in file.evidence if e.sha256),
        has_reporter=bool(_reporter_words(file)),
        interventions=interventions,
    )


def leaving(file: CaseFile, options: CapsuleOptions, choices: CapsuleChoices) -> Leaving:
    """Return what leaves.

    Raises:
        InvalidInputError: a choice names what the case does not hold, or lacks its reason.
    """
    _check(options, choices)
    inner = [d for d in options.inner if d.key in choices.inner]
    kept = [d for d in options.inner if d.key not in choices.inner]
    without = set(choices.without_evidence)
    evidence = [e for e in options.evidence if e.position not in without]
    chosen = [f"副卷：{d.key}《{d.title}》" for d in inner]
    chosen += [REPORTER] if choices.reporter else []
    chosen += [f"{REGISTER}第{number}条" for number in choices.interventions]
    left_out = [f"副卷：{d.key}《{d.title}》" for d in kept]
    left_out += [f"证据：{e.name}" for e in options.evidence if e.position in without]
    if choices.masked:
        left_out += [f"证据：{e.name}（图片和扫描件不能遮蔽，不随附）" for e in evidence]
        evidence = []
    return Leaving(
        documents=(*options.main, *inner),
        evidence=tuple(evidence),
        hidden=frozenset(d.key for d in file.documents) - {d.key for d in (*options.main, *inner)},
        redaction=_redaction(file, choices),
        chosen=tuple(chosen),
        left_out=tuple(left_out),
    )


def _check(options: CapsuleOptions, choices: CapsuleChoices) -> None:
    if not choices.recipient.strip() or not choices.by.strip():
        raise InvalidInputError(
            "没有写明接收人或者制作人。", hint="请写明交给哪位律师、由谁制作。"
        )
    known = {d.key for d in options.inner}
    unknown = [key for key in choices.inner if key not in known]
    if unknown:
        message = f"副卷中没有 {unknown[0]}。"
        hint = f"副卷有：{'、'.join(sorted(known))}。" if known else "本案副卷没有文书。"
        raise InvalidInputError(message, hint=hint)
    outside = [n for n in choices.interventions if not 1 <= n <= options.interventions]
    if outside:
        message = f"干预登记没有第{outside[0]}条。"
        raise InvalidInputError(message, hint=f"本案共登记{options.interventions}条。")
    if choices.interventions and choices.credential is None:
        raise InvalidInputError(
            "随附干预登记须由指定查看人本人办理。", hint="请写明查看人并输入其口令。"
        )
    sensitive = choices.inner or choices.reporter or choices.interventions
    if sensitive and not choices.reason.strip():
        raise InvalidInputError(
            "选了副卷、举报人身份或者干预登记，没有写明理由。",
            hint="请写明为何交给律师；所选各项连同理由记入日志。",
        )


def _redaction(file: CaseFile, choices: CapsuleChoices) -> Redaction:
    words: list[str] = [] if choices.reporter else _reporter_words(file)
    if choices.masked:
        words += _personal_words(file)
    return redaction_of(words, numbers=choices.masked)


def _reporter_words(file: CaseFile) -> list[str]:
    """Return everything that says who reported; nothing where nobody is known."""
    told = [file.case.lead.reporter]
    places = {name.partition(".")[::2] for name in _masking()["reporter_fields"]}
    for document in file.documents:
        told += [
            str(document.values.get(name, "")) for form, name in places if form == document.form
        ]
    words: list[str] = []
    for text in told:
        whole = text.strip()
        name = whole.partition("（")[0].strip()
        if name in _NOBODY or "匿名" in whole:
            continue
        words += [whole, name]
    return words


def _personal_words(file: CaseFile) -> list[str]:
    party = file.case.party
    words = [
        party.address,
        party.phone,
        party.representative,
        party.representative_number,
        party.guardian,
    ]
    if party.is_person:
        words += [party.name, party.number]
    words += [word for d in file.deliveries for word in (d.receiver, d.witness)]
    names = frozenset(_masking()["fields"])
    words += _texts(v for d in file.documents for name, v in d.values.items() if name in names)
    public = {*file.case.officers, "" if party.is_person else party.name}
    return [word for word in words if word.strip() and word.strip() not in public]


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str) and len(value) <= _LONGEST_NAME]


_LONGEST_NAME = 60


def _masking() -> dict[str, list[str]]:
    path = resources_dir() / "capsule" / "masking.toml"
    content: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return content

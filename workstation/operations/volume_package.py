"""What a sealed package holds beside the bound volumes: a description, events, originals."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation.archive import verify_volume
from workstation.archive.bags import safe_name
from workstation.archive.binding import CatalogueEntry
from workstation.domain.cases import CaseFile
from workstation.domain.evidence import Evidence

_HOW_TO_VERIFY = """如何校验本案卷包

一、本文件夹符合 BagIt 1.0（RFC 8493），不加密、不压缩，任何人都可以校验。
二、Linux：在本文件夹中执行  sha256sum -c manifest-sha256.txt
三、任何装有 Python 3.8 以上的电脑：执行  python3 data/说明/verify_volume.py 本文件夹
    （该校验程序只用 Python 自带的标准库，并能发现多出、缺少、改名和改动的文件。）
四、Windows PowerShell：用  Get-FileHash -Algorithm SHA256 文件  逐一与 manifest-sha256.txt 对照。
五、封卷摘要是 tagmanifest-sha256.txt 这个文件的 SHA-256 值，封卷时记入本机关的事件日志；
    把它另行抄录在纸质归档清单上，即可防止整包被重做。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeIdentity:
    """Under what a volume is kept: archive number, retention term, agency."""

    archive_number: str
    retention: str
    agency: str


def describing_files(
    file: CaseFile, identity: VolumeIdentity, catalogue: tuple[CatalogueEntry, ...]
) -> dict[str, bytes]:
    """Return the description of the volume, its events and how to verify it, by path."""
    return {
        "元数据/volume.json": _canonical(_metadata(file, identity, catalogue)),
        "元数据/事件.jsonl": b"".join(_canonical(event) for event in _events(file)),
        "说明/如何校验.txt": _HOW_TO_VERIFY.encode(),
        "说明/verify_volume.py": Path(verify_volume.__file__).read_bytes(),
    }


def original_files(evidence: Iterable[Evidence], blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the evidence files exactly as they were received, by path; ``blobs`` by SHA-256."""
    return {
        f"原件/{safe_name(f'{e.position:03d}_{e.name}')}{e.media_type}": blobs[e.sha256]
        for e in evidence
        if e.sha256
    }


def _metadata(
    file: CaseFile, identity: VolumeIdentity, catalogue: tuple[CatalogueEntry, ...]
) -> dict[str, Any]:
    case = file.case
    return {
        "归档号": identity.archive_number,
        "保管期限": identity.retention,
        "案件名称": case.title,
        "立案号": case.number,
        "当事人": case.party.name,
        "办案机关": identity.agency,
        "承办人": list(case.officers),
        "目录": [
            {
                "卷": entry.volume,
                "序号": entry.position,
                "文号": entry.number,
                "题名": entry.title,
                "日期": entry.dated.isoformat() if entry.dated else "",
                "起页": entry.from_page,
                "止页": entry.to_page,
            }
            for entry in catalogue
        ],
    }


def _events(file: CaseFile) -> list[dict[str, Any]]:
    return [
        {
            "序号": event.position,
            "步骤": event.step,
            "时间": event.at.isoformat(timespec="minutes"),
            "事件": event.title,
            "类型": event.kind,
            "经办": event.actor,
            "破例": [
                {"闸门": o.guard, "批准人": o.approver, "理由": o.reason} for o in event.overrides
            ],
        }
        for event in file.events
    ]


def _canonical(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()

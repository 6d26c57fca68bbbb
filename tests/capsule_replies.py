"""Reply files as the viewer saves them, for tests."""

import hashlib
import json
from pathlib import Path
from typing import Any

from workstation.operations.capsules.replies import canonical


def item(number: int, **parts: Any) -> dict[str, Any]:
    """One remark; by default a comment on the first page of D51."""
    return {
        "id": f"r{number}",
        "kind": "page",
        "target": "",
        "label": "D51《行政处罚决定书》第1页",
        "document": "D51",
        "page": 1,
        "conclusion": "仅作说明",
        "text": f"第{number}条意见",
        "written_at": "2026-11-21T09:00:00",
        **parts,
    }


def on_check(number: int, conclusion: str, check: str = "CX5", **parts: Any) -> dict[str, Any]:
    """A conclusion on a check."""
    about = {"kind": "check", "target": check, "label": check, "document": "", "page": 0}
    return item(number, **{**about, "conclusion": conclusion, **parts})


def write_reply(path: Path, seal: str, items: list[dict[str, Any]], **parts: Any) -> Path:
    """Write a reply file and return its path; ``parts`` replace what stands in it."""
    content = {
        "format": "case-capsule-reply-1",
        "capsule": seal,
        "case": "屿综执立字〔2026〕0186号",
        "author": "闻澜",
        "licence": "13303202000000001",
        "firm": "屿岸律师事务所",
        "statement": "以上意见由本人提出。",
        "signature": "M1 2L3 4",
        "signed_at": "2026-11-21T10:00:00",
        "items": items,
        **parts,
    }
    content.setdefault("digest", hashlib.sha256(canonical(content)).hexdigest())
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path

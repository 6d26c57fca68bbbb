"""Reading a reply file: a small JSON document that the viewer of a capsule saves.

It says what it answers (the capsule's seal), who wrote it and when, and carries the digest of
its own content. The digest shows damage and later changes; who wrote it is what he says, so the
person who takes it in confirms that with the lawyer.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from workstation.domain.capsules import CapsuleReply, Opinion, ReplyItem, ReplyKind
from workstation.errors import WorkstationError

FORMAT = "case-capsule-reply-1"
LARGEST = 8 << 20
_LONGEST = {"text": 20_000, "statement": 2_000, "signature": 200_000}
_LONGEST_OTHER = 300
_MOST_ITEMS = 5_000
_AUTHOR = ("author", "licence", "firm")


class ReplyRefusedError(WorkstationError):
    """A reply file can't be taken in; nothing of it was."""

    code = "reply_refused"


def canonical(content: dict[str, Any]) -> bytes:
    """Return a reply without its digest as the viewer writes it to compute the digest."""
    kept = {key: value for key, value in content.items() if key != "digest"}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def read_reply(data: bytes, received_by: str, case_id: str = "") -> CapsuleReply:
    """Return the reply that a file holds; ``case_id`` is filled in by who knows the capsule.

    Raises:
        ReplyRefusedError: it is no reply file, was changed, or lacks something.
    """
    if len(data) > LARGEST:
        raise _refused("文件超过 8 MB，不像是回件。")
    try:
        content = json.loads(data.decode("utf-8-sig"))
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise _refused("不是案卷胶囊的回件。")
        digest = hashlib.sha256(canonical(content)).hexdigest()
        if content.get("digest") != digest:
            raise _refused("内容与回件自带的校验值不符：保存之后被改动过，或者文件已损坏。")
        items = content["items"]
        if not isinstance(items, list) or len(items) > _MOST_ITEMS:
            raise _refused("意见的数目不对。")
        reply = CapsuleReply(
            digest=digest,
            seal=_text(content, "capsule"),
            case_id=case_id,
            author=_text(content, "author").strip(),
            licence=_text(content, "licence").strip(),
            firm=_text(content, "firm").strip(),
            statement=_text(content, "statement"),
            signature=_text(content, "signature"),
            signed_at=_text(content, "signed_at"),
            items=tuple(_item(item) for item in items),
            received_by=received_by.strip(),
            received_at=datetime.now(),
        )
    except (UnicodeError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused("不能读出内容，文件不完整或者不是案卷胶囊的回件。") from error
    _check(reply)
    return reply


def _item(value: dict[str, Any]) -> ReplyItem:
    page = value["page"]
    if not isinstance(page, int) or isinstance(page, bool) or page < 0:
        message = "page"
        raise ValueError(message)
    return ReplyItem(
        id=_text(value, "id"),
        kind=ReplyKind(value["kind"]),
        target=_text(value, "target"),
        label=_text(value, "label"),
        document=_text(value, "document"),
        page=page,
        conclusion=Opinion(value["conclusion"]),
        text=_text(value, "text"),
        written_at=_text(value, "written_at"),
    )


def _text(content: dict[str, Any], name: str) -> str:
    value = content[name]
    if not isinstance(value, str) or len(value) > _LONGEST.get(name, _LONGEST_OTHER):
        raise ValueError(name)
    return value


def _check(reply: CapsuleReply) -> None:
    if not reply.author or not reply.licence:
        raise _refused(
            "没有署名或者没有执业证号。", "请律师在查看器中填写姓名、执业证号后重新保存。"
        )
    if not reply.items:
        raise _refused(
            "回件里没有任何意见。", "请律师写下意见后重新保存；确无意见的，在任一项写明。"
        )
    if len({item.id for item in reply.items}) != len(reply.items):
        raise _refused("两条意见的编号相同。")


def _refused(message: str, hint: str = "") -> ReplyRefusedError:
    advice = "请向律师重新索取由查看器直接保存的 .json 文件，不要手工改动。"
    return ReplyRefusedError(message, hint=hint or advice)

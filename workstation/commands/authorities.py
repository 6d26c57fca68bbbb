"""Commands on delegations, grants and the 柔性清单: ``authority …``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.domain.dated_entries import EntryKind
from workstation.operations.authorities import (
    ENTRY_FIELDS,
    NewEntry,
    content_from,
    entry_json,
)

_KINDS = {
    "delegation": EntryKind.DELEGATION,
    "grant": EntryKind.GRANT,
    "leniency": EntryKind.LENIENCY,
}


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``authority``."""
    group = groups.group("authority", "委托执法、赋权、柔性清单")
    listing = group.add_parser("list", help="列出委托书、赋权决定或者柔性清单")
    listing.add_argument("kind", choices=_KINDS)
    listing.add_argument("--as-of", type=day_argument, help="只列该日有效的")
    listing.set_defaults(run=_list)
    adding = group.add_parser("add", help="登记一项", epilog=_fields_help())
    adding.add_argument("kind", choices=_KINDS)
    adding.add_argument("number", metavar="编号")
    adding.add_argument("values", nargs="*", metavar="项目=内容")
    adding.add_argument("--from", dest="valid_from", type=day_argument, required=True)
    adding.add_argument("--to", dest="valid_to", type=day_argument)
    adding.add_argument("--source", required=True, help="文件名称和文号")
    adding.add_argument("--verified", action="store_true", help="已核对原文")
    adding.add_argument("--by", required=True, help="登记人")
    adding.set_defaults(run=_add)
    back = group.add_parser("withdraw", help="撤回一项登记")
    back.add_argument("kind", choices=_KINDS)
    back.add_argument("number", metavar="编号")
    back.add_argument("--from", dest="valid_from", type=day_argument, required=True)
    back.add_argument("--reason", required=True)
    back.add_argument("--by", required=True, help="登记人")
    back.set_defaults(run=_withdraw)


def _fields_help() -> str:
    return "；".join(
        f"{name}：{'、'.join(entry.key for entry in ENTRY_FIELDS[kind])}"
        for name, kind in _KINDS.items()
    )


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.authorities.entries(_KINDS[arguments.kind], arguments.as_of)
    return {"authorities": [entry_json(entry) for entry in found]}, 0


def _add(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    kind = _KINDS[arguments.kind]
    pairs = dict(value.partition("=")[::2] for value in arguments.values)
    workstation.authorities.add(
        NewEntry(
            kind=kind,
            number=arguments.number,
            content=content_from(kind, pairs),
            valid_from=arguments.valid_from,
            valid_to=arguments.valid_to,
            source=arguments.source,
            verified=arguments.verified,
            entered_by=arguments.by,
        )
    )
    return _history(workstation, arguments), 0


def _withdraw(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.authorities.withdraw(
        _KINDS[arguments.kind],
        arguments.number,
        arguments.valid_from,
        arguments.by,
        arguments.reason,
    )
    return _history(workstation, arguments), 0


def _history(workstation: Workstation, arguments: argparse.Namespace) -> Json:
    entries = workstation.authorities.history(_KINDS[arguments.kind], arguments.number)
    return {
        "number": arguments.number,
        "history": [{**entry_json(entry), "withdrawn": entry.withdrawn} for entry in entries],
    }

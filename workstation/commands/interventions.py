"""Commands on the sealed register: ``intervention add|list|readers|log``, ``password set``."""

import argparse
import getpass
import sys
from datetime import datetime

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.domain.interventions import MANNERS, SOURCE, Intervention
from workstation.operations.interventions import NewIntervention
from workstation.operations.sign_ins import Credential


def add_commands(groups: CommandGroups) -> None:
    """Add ``intervention`` and ``password``."""
    group = groups.group("intervention", "干预登记（封存；口令从终端或者标准输入读取）")
    adding = group.add_parser("add", help="登记一次干预", epilog=SOURCE)
    adding.add_argument("id", help="案件")
    adding.add_argument("--person", required=True, help="干预人")
    adding.add_argument("--post", required=True, help="干预人的单位和职务")
    adding.add_argument("--at", required=True, type=_moment, help="时间，如 2026-09-02T15:40")
    adding.add_argument("--manner", required=True, choices=MANNERS, help="方式")
    adding.add_argument("--content", required=True, help="内容")
    adding.add_argument("--materials", default="", help="留存的材料")
    adding.add_argument("--by", required=True, help="登记人")
    adding.set_defaults(run=_add)
    listing = group.add_parser("list", help="查看登记内容（须为指定查看人，每次查看都记入日志）")
    listing.add_argument("id", help="案件")
    listing.add_argument("--by", required=True, help="查看人")
    listing.add_argument("--why", required=True, help="查看事由")
    listing.set_defaults(run=_list)
    readers = group.add_parser("readers", help="列出、指定或者取消查看人")
    readers.add_argument("id", help="案件")
    change = readers.add_mutually_exclusive_group()
    change.add_argument("--add", metavar="姓名")
    change.add_argument("--remove", metavar="姓名")
    readers.add_argument("--by", default="", help="指定的负责人")
    readers.add_argument("--reason", default="", help="理由")
    readers.set_defaults(run=_readers)
    log = group.add_parser("log", help="列出谁在何时为何登记、查看过")
    log.add_argument("id", help="案件")
    log.set_defaults(run=_log)
    passwords = groups.group("password", "登录口令")
    setting = passwords.add_parser("set", help="设置本人的口令（改口令先输旧口令）")
    setting.add_argument("--person", required=True)
    setting.set_defaults(run=_set_password)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        message = f"“{text}”不是时间，请写作 2026-09-02T15:40"
        raise argparse.ArgumentTypeError(message) from error


def _password(prompt: str) -> str:
    """Read a password where nobody sees it: never an argument, which others could list."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt}：")
    return sys.stdin.readline().rstrip("\r\n")


def read_credential(person: str) -> Credential:
    """Ask for the password of a person, on the terminal or from standard input."""
    return Credential(person=person, password=_password(f"{person}的口令"))


def _credential(arguments: argparse.Namespace) -> Credential:
    return read_credential(arguments.by)


def _add(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    new = NewIntervention(
        person=arguments.person,
        post=arguments.post,
        at=arguments.at,
        manner=arguments.manner,
        content=arguments.content,
        materials=arguments.materials,
    )
    workstation.interventions.add(arguments.id, new, _credential(arguments))
    return {"entries": workstation.interventions.state(arguments.id).entries}, 0


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.interventions.read(arguments.id, _credential(arguments), arguments.why)
    return {"interventions": [_entry_json(entry) for entry in found], "basis": SOURCE}, 0


def _entry_json(entry: Intervention) -> Json:
    return {
        "at": entry.at.isoformat(timespec="minutes"),
        "person": entry.person,
        "post": entry.post,
        "manner": entry.manner,
        "content": entry.content,
        "materials": entry.materials,
        "recorded_by": entry.recorded_by,
        "recorded_at": entry.recorded_at.isoformat(timespec="minutes"),
    }


def _readers(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    name = arguments.add or arguments.remove
    if name:
        workstation.interventions.set_reader(
            arguments.id,
            name,
            _credential(arguments),
            arguments.reason,
            withdrawn=bool(arguments.remove),
        )
    state = workstation.interventions.state(arguments.id)
    history = [
        {
            "at": entry.entered_at.isoformat(timespec="minutes"),
            "name": entry.name,
            "withdrawn": entry.withdrawn,
            "granted_by": entry.granted_by,
            "reason": entry.reason,
        }
        for entry in state.history
    ]
    return {"entries": state.entries, "readers": list(state.readers), "history": history}, 0


def _log(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"looks": [look.as_json() for look in workstation.interventions.looks(arguments.id)]}, 0


def _set_password(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    person = arguments.person
    old = _password(f"{person}的旧口令") if workstation.sign_ins.has_password(person) else ""
    workstation.sign_ins.set_password(person, _password(f"{person}的新口令"), old)
    return {"person": person, "password_set": True}, 0

"""Commands on the phrases of the bureau: ``phrases …``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.phrases import NewPhrase, phrase_json


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``phrases``."""
    group = groups.group("phrases", "常用语：文书反复使用的用语及其依据")
    listing = group.add_parser("list", help="列出可用的常用语")
    listing.add_argument("--matter", default="", help="权力事项编码；不写则列出全部")
    listing.add_argument("--form", default="", help="文书或者栏目，如 D51、D51.discretion")
    listing.add_argument("--as-of", type=day_argument, help="某一日可用的，缺省为今天")
    listing.add_argument("--history", action="store_true", help="连同已撤下、不在期内的")
    listing.set_defaults(run=_list)
    adding = group.add_parser("add", help="登记本局的常用语；依据逐条与法规库核对")
    adding.add_argument("name", metavar="名称")
    adding.add_argument("--kind", required=True, help="类别，如 裁量理由")
    adding.add_argument("--text", required=True, help="用语；空白写作 {{当事人}}")
    adding.add_argument("--basis", action="append", default=[], help="依据，可写多次")
    adding.add_argument("--matter", action="append", default=[], help="权力事项编码，可写多次")
    adding.add_argument("--form", action="append", default=[], help="文书或者栏目，可写多次")
    adding.add_argument("--verified", action="store_true", help="用语已经法制机构核定")
    adding.add_argument("--unchecked", action="store_true", help="库外依据：已查过原文")
    adding.add_argument("--by", required=True, help="登记人")
    adding.set_defaults(run=_add)
    revising = group.add_parser("revise", help="改写本局的一条常用语：旧的撤下，新的另编号")
    revising.add_argument("code", metavar="编号")
    revising.add_argument("--name", help="新的名称；以下各项不写则照旧")
    revising.add_argument("--kind")
    revising.add_argument("--text")
    revising.add_argument("--basis", action="append", help="依据，可写多次")
    revising.add_argument("--matter", action="append", help="权力事项编码，可写多次")
    revising.add_argument("--form", action="append", help="文书或者栏目，可写多次")
    revising.add_argument("--verified", action="store_true", help="用语已经法制机构核定")
    revising.add_argument("--unchecked", action="store_true", help="库外依据：已查过原文")
    revising.add_argument("--reason", default="", help="改写的理由")
    revising.add_argument("--by", required=True, help="登记人")
    revising.set_defaults(run=_revise)
    back = group.add_parser("withdraw", help="撤下本局的一条常用语")
    back.add_argument("code", metavar="编号")
    back.add_argument("--reason", required=True)
    back.add_argument("--by", required=True, help="由谁撤下")
    back.set_defaults(run=_withdraw)


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.phrases.find(
        matter=arguments.matter,
        form=arguments.form,
        day=arguments.as_of,
        history=arguments.history,
    )
    return {"phrases": [phrase_json(phrase) for phrase in found]}, 0


def _add(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    new = NewPhrase(
        name=arguments.name,
        kind=arguments.kind,
        text=arguments.text,
        author=arguments.by,
        basis=tuple(arguments.basis),
        matters=tuple(arguments.matter),
        places=tuple(arguments.form),
        verified=arguments.verified,
        unchecked=arguments.unchecked,
    )
    return phrase_json(workstation.phrases.add(new)), 0


def _revise(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    old = workstation.phrases.own(arguments.code)
    given = {name: getattr(arguments, name) for name in ("name", "kind", "text", "basis")}
    given |= {"matters": arguments.matter, "places": arguments.form}
    kept = {name: getattr(old, name) if value is None else value for name, value in given.items()}
    lists = {name: tuple(kept[name]) for name in ("basis", "matters", "places")}
    new = NewPhrase(
        **(kept | lists),
        author=arguments.by,
        verified=arguments.verified,
        unchecked=arguments.unchecked,
    )
    return phrase_json(workstation.phrases.revise(old.code, new, arguments.reason)), 0


def _withdraw(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    gone = workstation.phrases.withdraw(arguments.code, arguments.by, arguments.reason)
    return phrase_json(gone), 0

"""Commands on lists of matters: ``matters …``."""

import argparse
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.domain.cases import JsonValue
from workstation.domain.matter_changes import MATTER_FIELDS
from workstation.domain.matters import Matter
from workstation.operations.matter_lists.operations import ListImport
from workstation.operations.matter_lists.reading import NoticeOptions


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``matters``."""
    group = groups.group("matters", "权力事项清单")
    _add_import(group)
    template = group.add_parser("template", help="导出可填写的清单模板")
    template.add_argument("--to", type=Path, required=True)
    template.set_defaults(run=_template)
    listing = group.add_parser("list", help="列出某一日有效的事项")
    listing.add_argument("--as-of", type=day_argument)
    listing.add_argument("--text", default="", help="按编码、名称、案由、领域、条款筛选")
    listing.add_argument("--list", dest="list_kind", default="", help="只列一种清单")
    listing.set_defaults(run=_list)
    show = group.add_parser("show", help="查看一个事项的各个版本")
    show.add_argument("code")
    show.set_defaults(run=_show)
    sheet = group.add_parser("sheet", help="一个事项的条文、裁量阶次、本局同类决定和文书")
    sheet.add_argument("code")
    sheet.add_argument("--as-of", type=day_argument)
    sheet.add_argument(
        "--fact", action="append", default=[], type=_fact, help="情节，如 volume_m3=16.4，可写多次"
    )
    sheet.set_defaults(run=_sheet)
    notices = group.add_parser("notices", help="列出已导入的通告")
    notices.set_defaults(run=_notices)
    compare = group.add_parser("compare", help="比较两个通告施行时的清单")
    compare.add_argument("--from", dest="first", required=True, metavar="文号")
    compare.add_argument("--to", dest="second", required=True, metavar="文号")
    compare.set_defaults(run=_compare)
    back = group.add_parser("roll-back", help="撤回最后导入的通告")
    back.add_argument("number", metavar="文号")
    back.add_argument("--reason", required=True)
    back.add_argument("--by", required=True, help="登记人")
    back.set_defaults(run=_roll_back)


def _add_import(group: Any) -> None:
    importing = group.add_parser("import", help="导入或者调整清单（.xlsx），有错则一条都不导入")
    importing.add_argument("file", type=Path)
    importing.add_argument("--preview", action="store_true", help="只列出将有的变化和错误")
    importing.add_argument("--notice", default="", help="通告文号，缺省取文件中的“通告”表")
    importing.add_argument("--title", default="", help="通告名称")
    importing.add_argument("--list", dest="list_kind", default="", help="清单类型")
    importing.add_argument("--published", type=day_argument)
    importing.add_argument("--effective", type=day_argument, help="施行日期")
    whole = importing.add_mutually_exclusive_group()
    whole.add_argument(
        "--complete", action="store_true", default=None, help="整单：没有列出的随之取消"
    )
    whole.add_argument("--adjustment", dest="complete", action="store_false", help="只动所列")
    importing.add_argument("--errors-to", type=Path, help="把错误另存为工作簿")
    importing.add_argument("--by", default="命令行", help="登记人")
    importing.set_defaults(run=_import)


def _import(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    options = NoticeOptions(
        number=arguments.notice,
        title=arguments.title,
        list_kind=arguments.list_kind,
        published=arguments.published,
        effective=arguments.effective,
        complete=arguments.complete,
    )
    lists = workstation.matter_lists
    if arguments.preview:
        outcome = ListImport(plan=lists.preview(arguments.file, options), imported=False)
    else:
        outcome = lists.carry_out(arguments.file, arguments.by, options)
    plan = outcome.plan
    if arguments.errors_to and plan.faults:
        lists.export_faults(arguments.errors_to, plan.faults)
    answer = outcome.as_json()
    if arguments.preview:
        answer |= plan.difference.as_json()
    return answer, 0 if plan.sound else 1


def _template(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return {"file": str(workstation.matter_lists.template(arguments.to))}, 0


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.matter_lists.listed(arguments.as_of, arguments.text, arguments.list_kind)
    return {"count": len(found), "matters": [_brief(matter) for matter in found]}, 0


def _show(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    versions = workstation.matter_lists.versions(arguments.code)
    return {"code": arguments.code, "versions": [_whole(matter) for matter in versions]}, 0


def _fact(text: str) -> tuple[str, JsonValue]:
    name, equals, value = text.partition("=")
    if not equals:
        message = f"“{text}”不是情节，应写作 volume_m3=16.4"
        raise argparse.ArgumentTypeError(message)
    try:
        return name, float(value) if "." in value else int(value)
    except ValueError:
        return name, value


def _sheet(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    facts = dict(arguments.fact)
    return workstation.matter_sheets.of_matter(arguments.code, facts, arguments.as_of).as_json(), 0


def _notices(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    del arguments
    rows = [
        {
            "number": notice.number,
            "title": notice.title,
            "list_kind": notice.list_kind,
            "effective": notice.effective.isoformat(),
            "reversed": notice.reverses,
            "added": notice.added,
            "changed": notice.changed,
            "withdrawn": notice.withdrawn,
            "unchanged": notice.unchanged,
            "file": notice.file_name,
            "entered_by": notice.entered_by,
            "entered_at": notice.entered_at.isoformat(timespec="minutes"),
        }
        for notice in workstation.matter_lists.history()
    ]
    return {"notices": rows}, 0


def _compare(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    return workstation.matter_lists.compare(arguments.first, arguments.second).as_json(), 0


def _roll_back(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    lists = workstation.matter_lists
    lists.roll_back(arguments.number, arguments.by, arguments.reason)
    return {"rolled_back": arguments.number, "notices": [n.number for n in lists.notices()]}, 0


def _brief(matter: Matter) -> Json:
    return {
        "code": matter.code,
        "name": matter.name,
        "field": matter.field,
        "authority": matter.authority.value,
        "penalty": str(matter.penalty),
        "version": matter.version,
        "effective_from": matter.valid_from.isoformat(),
        "effective_to": matter.valid_to.isoformat() if matter.valid_to else None,
    }


def _whole(matter: Matter) -> Json:
    return {
        **_brief(matter),
        "fields": {label: text for label, read in MATTER_FIELDS.items() if (text := read(matter))},
        "tiers": [
            {
                "name": tier.name,
                "condition": tier.condition,
                "fine_min": str(tier.fine_min),
                "fine_max": str(tier.fine_max),
                "testable": bool(tier.alternatives),
            }
            for tier in matter.tiers
        ],
    }

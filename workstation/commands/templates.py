"""Commands on templates: ``template list|export|check|install|rollback|history|diff|used``."""

import argparse
from datetime import date
from pathlib import Path

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json, day_argument
from workstation.operations.templates import (
    NewTemplate,
    TemplateCheck,
    TemplateFaultsError,
    read_template,
)


def add_commands(groups: CommandGroups) -> None:
    """Add the group ``template``."""
    group = groups.group("template", "文书模板")
    listing = group.add_parser("list", help="列出各文书使用的模板")
    listing.set_defaults(run=_list)
    export = group.add_parser("export", help="导出文书模板，用 Word 或 WPS 修改")
    export.add_argument("form", help="文书编号，如 D51")
    export.add_argument("--to", type=Path, required=True, help="文件或文件夹")
    export.add_argument("--version", type=int, help="版本；0 为程序自带，不写为现用")
    export.set_defaults(run=_export)
    check = group.add_parser("check", help="检查模板，列出每一处问题")
    check.add_argument("file", type=Path)
    check.add_argument("--form", help="文书编号；不写则取文件名开头的编号")
    check.add_argument("--to", type=Path, help="把样例页面写成 PDF")
    check.set_defaults(run=_check)
    install = group.add_parser("install", help="检查无误后启用模板")
    install.add_argument("file", type=Path)
    install.add_argument("--form", required=True)
    _add_entry_arguments(install)
    install.set_defaults(run=_install)
    back = group.add_parser("rollback", help="恢复以前的版本")
    back.add_argument("form")
    back.add_argument("--version", type=int, required=True, help="0 为程序自带")
    _add_entry_arguments(back)
    back.set_defaults(run=_rollback)
    history = group.add_parser("history", help="模板的各个版本")
    history.add_argument("form")
    history.set_defaults(run=_history)
    diff = group.add_parser("diff", help="与程序自带或某一版本比较文字")
    diff.add_argument("form")
    diff.add_argument("--file", type=Path, help="要比较的文件；不写为现用模板")
    diff.add_argument("--version", type=int, default=0)
    diff.set_defaults(run=_diff)
    used = group.add_parser("used", help="取出某份文书制发时使用的模板")
    used.add_argument("case")
    used.add_argument("--document", required=True)
    used.add_argument("--to", type=Path, required=True)
    used.set_defaults(run=_used)


def _add_entry_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="valid_from", type=day_argument, default=None)
    parser.add_argument("--note", required=True, help="修改说明")
    parser.add_argument("--by", required=True, help="登记人")


def _list(workstation: Workstation, _arguments: argparse.Namespace) -> tuple[Json, int]:
    own = workstation.templates.forms_in_own_hands()
    return {
        "forms": [
            {
                "form": form.id,
                "title": form.title,
                "version": own[form.id].number if form.id in own else 0,
                "entered_by": own[form.id].entered_by if form.id in own else "程序自带",
            }
            for form in workstation.forms.catalogue()
        ]
    }, 0


def _export(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    path = workstation.templates.export(arguments.form, arguments.to, arguments.version)
    return {"form": arguments.form, "file": str(path)}, 0


def _check(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    form = arguments.form or arguments.file.stem.partition("_")[0]
    checked = workstation.templates.check(form, read_template(arguments.file))
    result = check_json(checked)
    if checked.layout is not None and arguments.to is not None:
        result["pdf"] = str(workstation.templates.write_sample(checked, arguments.to))
    return result, 0 if checked.is_sound else 1


def _install(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    content = read_template(arguments.file)
    new = NewTemplate(
        form_id=arguments.form,
        content=content,
        file_name=arguments.file.name,
        valid_from=arguments.valid_from or date.today(),
        note=arguments.note,
        entered_by=arguments.by,
    )
    try:
        workstation.templates.install(new)
    except TemplateFaultsError as error:
        checked = workstation.templates.check(arguments.form, content)
        return {"error": error.as_json(), **check_json(checked)}, 1
    return _history(workstation, arguments)


def _rollback(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    workstation.templates.roll_back(
        arguments.form,
        arguments.version,
        entered_by=arguments.by,
        note=arguments.note,
        valid_from=arguments.valid_from or date.today(),
    )
    return _history(workstation, arguments)


def _history(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    versions = workstation.templates.versions(arguments.form)
    return {"form": arguments.form, "versions": [v.as_json() for v in versions]}, 0


def _diff(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    templates = workstation.templates
    content = (
        read_template(arguments.file) if arguments.file else templates.content(arguments.form)
    )
    changes = templates.compare(arguments.form, content, arguments.version)
    return {
        "form": arguments.form,
        "version": arguments.version,
        "changes": [change.as_json() for change in changes],
    }, 0


def _used(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    document, path = workstation.templates.export_used(
        arguments.case, arguments.document, arguments.to
    )
    return {"form": document.form, "sha256": document.template_sha256, "file": str(path)}, 0


def check_json(checked: TemplateCheck) -> Json:
    """Return the outcome of a check as ``template check`` prints it."""
    return {
        "form": checked.form.id,
        "title": checked.form.title,
        "sound": checked.is_sound,
        "sha256": checked.sha256,
        "pages": len(checked.layout.pages) if checked.layout else 0,
        "faults": [fault.as_json() for fault in checked.faults],
    }

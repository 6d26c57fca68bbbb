"""Commands on printers and trays by form: ``print settings``, ``print set``, ``print test``."""

import argparse

from workstation.bootstrap import Workstation
from workstation.commands.arguments import CommandGroups, Json
from workstation.operations.desk_printers import DEFAULT, PrinterChoice
from workstation.operations.printer_settings import parse_copies


def add_commands(groups: CommandGroups) -> None:
    """Add what is set for printers to ``print``."""
    group = groups.group("print", "打印")
    listing = group.add_parser("settings", help="各种文书在本机用哪台打印机、纸盒、单双面、份数")
    listing.add_argument("--problems", action="store_true", help="只列有问题的；有则退出码为1")
    listing.set_defaults(run=_list)
    setting = group.add_parser("set", help="设置一种文书在本机的打印机、纸盒、单双面、份数")
    setting.add_argument(
        "form", metavar="文书", help=f"文书代号，如 D51；{DEFAULT} 为其余各种文书"
    )
    setting.add_argument("--printer", default=None, help="打印机名称（print printers 可查）")
    setting.add_argument("--tray", default=None, help="纸盒名，如 tray-1")
    sides = setting.add_mutually_exclusive_group()
    sides.add_argument("--duplex", action="store_true", default=None, help="双面")
    sides.add_argument("--simplex", dest="duplex", action="store_false", help="单面")
    setting.add_argument("--copies", default=None, help="份数和去向，如 当事人1、存档1")
    setting.add_argument("--clear", action="store_true", help="清除本机的设置，恢复本局规则")
    setting.set_defaults(run=_set)
    test = group.add_parser("test", help="打印一张测试页")
    test.add_argument("--printer", required=True)
    test.add_argument("--tray", default="")
    test.add_argument("--duplex", action="store_true", help="双面，正反各一页")
    test.set_defaults(run=_test)


def _list(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    found = workstation.printers.all()
    problems = [setting for setting in found if setting.problem]
    shown = problems if arguments.problems else found
    status = 1 if arguments.problems and problems else 0
    return {"settings": [setting.as_json() for setting in shown]}, status


def _set(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    printers = workstation.printers
    before = printers.get(arguments.form).own or PrinterChoice()
    copies = before.copies if arguments.copies is None else parse_copies(arguments.copies)
    choice = PrinterChoice(
        printer=before.printer if arguments.printer is None else arguments.printer,
        tray=before.tray if arguments.tray is None else arguments.tray,
        duplex=before.duplex if arguments.duplex is None else arguments.duplex,
        copies=copies,
    )
    printers.put(arguments.form, None if arguments.clear else choice)
    return printers.get(arguments.form).as_json(), 0


def _test(workstation: Workstation, arguments: argparse.Namespace) -> tuple[Json, int]:
    job = workstation.printers.test_page(
        arguments.printer, tray=arguments.tray, duplex=arguments.duplex
    )
    return {"printer": arguments.printer, "job": job}, 0

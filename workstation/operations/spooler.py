"""Handing PDFs to the print system of Linux (CUPS) with ``lp``; nothing is rasterised here."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from workstation.errors import WorkstationError

_SECONDS = 60
_REQUEST = re.compile(r"request id is (\S+)")


class NoSpoolerError(WorkstationError):
    """This machine has no CUPS client, or its print service does not answer."""

    code = "no_spooler"


class PrinterUnknownError(WorkstationError):
    """The print system knows no printer of that name."""

    code = "printer_unknown"


class JobRefusedError(WorkstationError):
    """The print system did not take a job."""

    code = "job_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolJob:
    """One file for one printer; ``tray`` is a media-source, empty for the printer's choice."""

    file: Path
    title: str
    printer: str
    copies: int
    duplex: bool
    tray: str


class Spooler:
    """Lists printers and sends jobs; ``CUPS_SERVER`` names another server, as CUPS has it."""

    def printers(self) -> tuple[str, ...]:
        """Return the names of the printers.

        Raises:
            NoSpoolerError: there is no print system, or it does not answer.
        """
        done = _run("lpstat", "-e")
        if done.returncode:
            raise NoSpoolerError(
                f"打印服务没有响应：{done.stderr.strip()}。",
                hint="请启动打印服务（cups）并添加打印机；也可以先导出 PDF（--to 文件夹）。",
            )
        return tuple(line.strip() for line in done.stdout.splitlines() if line.strip())

    def check(self, printer: str) -> None:
        """Refuse a printer that is not there.

        Raises:
            PrinterUnknownError: naming those that are.
            NoSpoolerError: there is no print system.
        """
        known = self.printers()
        if printer not in known:
            names = "、".join(known) or "（没有打印机）"
            message = f"没有名为“{printer}”的打印机。"
            raise PrinterUnknownError(message, hint=f"可用的打印机：{names}。")

    def send(self, job: SpoolJob) -> str:
        """Send a job and return its id.

        Raises:
            JobRefusedError: it was not taken; nothing will be printed of it.
        """
        options = [
            "media=A4",
            "print-scaling=none",
            "collate=true",
            f"sides={'two-sided-long-edge' if job.duplex else 'one-sided'}",
        ]
        if job.tray:
            options.append(f"media-source={job.tray}")
        arguments = ["-d", job.printer, "-n", str(job.copies), "-t", job.title]
        for option in options:
            arguments += ["-o", option]
        done = _run("lp", *arguments, "--", str(job.file))
        found = _REQUEST.search(done.stdout)
        if done.returncode or found is None:
            reason = done.stderr.strip() or f"退出码{done.returncode}"
            raise JobRefusedError(
                f"打印机“{job.printer}”没有接收“{job.title}”：{reason}。",
                hint="请检查打印机是否停用、缺纸，然后只重试这一份。",
            )
        return found[1]


def _run(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which(name)
    if program is None:
        raise NoSpoolerError(
            "这台电脑没有 CUPS 打印系统。",
            hint="请安装 cups-client；也可以导出 PDF（--to 文件夹）后用其他程序打印。",
        )
    environment = dict(os.environ) | {"LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program with a fixed list, no shell
            [program, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        message = f"打印服务{_SECONDS}秒内没有响应。"
        raise NoSpoolerError(message, hint="请检查打印服务后重试。") from error

#!/usr/bin/env python3
"""Set up the checkout and start the program or its tests; needs nothing but Python.

``python3 run.py`` opens the window on the demo case (without a display: plays the case and says
where its documents lie), ``python3 run.py test`` runs the tests, ``python3 run.py setup`` only
sets up. Everything is installed into ``.venv`` from the hash-pinned locks, and from the folder
``wheelhouse`` without any network when there is one.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
PROGRAM = BIN / ("workstation.exe" if WINDOWS else "workstation")
STAMP = VENV / "workstation-setup.txt"
WHEELHOUSE = ROOT / "wheelhouse"
DEMO = ROOT / "demo"
LOCKS = ("requirements.lock", "requirements-dev.lock")
OLDEST, NEWEST = (3, 11), (3, 14)

# Sonames that Qt loads, and the Debian packages that hold them; the second table is needed only
# where a window is shown or something is printed (without libcups there is no printer at all).
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libcups.so.2": "libcups2",
}
MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))

USAGE = """用法：
  python3 run.py               安装依赖并打开窗口（首次启动自动建立演示案件）
  python3 run.py test [参数]   安装依赖并运行测试（参数原样交给 pytest）
  python3 run.py setup [--dev] 只安装依赖（--dev 连同开发工具）
Windows 上把 python3 换成 py。"""


class SetupError(Exception):
    """The set-up can't go on; the message says what the user has to do."""


def main(arguments: list[str]) -> int:
    """Run one of the three commands and return its exit status."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    try:
        if command == "test":
            set_up(dev=True)
            return run_tests(rest)
        if command == "setup" and rest in ([], ["--dev"]):
            set_up(dev=bool(rest))
            say(f"安装完成。程序的命令是 {PROGRAM}")
            return 0
        if command == "start":
            set_up(dev=False)
            return start()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已中断。重新运行同一命令即可继续。", file=sys.stderr)
        return 130
    print(USAGE, file=sys.stdout if command in {"-h", "--help"} else sys.stderr)
    return 0 if command in {"-h", "--help"} else 2


def say(text: str) -> None:
    """Tell the user what happens next, at once."""
    print(text, flush=True)


def set_up(*, dev: bool) -> None:
    """Bring ``.venv`` to the state of the locks; do nothing when it is there already.

    Raises:
        SetupError: Python is too old or too new, or something can't be installed.
    """
    check_python()
    digest = wanted_digest()
    if is_set_up(digest, dev=dev):
        return
    fresh = not usable_environment()
    if fresh:
        make_environment()
    if not install(dev=dev):
        if fresh:
            raise SetupError(INSTALL_HINT)
        say("原有的 .venv 不能继续使用，删除后重建……")
        make_environment()
        if not install(dev=dev):
            raise SetupError(INSTALL_HINT)
    STAMP.write_text(f"{digest} {'dev' if dev else 'runtime'}\n", encoding="utf-8")


INSTALL_HINT = f"""安装依赖失败，原因见上。可以这样处理：
  · 能上网：检查网络或 pip 的镜像设置后重新运行；
  · 不能上网：在另一台能上网、系统与 Python 版本相同的机器上运行
      python3 run.py setup --dev
      .venv/bin/python -m pip download --no-deps --require-hashes --only-binary=:all: \\
          -r requirements-dev.lock -d wheelhouse
    把 wheelhouse 文件夹拷到 {ROOT} 下，再重新运行。"""


def check_python() -> None:
    """Refuse a Python that the locks have no packages for."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SetupError(
            f"需要 64 位 Python {OLDEST[0]}.{OLDEST[1]} 至 {NEWEST[0]}.{NEWEST[1]}，"
            f"现在是 {sys.version.split()[0]}（{sys.executable}）。请安装合适的版本后再运行。"
        )
    if sys.maxsize < 2**32:
        raise SetupError("现在的 Python 是 32 位的，请安装 64 位 Python 后再运行。")


def wanted_digest() -> str:
    """Return what the environment depends on: locks, project file, Python, place."""
    digest = hashlib.sha256()
    for name in (*LOCKS, "pyproject.toml"):
        path = ROOT / name
        if not path.is_file():
            raise SetupError(f"缺少文件 {path}，源代码目录不完整，请重新获取。")
        digest.update(path.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def is_set_up(digest: str, *, dev: bool) -> bool:
    """Say whether the stamp of an earlier set-up covers what is wanted."""
    if not (STAMP.is_file() and PYTHON.exists() and PROGRAM.exists()):
        return False
    stamp = STAMP.read_text(encoding="utf-8").split()
    return stamp == [digest, "dev"] or (not dev and stamp == [digest, "runtime"])


def usable_environment() -> bool:
    """Say whether ``.venv`` is of this Python version and its pip answers."""
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    if not PYTHON.exists():
        return False
    try:
        answer = subprocess.run(
            [PYTHON, "-I", "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return answer.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def make_environment() -> None:
    """Make ``.venv`` anew, removing what an interrupted attempt has left.

    Raises:
        SetupError: the parts of Python that make environments are missing.
    """
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        install_debian_packages([package], why="缺少建立虚拟环境的组件")
    if VENV.exists():
        shutil.rmtree(VENV)
    say("建立虚拟环境 .venv……")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False)
    if made.returncode or not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            f"建立虚拟环境失败，原因见上。请确认 {ROOT} 可以写入、磁盘有 1.5 GB 空间后再运行。"
        )


def install(*, dev: bool) -> bool:
    """Install the locked packages and the checkout itself; say whether that went well."""
    offline = WHEELHOUSE.is_dir()
    source = f"离线，来自 {WHEELHOUSE}" if offline else "联网下载，约需几分钟"
    say(f"安装依赖（{source}）……")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--no-deps", "--progress-bar", "off"]
    if offline:
        pip += ["--no-index", "--find-links", str(WHEELHOUSE)]
    lock = ROOT / LOCKS[1 if dev else 0]
    locked = [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(lock)]
    checkout = [*pip, "--no-build-isolation", "--editable", str(ROOT)]
    # A warning of pip run as root in its own environment would be noise here.
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore", "PYTHONUTF8": "1"}
    return all(
        subprocess.run(command, env=environment, check=False).returncode == 0
        for command in (locked, checkout)
    )


def ensure_qt(libraries: dict[str, str]) -> None:
    """See to it that Qt can be loaded, installing what is missing where that is possible.

    Raises:
        SetupError: something is missing that this user can't install from here.
    """
    if sys.platform.startswith("linux"):
        missing = missing_packages(libraries)
        if missing:
            wanted = sorted({*QT_LIBRARIES.values(), *WINDOW_LIBRARIES.values()})
            install_debian_packages(wanted, why=f"缺少窗口所需的系统库（{'、'.join(missing)}）")
        ensure_machine_id()
    code = "from PySide6 import QtGui, QtPrintSupport, QtSvg, QtWidgets"
    loaded = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    if loaded.returncode:
        reason = (loaded.stderr.strip().splitlines() or ["原因不明"])[-1]
        raise SetupError(f"窗口组件 Qt 不能载入：{reason}\n{QT_HINT}")


QT_HINT = (
    "x86-64 需要 glibc 2.34 以上，ARM64 需要 glibc 2.39 以上（用 ldd --version 查看）；"
    "Windows 需要 Windows 10 1809 以上。"
)


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages of those libraries that can't be loaded."""
    missing = []
    for soname, package in libraries.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(package)
    return missing


def install_debian_packages(packages: list[str], *, why: str) -> None:
    """Install packages with apt-get when this is root on Debian.

    Raises:
        SetupError: it is not, or apt-get failed; the message holds the line to run.
    """
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if WINDOWS or shutil.which("apt-get") is None:
        raise SetupError(f"{why}。请用系统的软件包管理器安装与下列 Debian 软件包相当的包：{line}")
    if os.geteuid() != 0:
        raise SetupError(f"{why}。请先运行：\n  sudo apt-get update && sudo {line}")
    say(f"{why}，正在用 apt-get 安装……")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A list that can't be renewed (cut off, one mirror down) may still know the packages.
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    quiet = ["apt-get", "-qq", *line.split()[1:]]
    done = subprocess.run(quiet, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SetupError(f"{why}，apt-get 安装失败，原因见上。请先使这一行成功：\n  {line}")


def ensure_machine_id() -> None:
    """Give the machine an id where it has none: libdbus aborts a Qt program without one.

    Raises:
        SetupError: there is none and this user can't write it.
    """
    if any(path.is_file() and path.stat().st_size > 1 for path in MACHINE_IDS):
        return
    if os.geteuid() != 0:
        raise SetupError(
            "本机没有 /etc/machine-id，窗口会因此异常退出。请先运行：\n"
            "  sudo sh -c 'tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id'"
        )
    MACHINE_IDS[0].write_text(secrets.token_hex(16) + "\n", encoding="ascii")


def start() -> int:
    """Open the window, or play the demo case where there is no display."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return play_demo()
    ensure_qt({**QT_LIBRARIES, **WINDOW_LIBRARIES})
    say("正在打开窗口……")
    return subprocess.run(program_line(), env=program_environment(), check=False).returncode


def program_line() -> list[str]:
    """Return the program's command on the home named by the environment, else the demo home."""
    if os.environ.get("WORKSTATION_HOME"):
        return [str(PROGRAM)]
    return [str(PROGRAM), "--home", str(DEMO / "home")]


def program_environment() -> dict[str, str]:
    """Return the environment of the program: UTF-8 whatever the console speaks."""
    return {**os.environ, "PYTHONUTF8": "1"}


def play_demo() -> int:
    """Run the demo case through all 18 steps and say where everything lies."""
    # The window's own demo is left alone: it may hold what the user tried out in it.
    folder = DEMO / "headless"
    kept = folder / "result.json"
    if kept.is_file():
        say("演示案件上次已经走完，结果如下；删除下列文件夹可以重来。")
        return report_demo(json.loads(kept.read_text(encoding="utf-8")))
    if folder.exists():
        shutil.rmtree(folder)
    say("没有图形显示，不打开窗口；让演示案件走完 18 步，约需一分钟……")
    line = [str(PROGRAM), "--home", str(folder / "home"), "--json", "demo"]
    line += ["--to", str(folder), "--pictures"]
    played = subprocess.run(
        line, env=program_environment(), stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if played.returncode:
        print(f"演示案件没有走完，原因见上。命令：\n  {' '.join(line)}", file=sys.stderr)
        return played.returncode
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(played.stdout, encoding="utf-8")
    return report_demo(json.loads(played.stdout))


def report_demo(result: dict[str, Any]) -> int:
    """Say what came of the demo case and where it lies; return the exit status."""
    volume, documents = result["volume"], result["documents"]
    say(
        f"演示案件 {result['case_number']} 已走完 {result['steps_done']} 步。\n"
        f"  文书 {len(documents)} 份（每份 .docx 与 .pdf）：{Path(documents[0]['pdf']).parent}\n"
        f"  装订成册的案卷：{volume['pdf']}\n"
        f"  可独立校验的案卷包：{volume['package']}\n"
        f"  各页图片：{result['pictures']}\n"
        f"  案件数据：{result['home']}\n"
        f"有图形显示时，同一命令会打开窗口；命令行见 {PROGRAM} --help"
    )
    return 0


def run_tests(arguments: list[str]) -> int:
    """Run pytest on all cores, without touching the user's display or data."""
    ensure_qt(QT_LIBRARIES)
    # One process is wanted where the user debugs or chooses the number of workers.
    chosen = any(word.startswith(("-n", "--pdb", "--numprocesses")) for word in arguments)
    line = [str(PYTHON), "-m", "pytest", *([] if chosen else ["-n", "auto"]), *arguments]
    environment = {**program_environment(), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(line, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A console that can't show Chinese must not stop the set-up.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))

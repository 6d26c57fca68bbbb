"""A CUPS of our own with file printers, for tests that print."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CUPSD = "/usr/sbin/cupsd"
_CONF = """LogLevel warn
Listen {root}/cups.sock
DefaultAuthType None
WebInterface No
Browsing No
PreserveJobFiles Yes
PreserveJobHistory Yes
MaxJobs 500
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """FileDevice Yes
ServerRoot {root}/root
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
User {user}
Group {group}
SystemGroup root
"""
_WAIT, _STEPS = 0.05, 200


def why_not() -> str:
    """Say why no private CUPS can be started here, empty where it can."""
    if not Path(_CUPSD).is_file() or shutil.which("lp") is None:
        return "no cupsd, or no lp"
    if os.name != "posix" or os.geteuid() != 0:
        return "a private cupsd needs root"
    return ""


@dataclass(frozen=True)
class PrivateCups:
    """A running scheduler; jobs stay in its spool folder with their files."""

    root: Path

    @property
    def server(self) -> str:
        """What ``CUPS_SERVER`` has to be."""
        return f"{self.root}/cups.sock"

    def add_printer(self, name: str) -> None:
        """Add a printer that writes into a file."""
        device = f"file://{self.root}/{name}.out"
        command = ["lpadmin", "-p", name, "-E", "-v", device, "-m", "raw"]
        environment = dict(os.environ) | {"CUPS_SERVER": self.server}
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=30)

    def jobs(self, expected: int) -> list[tuple[bytes, bytes]]:
        """Return the attributes (IPP, as stored) and the file of every job, in order.

        The scheduler writes a job down a moment after it answered, so ``expected`` are waited for.
        """
        spool = self.root / "spool"
        for _ in range(_STEPS):
            if len(list(spool.glob("c[0-9]*"))) >= expected:
                break
            time.sleep(_WAIT)
        controls = sorted(spool.glob("c[0-9]*"))
        return [
            (control.read_bytes(), (spool / f"d{control.name[1:]}-001").read_bytes())
            for control in controls
        ]


@contextmanager
def private_cups() -> Iterator[PrivateCups]:
    """Start a scheduler on a socket in a folder of its own; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        root = Path(folder)
        for name in ("root", "spool/tmp", "cache", "state", "log"):
            (root / name).mkdir(parents=True)
        (root / "cupsd.conf").write_text(_CONF.format(root=root), encoding="utf-8")
        files = _FILES.format(root=root, user="lp", group="lp")
        (root / "cups-files.conf").write_text(files, encoding="utf-8")
        for path in (root, *root.rglob("*")):
            shutil.chown(path, "lp", "lp")
        command = [_CUPSD, "-f", "-c", f"{root}/cupsd.conf", "-s", f"{root}/cups-files.conf"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(root / "cups.sock")
            yield PrivateCups(root)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(socket: Path) -> None:
    for _ in range(_STEPS):
        if socket.exists():
            return
        time.sleep(_WAIT)
    message = "the private cupsd did not start"
    raise TimeoutError(message)

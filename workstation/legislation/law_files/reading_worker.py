"""The child process that reads files of law: ``python -m … BYTES`` serves within that memory.

Reads requests from standard input, writes answers to standard output (``file_lines`` is the other
end); both are JSON, so that nothing a file could make of this process is executed by the other.
"""

import json
import sys
from pathlib import Path
from typing import Any

from workstation.child_processes import limit_this_process, messages, send, set_alarm
from workstation.errors import WorkstationError
from workstation.legislation.law_files.bounds import refuse_damaged, refuse_too_big
from workstation.legislation.law_files.readers import lines_in, pages_in


def main(memory: int) -> int:
    """Serve until standard input ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # Nothing but answers may reach the other end.
    sys.stdout = sys.stderr
    limit_this_process(memory)
    for message in messages(source):
        asked = json.loads(message)
        set_alarm(asked["seconds"])
        answer = _answer(Path(asked["path"]), memory, by_page=asked["by_page"])
        answer["peak"] = _peak()
        set_alarm(0)
        send(target, json.dumps(answer).encode())
    return 0


def _answer(path: Path, memory: int, *, by_page: bool) -> dict[str, Any]:
    try:
        return {"parts": _parts(path, memory, by_page=by_page)}
    except WorkstationError as error:
        return {"error": error.as_json()}


def _parts(path: Path, memory: int, *, by_page: bool) -> list[str]:
    try:
        return pages_in(path) if by_page else lines_in(path)
    except WorkstationError:
        raise
    except MemoryError:
        refuse_too_big(path, f"读取时占用的内存超过 {memory >> 20} MB")
    except Exception as error:  # noqa: BLE001 whatever a file brings a reader to is its own fault
        refuse_damaged(path, error)


def _peak() -> int:
    """Return the most bytes this process has had in memory; 0 where the system can't tell.

    ``ru_maxrss`` won't do: it counts what the parent held when it started this process.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return 0
    return int(peak.split()[1]) * 1024


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

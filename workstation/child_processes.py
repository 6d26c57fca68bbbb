"""A child process that is kept warm and answers requests within limits of time and memory.

What comes from outside (a template of a clerk, a file of law) is handled in one, so that it can
take the child's time and memory and no more.
"""

import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO, TypeVar

import workstation

LENGTH = struct.Struct(">Q")
_STARTING_SECONDS = 20.0
_MOST_ANSWER = 128 * 1024 * 1024
_KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
# SIGALRM, which the child sets itself.
_TIMED_OUT = frozenset({-14})

Answer = TypeVar("Answer")


class ChildEndedError(Exception):
    """The child was ended before it answered: ``timed_out``, or else what it took was too much."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__(timed_out)
        self.timed_out = timed_out


class ChildProcess:
    """One child, started at the first need and again after it was ended; for one thread at a time.

    ``arguments`` are those of ``python``; ``greeting`` is the first message it is sent.
    """

    def __init__(self, *arguments: str, greeting: Callable[[], bytes] | None = None) -> None:
        self._arguments = arguments
        self._greeting = greeting
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self, message: bytes, seconds: float, receive: Callable[[IO[bytes]], Answer]
    ) -> Answer:
        """Send a message and return what ``receive`` makes of the answer.

        Raises:
            ChildEndedError: there was no whole answer within ``seconds``, or the child broke down.
        """
        process, limit = self._process, seconds
        if process is None or process.poll() is not None:
            process, limit = self._start(), seconds + _STARTING_SECONDS
        timer = Timer(limit, process.kill)
        timer.daemon = True
        timer.start()
        try:
            send(_pipe(process.stdin), message)
            return receive(_pipe(process.stdout))
        except (OSError, EOFError, ValueError) as error:
            timed_out = self._end(1.0) in _TIMED_OUT or not timer.is_alive()
            raise ChildEndedError(timed_out=timed_out) from error
        finally:
            timer.cancel()
            timer.join()

    def _start(self) -> "subprocess.Popen[bytes]":
        self._end()
        kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        root = str(Path(workstation.__file__).resolve().parent.parent)
        # The flag exists on Windows only, where a window would flash up otherwise.
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-B", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=kept | {"PYTHONPATH": root, "PYTHONUTF8": "1"},
            creationflags=flags,
        )
        if self._greeting is not None:
            send(_pipe(self._process.stdin), self._greeting())
        return self._process

    def close(self) -> None:
        """End the child, if there is one."""
        self._end()

    def _end(self, patience: float = 0.0) -> int:
        """Return how the child ended: 0, or minus the signal; killed after ``patience`` s."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            ended = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            ended = process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        return ended

    def __del__(self) -> None:
        self._end()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def send(target: IO[bytes], message: bytes) -> None:
    """Write a message with its length before it."""
    target.write(LENGTH.pack(len(message)))
    target.write(message)
    target.flush()


def received(source: IO[bytes]) -> bytes:
    """Return the next message that :func:`send` wrote.

    Raises:
        EOFError: the other end is gone, or the message is larger than any answer may be.
    """
    (length,) = LENGTH.unpack(exactly(source, LENGTH.size))
    return exactly(source, length)


def messages(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages that come in until the other end is gone."""
    while True:
        try:
            yield received(source)
        except EOFError:
            return


def exactly(source: IO[bytes], size: int) -> bytes:
    """Return the next ``size`` bytes.

    Raises:
        EOFError: there are fewer, or they are more than any answer may have.
    """
    if size > _MOST_ANSWER:
        raise EOFError
    data = source.read(size)
    if len(data) != size:
        raise EOFError
    return data


def limit_this_process(memory: int, open_files: int = 24) -> None:
    """Take rights and memory (bytes of address space) from this process for good.

    Windows knows no such limits; there only the time limit of the other end holds.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 not on Windows

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: open_files,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        hard = resource.getrlimit(limit)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (allowed, allowed))


def set_alarm(seconds: float) -> None:
    """End this process after ``seconds``; 0 takes the alarm away.

    The other end kills this process in time; if that is gone itself, the alarm does.
    """
    if sys.platform != "win32":
        import signal  # noqa: PLC0415 beside the platform it is for

        signal.setitimer(signal.ITIMER_REAL, seconds)

"""A headless Chromium without network, driven over its debugging pipe; tests skip without it."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--window-size=1600,1000",
)


class Chromium:
    """One browser with one page."""

    def __init__(self, folder: Path, *, dark: bool = False) -> None:
        found = next((path for name in _NAMES if (path := shutil.which(name))), None)
        if found is None:
            pytest.skip("Chromium is not on this machine (Debian package chromium)")
        self.requests: list[str] = []
        self._number = 0
        self._rest = b""
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        command = " ".join([found, *(f"'{f}'" for f in _FLAGS), f"--user-data-dir='{folder}'"])
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", f"exec {command} 3<&{to_read} 4>&{to_write}"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self._call(f"{domain}.enable")
        if dark:
            feature = {"name": "prefers-color-scheme", "value": "dark"}
            self._call("Emulation.setEmulatedMedia", features=[feature])

    _session = ""

    def open(self, page: Path) -> None:
        """Open a file and wait until its script says it is ready."""
        self._call("Page.navigate", url=page.as_uri())
        self.run(
            "new Promise(done => { const look = () => document.documentElement?.dataset.ready"
            " ? done() : setTimeout(look, 20); look(); })"
        )

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def text_of(self, selector: str) -> str:
        """Return the text of an element, once the page has drawn it."""
        found = f"document.querySelector({json.dumps(selector)})"
        text = self.run(
            f"new Promise(done => {{ const look = () => {found}"
            f" ? done({found}.textContent) : setTimeout(look, 20); look(); }})"
        )
        return str(text)

    def press(self, key: str, *, control: bool = False) -> None:
        """Press and release a key."""
        modifiers = 2 if control else 0
        text = {} if control or len(key) > 1 else {"text": key}
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, modifiers=modifiers, **text)

    def insert(self, text: str) -> None:
        """Write text where the focus is."""
        self._call("Input.insertText", text=text)

    def download_to(self, folder: Path) -> None:
        """Let the page save files into a folder."""
        self._call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(folder),
            eventsEnabled=True,
        )

    def wait_for_download(self) -> None:
        """Wait until a file was saved whole."""
        while True:
            event = self._receive()
            if event.get("method") == "Browser.downloadProgress":
                assert event["params"]["state"] != "canceled"
                if event["params"]["state"] == "completed":
                    return

    def picture(self, path: Path) -> None:
        """Keep a picture of the window."""
        data = self._call("Page.captureScreenshot")["data"]
        path.write_bytes(base64.b64decode(data))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._read, 1 << 20)
            assert data, "the browser went away"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def __enter__(self) -> Self:
        """Return the browser, to be closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)
        os.close(self._write)
        os.close(self._read)

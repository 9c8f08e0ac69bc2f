"""A headless Chromium for tests, spoken to over a pipe in the DevTools protocol: no driver, no port, no network."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe", "about:blank",
)  # fmt: skip
_PATIENCE = 60.0  # seconds that an answer may take on a busy machine


def found() -> str | None:
    """The Chromium of this machine: what TSUKITOME_CHROMIUM names, else the first that is installed."""
    named = os.environ.get("TSUKITOME_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


class Chromium:
    """One page in a browser of its own. ``events`` holds all that the browser told, in order."""

    def __init__(self, folder: Path) -> None:
        program = found()
        assert program is not None
        theirs_in, self._in = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in _pipe())
        self._out, theirs_out = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in _pipe())

        def into_place() -> None:  # Chromium reads from 3 and writes to 4
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        self._process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={folder}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=into_place,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self._read = b""
        self._asked = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None
        try:
            self.ask("Browser.close")
        finally:
            self._process.wait(_PATIENCE)
            os.close(self._in)
            os.close(self._out)

    def ask(self, method: str, **facts: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        self._asked += 1
        asked = {"id": self._asked, "method": method, "params": facts}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._in, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._asked:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self.events.append(told)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._out], [], [], max(until - time.monotonic(), 0))
            assert ready, "Chromium does not answer"
            piece = os.read(self._out, 1 << 20)
            assert piece, "Chromium has gone"
            self._read += piece
        message, self._read = self._read.split(b"\0", 1)
        told: dict[str, Any] = json.loads(message)
        return told

    def open(self, path: Path, width: int = 1200, height: int = 900) -> None:
        """Loads a file and waits until it is drawn."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.events.clear()
        self.ask("Page.navigate", url=path.resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def told(self, *methods: str) -> list[dict[str, Any]]:
        """The events of some kinds."""
        return [event["params"] for event in self.events if event.get("method") in methods]


def _pipe() -> tuple[int, int]:
    return os.pipe()

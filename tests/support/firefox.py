"""A real Firefox over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): playwright cannot drive Debian's."""

from __future__ import annotations

import json
import re
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_SETTINGS = """
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "%s");
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("ui.prefersReducedMotion", 1);
"""


class Firefox:
    """One browser with one window; ``complaints`` of its console are errors and warnings, ``requests`` addresses."""

    def __init__(self, program: str, folder: Path) -> None:
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        (folder / "profile").mkdir()
        (folder / "profile" / "user.js").write_text(_SETTINGS % self.downloads, "utf-8")
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(folder / "profile")],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stderr
        found = next(filter(None, map(_LISTENS.search, self._process.stderr)), None)
        if found is None:
            raise RuntimeError(f"{program} ended before it listened")
        self._held = ExitStack()
        self._socket = self._held.enter_context(connect(found[1] + "/session", max_size=None))
        self._asked = 0
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._window = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def close(self) -> None:
        self._held.close()
        self._process.terminate()
        self._process.wait(20)

    def open(self, address: str, *, width: int, height: int) -> None:
        """Goes to an address and waits until the reader page there is ready."""
        self._call("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})
        self.complaints.clear()
        self.requests.clear()
        self._call("browsingContext.navigate", context=self._window, url=address, wait="complete")
        self.wait("document.documentElement.dataset.ready === 'true'")

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression, as JSON has it."""
        result = self._call(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._window},
            awaitPromise=True,
        )
        if result["type"] != "success":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"].get("value", "null"))

    def wait(self, expression: str, seconds: float = 10) -> None:
        """Waits until the expression is true."""
        until = time.monotonic() + seconds
        while not self.ask(expression):
            assert time.monotonic() < until, f"{expression} did not come true in {seconds} s"
            time.sleep(0.05)

    def click(self, place: dict[str, float]) -> None:
        """Presses and releases the mouse at a place of the window."""
        to = {"type": "pointerMove", "x": round(place["x"]), "y": round(place["y"])}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": [to, *press]})

    def click_on(self, selector: str) -> None:
        """Clicks on the middle of an element."""
        box = self.ask(f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()")
        self.click({"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2})

    def type(self, text: str) -> None:
        """Presses the keys of a text, one after the other."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def _act(self, source: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._window, actions=[source])

    def _call(self, method: str, **params: Any) -> Any:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(60))
            if answer["type"] == "event":
                self._note(answer["method"], answer["params"])
            elif answer["id"] == self._asked:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.complaints.append(params["text"])
        elif event == "network.beforeRequestSent" and not params["request"]["url"].startswith("data:"):
            self.requests.append(params["request"]["url"])

"""Firefox for the quick part: a widget alone on a page, keys pressed, and what then stands there.

Firefox has no request routing here, so the page is served on 127.0.0.1 for as long as it is looked at.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import alone

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
NODE = shutil.which("node") or ""
TOOLS = Path(__file__).parents[2] / "browser" / "node_modules"
SCRIPT = Path(__file__).with_name("firefox_keys.mjs")
INDEX = "widgets/index.html"  # beside the modules that it imports
LONGEST = 120  # s for one page

Steps = Sequence[tuple[str, Any]]


def missing() -> str:
    """What a test in Firefox lacks here; empty when nothing."""
    if not FIREFOX:
        return "firefox is not installed"
    if not NODE:
        return "node is not installed"
    return "" if (TOOLS / "puppeteer-core").exists() else "puppeteer-core: run npm ci in browser/"


def keys(page_html: str, runs: Sequence[Steps]) -> list[list[Any]]:
    """Opens a page in Firefox for each run, goes through its steps (firefox_keys.mjs): what each read."""
    with _served(page_html) as address:
        done = subprocess.run(
            [NODE, str(SCRIPT), FIREFOX, address, json.dumps(runs)],
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _served(page_html: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0].removeprefix("/")
            body = page_html if path == INDEX else alone.asset(path)
            kind = alone.TYPES.get(Path(path).suffix, "text/html")
            self.send_response(204 if body is None else 200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_told: object) -> None:
            """Nothing: what is asked for is of no interest."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{INDEX}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

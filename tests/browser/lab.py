"""A real JupyterLab (and Notebook 7, on the same server) for browser tests, as a student starts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bcourse.course_files import course_root
from b2bcourse.learner.lab import lab_command, lab_environment, lab_settings
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import laid, refresh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

READY = "sessionContext.session.kernel.status"


class Lab:
    """A running server: its address, the working copies of both languages under its root, its user's home."""

    def __init__(self, url: str, root: Path, home: Path) -> None:
        self.url, self.root, self.home = url, root, home

    def record(self, path: str) -> None:
        """Note a notebook as laid, so that it opens calm and alive; without this it waits for its reader."""
        notebook = self.root / path
        ledger_of(self.home).record(notebook.parent, [notebook.name])

    def open(self, page: Page, path: str, *, app: str = "lab") -> None:
        """Open a notebook and wait until its kernel is idle."""
        where = "lab/tree" if app == "lab" else "notebooks"
        # Without `reset` JupyterLab opens again what an earlier test left open.
        reset = "?reset" if app == "lab" else ""
        page.goto(f"{self.url}/{where}/{path}{reset}", wait_until="domcontentloaded")
        wait_idle(page)

    def responses(self, path: str) -> Path:
        """The folder of responses beside a notebook."""
        return (self.root / path).parent / "responses"


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """JupyterLab on a working copy in ``folder``, with homes and settings of its own.

    Nothing is noted as laid, so what is run here is run by the tests; unless one calls `Lab.record`.
    """
    root = folder / "work"
    for lang in ("ko", "en"):
        refresh(course_root(), root, lang)
    with serving(root, folder / "home", free_port()) as lab:
        yield lab


def lay(root: Path, home: Path, *langs: str) -> None:
    """The working copies as `b2bcourse start` lays them: noted in the user's own folder."""
    for lang in langs:
        done = refresh(course_root(), root, lang)
        ledger_of(home).record(done.folder, laid(done))


def ledger_of(home: Path) -> Ledger:
    """The ledger of the user of a home, as the server finds it that `serving` starts."""
    return Ledger(home / ".local" / "share" / "b2bcourse" / "laid")


@contextmanager
def serving(root: Path, home: Path, port: int, user: str = "", base: str = "") -> Iterator[Lab]:
    """JupyterLab on a folder that is there already, as one user's; again on the same port if asked.

    Args:
        root: the folder that is served.
        home: the user's home, with JupyterLab's settings; made if it is not there.
        port: the port, so that an address can come to belong to another server.
        user: the user's name as a hub tells it; without one there is no hub.
        base: what stands before every address, as a hub puts it there; encoded, with no last slash.
    """
    home.mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=home))
    command = [
        *lab_command(root, lab_settings(scratch, "en"), port=port, browser=False),
        "--IdentityProvider.token=",
        "--ServerApp.port_retries=0",
        f"--ServerApp.base_url={base}/",
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--ServerApp.log_level=ERROR",
    ]
    environment = {
        **lab_environment(),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **({"JUPYTERHUB_USER": user} if user else {}),
    }
    with (scratch / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}{base}"
            wait_up(url, server, scratch / "lab.log")
            yield Lab(url, root, home)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
        try:
            urllib.request.urlopen(f"{url}/api/status", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"JupyterLab did not answer: {log.read_text('utf-8', 'replace')[-2000:]}")


_IDLE = """() => {
  const widget = window.jupyterapp?.shell?.currentWidget;
  return widget?.sessionContext?.session?.kernel?.status === "idle";
}"""


def wait_idle(page: Page, timeout: float = 60_000) -> None:
    """Wait until the kernel of the notebook in front has nothing to do."""
    page.wait_for_function(_IDLE, timeout=timeout)


def command(page: Page, name: str, args: dict[str, Any] | None = None) -> None:
    """Run one of JupyterLab's commands, such as ``notebook:run-all-cells``."""
    page.evaluate(
        "([name, args]) => { window.jupyterapp.commands.execute(name, args); }", [name, args or {}]
    )


def run_all(page: Page) -> None:
    """Run every cell and wait until the kernel is idle again."""
    command(page, "notebook:run-all-cells")
    page.wait_for_timeout(300)
    wait_idle(page)


def set_theme(page: Page, theme: str) -> None:
    """Switch to JupyterLab's ``light`` or ``dark`` theme, which `start` lets follow the system's."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    name = "JupyterLab Dark" if theme == "dark" else "JupyterLab Light"
    command(page, "apputils:change-theme", {"theme": name})
    light = "true" if theme == "light" else "false"
    page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")


def restart_kernel(page: Page) -> None:
    """Restart the kernel without a question, as a crash or a hub's culling would."""
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    wait_idle(page)


def write_notebook(path: Path, *sources: str) -> None:
    """A small notebook of code cells, for tests that need no lesson."""
    cells = [
        {
            "id": f"cell-{number}",
            "cell_type": "code",
            "metadata": {},
            "source": source,
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(sources)
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")


def context_of(path: Path, lang: str) -> None:
    """The context file that tells a folder's language."""
    (path / "items").mkdir(parents=True, exist_ok=True)
    index = {"schema": 1, "lang": lang, "assignment": "", "items": {}}
    (path / "items" / "index.json").write_text(json.dumps(index), "utf-8")


def widget(page: Page, item: str) -> Locator:
    """The live widget of an item."""
    return page.locator(f'.b2b-matrix[data-item="{item}"]')


def artefacts() -> Path:
    """Where screenshots of test runs are kept."""
    folder = Path(os.environ.get("B2BCOURSE_ARTEFACTS", "test-artifacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder

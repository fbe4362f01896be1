"""A calm JupyterLab on a working copy: nothing to set up, nothing in the way."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bcourse.facts import Lang


def open_lab(folder: Path, lang: Lang, *, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab on a working copy until it is stopped.

    Args:
        folder: the working copy in one language.
        lang: the language of JupyterLab itself.
        port: the port; `None` takes 8888 or the next free one.
        browser: whether to open a browser.

    Returns:
        JupyterLab's exit status.
    """
    with tempfile.TemporaryDirectory(prefix="b2bcourse-lab-") as scratch:
        settings = lab_settings(Path(scratch), lang)
        command = lab_command(folder, settings, port=port, browser=browser)
        with subprocess.Popen(command, env=lab_environment()) as server:  # noqa: S603
            return _wait(server)


def _wait(server: subprocess.Popen[bytes]) -> int:
    """Wait for JupyterLab to end; whoever ends this program ends JupyterLab, not only its parent.

    Ctrl-C reaches JupyterLab by itself, and it asks before it stops.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return server.wait()
    finally:
        signal.signal(signal.SIGTERM, before)


def lab_command(
    folder: Path, settings: Path, *, port: int | None = None, browser: bool = True
) -> list[str]:
    """The command that opens JupyterLab on the first lesson of ``folder``."""
    lessons = sorted(path.name for path in folder.glob("[0-9]*.ipynb"))
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder.absolute()}",
        f"--LabApp.app_settings_dir={settings}",
    ]
    command += [f"--LabApp.default_url=/lab/tree/{lessons[0]}"] if lessons else []
    command += [f"--ServerApp.port={port}"] if port else []
    command += [] if browser else ["--no-browser"]
    # In a container one is root, and Jupyter wants to be told that this is meant.
    command += ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return command


def lab_environment() -> dict[str, str]:
    """The environment for JupyterLab: this installation's programs, the kit's page settings."""
    ours = str(Path(str(resources.files(__package__))) / "config")
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    configs = os.pathsep.join(filter(None, [ours, os.environ.get("JUPYTER_CONFIG_PATH", "")]))
    return {**os.environ, "PATH": path, "JUPYTER_CONFIG_PATH": configs}


def lab_settings(scratch: Path, lang: Lang) -> Path:
    """A settings folder: the kit's overrides, in the reader's language."""
    source = Path(str(resources.files(__package__))) / "settings" / "overrides.json"
    target = scratch / "settings"
    target.mkdir()
    overrides: dict[str, Any] = json.loads(source.read_bytes())
    if lang == "ko":
        overrides["@jupyterlab/translation-extension:plugin"] = {"locale": "ko_KR"}
    (target / "overrides.json").write_text(json.dumps(overrides, indent=1), "utf-8")
    return target

"""A calm JupyterLab on a working copy: nothing to set up, nothing in the way."""

from __future__ import annotations

import json
import os
import sys
import sysconfig
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.context import MANIFEST
from b2bcourse.facts import LANGS
from b2bcourse.learner.lab.server import LabError, address, interruptible, running, wait_up
from b2bcourse.learner.lab.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Lang

LOG: Final = ".jupyterlab.log"
"""JupyterLab's log, in the working copy; its name begins with a dot, so file browsers hide it."""


def open_lab(
    folder: Path,
    lang: Lang,
    *,
    port: int | None = None,
    browser: bool = True,
    preview: bool = False,
    tell: Callable[[str], None] = print,
) -> None:
    """Run JupyterLab on a working copy until it is stopped, in three lines and a last one.

    Args:
        folder: the working copy in one language.
        lang: the language of JupyterLab itself and of what is told.
        port: the port; `None` takes 8888. A port that is taken leaves the next free one.
        browser: whether to open a browser.
        preview: whether the folder is thrown away afterwards.
        tell: takes each line.

    Raises:
        LabError: JupyterLab did not start, or it broke off.
    """
    log = folder.absolute() / LOG
    lines = WORDS.preview if preview else WORDS.working_copy
    tell(lines.folder[lang].format(folder=folder.absolute(), log=LOG))
    try:
        with tempfile.TemporaryDirectory(prefix="b2bcourse-lab-") as scratch, interruptible():
            settings = lab_settings(Path(scratch), lang)
            command = lab_command(folder, settings, port=port, browser=browser)
            with running(command, lab_environment(), log) as server:
                info = wait_up(server, served(folder), log, late=lambda: tell(WORDS.late[lang]))
                tell(WORDS.address[lang].format(address=address(info, first_page(folder))))
                tell(lines.stop[lang])
                status = server.wait()
    except KeyboardInterrupt:
        status = 0
        tell("")  # the terminal has put a «^C» there
    if status:
        raise LabError(WORDS.broke_off, log)
    tell(lines.stopped[lang])


def served(folder: Path) -> Path:
    """The folder that is served: of a working copy the one above, with both languages in it."""
    is_copy = (folder / MANIFEST).is_file() and folder.name in LANGS
    return folder.absolute().parent if is_copy else folder.absolute()


def first_page(folder: Path) -> str:
    """What opens: of a working copy the first page in its language, else a first lesson."""
    if served(folder) != folder.absolute():
        return f"/b2bcourse/home/{folder.name}"
    lessons = sorted(path.name for path in folder.glob("[0-9]*.ipynb"))
    return f"/lab/tree/{lessons[0]}" if lessons else "/lab"


def lab_command(
    folder: Path, settings: Path, *, port: int | None = None, browser: bool = True
) -> list[str]:
    """The command that opens JupyterLab on ``folder``, at its `first_page`."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={served(folder)}",
        f"--LabApp.app_settings_dir={settings}",
        f"--LabApp.default_url={first_page(folder)}",
    ]
    command += [f"--ServerApp.port={port}"] if port else []
    command += [] if browser else ["--no-browser"]
    # In a container one is root, and Jupyter wants to be told that this is meant.
    command += ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return command


def lab_environment() -> dict[str, str]:
    """The environment for JupyterLab: this installation's programs, the kit's settings of pages and
    server, and the extension that opens lessons, as this very package has them.
    """
    here = Path(str(resources.files(__package__)))
    return {
        **os.environ,
        "PATH": _first(sysconfig.get_path("scripts"), "PATH"),
        "JUPYTER_CONFIG_PATH": _first(str(here / "config"), "JUPYTER_CONFIG_PATH"),
        "JUPYTER_PATH": _first(str(here / "share"), "JUPYTER_PATH"),
    }


def _first(ours: str, name: str) -> str:
    """A list of folders in the environment, with one of ours before them."""
    return os.pathsep.join(filter(None, [ours, os.environ.get(name, "")]))


def lab_settings(scratch: Path, lang: Lang) -> Path:
    """A settings folder: the kit's overrides, in the reader's language."""
    target = scratch / "settings"
    target.mkdir()
    (target / "overrides.json").write_text(json.dumps(lab_overrides(lang), indent=1), "utf-8")
    return target


def lab_overrides(lang: Lang) -> dict[str, Any]:
    """What JupyterLab is set to until its user sets it otherwise."""
    source = Path(str(resources.files(__package__))) / "settings" / "overrides.json"
    overrides: dict[str, Any] = json.loads(source.read_bytes())
    if lang == "ko":
        overrides["@jupyterlab/translation-extension:plugin"] = {"locale": "ko_KR"}
    return overrides

"""Somebody's own server, started by the hub as her: her language first, then JupyterLab."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.context import MANIFEST
from b2bcourse.facts import LANGS
from b2bcourse.hub.roles import lab_settings_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang

_MENU: Final = (
    ".jupyter/lab/user-settings/@jupyterlab/translation-extension/plugin.jupyterlab-settings"
)
_COMMENT: Final = re.compile(r"^\s*//.*$", re.MULTILINE)


def main() -> None:
    """Become the server that JupyterHub expects, with what it was told on its command line."""
    lang = language(Path.home(), os.environ)
    os.environ["B2BCOURSE_LANG"] = lang
    settings = lab_settings_folder(Path(os.environ["B2BCOURSE_SETTINGS"]), lang)
    program = str(Path(sys.executable).with_name("jupyterhub-singleuser"))
    os.execv(program, [program, *sys.argv[1:], f"--LabApp.app_settings_dir={settings}"])  # noqa: S606


def language(home: Path, environ: Mapping[str, str]) -> Lang:
    """Her language: as chosen in JupyterLab, else that of the only copy, else the hub's."""
    chosen = _chosen(home)
    if chosen:
        return chosen
    there = [lang for lang in LANGS if (home / "b2b-course" / lang / MANIFEST).is_file()]
    if len(there) == 1:
        return there[0]
    return "ko" if environ.get("B2BCOURSE_LANG") == "ko" else "en"


def _chosen(home: Path) -> Lang | None:
    """What she chose in JupyterLab's menu; it writes comments into its settings."""
    try:
        text = _COMMENT.sub("", (home / _MENU).read_text("utf-8"))
        locale = str(json.loads(text).get("locale", ""))
    except (OSError, ValueError, AttributeError):
        return None
    if locale.startswith("ko"):
        return "ko"
    return "en" if locale.startswith("en") else None


if __name__ == "__main__":
    main()

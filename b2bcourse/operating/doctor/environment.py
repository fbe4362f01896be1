"""Looking at the Python environment: libraries, fonts, extensions, and who may run it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import site
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from b2bcourse.course_files import course_root
from b2bcourse.hub.settings import Hub as HubFolder
from b2bcourse.operating.doctor.places import place
from b2bcourse.operating.doctor.seen import Environment, Extension, Font, Hub, Need, Place

_PACKAGE: Final = "b2bcourse"
_LAB: Final = ("@jupyter-widgets/jupyterlab-manager", "anywidget", "b2bcourse-lesson")
_SERVERS: Final = ("b2bcourse.serving", "jupyterlab")
_KOREAN: Final = "ko_KR"
_PROGRAMS: Final = {"jupyterhub": "6", "configurable-http-proxy": "5", "node": "20"}
_SECRETS: Final = ("*secret*", "*token*", "*.sqlite*", "*.db*", "*.env", "*.log")


def environment() -> Environment:
    """The environment that runs this."""
    python, wanted = platform.python_version(), _wanted_python()
    return Environment(
        python=python,
        wanted=wanted,
        python_fits=SpecifierSet(wanted).contains(python, prereleases=True),
        needs=tuple(_needs()),
        fonts=tuple(_fonts()),
        extensions=tuple(_extensions()),
        servers=_servers(),
        korean=any(
            entry.name == _KOREAN
            for entry in importlib.metadata.entry_points(group="jupyterlab.languagepack")
        ),
        closed=tuple(_closed()),
        solutions=_solutions(),
    )


def _wanted_python() -> str:
    try:
        said = importlib.metadata.metadata(_PACKAGE)["Requires-Python"]
    except importlib.metadata.PackageNotFoundError:
        said = None
    return str(said or ">=3.11")


def _needs() -> Iterator[Need]:
    """What the package's own record asks for, without its extras."""
    for line in importlib.metadata.requires(_PACKAGE) or ():
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            found = importlib.metadata.version(need.name)
        except importlib.metadata.PackageNotFoundError:
            yield Need(need.name, str(need.specifier), None, fits=False)
            continue
        fits = need.specifier.contains(found, prereleases=True)
        yield Need(need.name, str(need.specifier), found, fits)


def _fonts() -> Iterator[Font]:
    from matplotlib.ft2font import FT2Font

    from b2bcourse.figures.style import FONTS

    for path in FONTS:
        try:
            hangul = FT2Font(str(path)).get_char_index(ord("한")) > 0
        except (OSError, RuntimeError):
            hangul = False
        yield Font(str(path), hangul)


def _extensions() -> Iterator[Extension]:
    from jupyter_core.paths import jupyter_path
    from jupyterlab_server.config import get_federated_extensions

    found = get_federated_extensions(jupyter_path("labextensions"))
    off = _switched_off()
    for name in _LAB:
        disabled = [each for each in off if each == name or each.startswith(f"{name}:")]
        yield Extension(name, name in found, tuple(sorted(disabled)))


def _switched_off() -> set[str]:
    """JupyterLab's extensions and plugins that some setting switches off."""
    from jupyter_core.paths import jupyter_path
    from jupyterlab.commands import get_app_dir
    from jupyterlab_server.config import get_page_config

    folders = jupyter_path("labextensions")
    settings = Path(get_app_dir(), "settings")
    page: dict[str, Any] = get_page_config(folders, str(settings))
    off = page.get("disabledExtensions", {})
    return {name for name, value in off.items() if value} if isinstance(off, dict) else set(off)


def _servers() -> dict[str, bool | None]:
    from jupyter_core.paths import jupyter_config_path
    from jupyter_server.extension.config import ExtensionConfigManager

    manager: Any = ExtensionConfigManager(read_config_path=jupyter_config_path())
    said = manager.get_jpserver_extensions()
    return {name: said.get(name) for name in _SERVERS}


def _closed() -> Iterator[Place]:
    """What others may not pass or read, each once: the environment, its Python, the package."""
    named: set[Path] = set()
    for path in _run_by_all():
        for each in (*reversed(path.parents), path):
            seen = place(each)
            wanted = 0o001 if each != path or seen.folder else 0o004
            if each == path and seen.folder:
                wanted = 0o005
            if seen.exists and (seen.mode or 0) & wanted != wanted:
                if each not in named:
                    named.add(each)
                    yield seen
                break


def _run_by_all() -> Iterator[Path]:
    """The files and folders that a student's server reads."""
    executable = Path(sys.executable)
    yield from (executable, executable.resolve(), Path(sys.prefix), Path(sys.base_prefix, "lib"))
    yield from (Path(folder) for folder in site.getsitepackages() if Path(folder).is_dir())
    package = Path(sys.modules[_PACKAGE].__file__ or "").parent
    yield from (package, course_root())
    yield from sorted(package.glob("*/*.py"))


def _solutions() -> Place | None:
    folder = course_root() / "solutions"
    return place(folder) if folder.is_dir() else None


def hub(of: HubFolder) -> Hub:
    """The programs of a JupyterHub, and the secrets in its folder."""
    found = {name: _version(name, of.proxy_program.parent) for name in _PROGRAMS}
    old = [
        name
        for name, least in _PROGRAMS.items()
        if found[name] is not None and Version(found[name] or "0") < Version(least)
    ]
    secrets = sorted({path for name in _SECRETS for path in of.state.rglob(name) if path.is_file()})
    return Hub(found, tuple(old), tuple(map(place, secrets)))


def _version(name: str, beside: Path) -> str | None:
    """A program's version as it tells it itself; a library's is in its record."""
    if name == "jupyterhub":
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return None
    path = os.pathsep.join([str(beside), os.environ.get("PATH", "")])
    program = shutil.which(name, path=path)
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - by its full path, no shell
        [program, "--version"], capture_output=True, text=True, check=False
    )
    said = re.search(r"\d+(\.\d+)+", done.stdout)
    return said.group() if said else None

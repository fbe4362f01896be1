"""From nothing to a hub's folder, step by step; what is there already stays as it is."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.course_files import course_root
from b2bcourse.hub import accounts, exchange, roles, tokens, versions
from b2bcourse.hub.base import WORDS, HubError
from b2bcourse.hub.ports import free_ports
from b2bcourse.hub.settings import CONFIG, FILE, Hub, HubCourse, Settings, read_hub, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from b2bcourse.facts import Lang, Text

    Tell = Callable[[Text], None]

PROXY: Final = "configurable-http-proxy@5.3.0"
_NODE: Final = 20
_STAMP: Final = ".b2bcourse"
_MADE_OF: Final = (
    "b2bcourse",
    "notebooks",
    "exercises",
    "etc",
    "pyproject.toml",
    "constraints.txt",
)


def plan(
    folder: Path, lang: Lang, students: int, *, port: int | None = None, prefix: str = "b2b-"
) -> Hub:
    """A hub to try things on, as `b2bcourse hub` makes it where there is none yet."""
    wanted = (port, port + 1, port + 2, port + 3) if port else (8000, 8081, 8001, 8010)
    public, hub_port, proxy_port, grader_port = free_ports(*wanted)
    course = HubCourse(
        id=f"b2b-{lang}",
        lang=lang,
        folder=str(folder / "homes" / f"{prefix}grader" / f"b2b-{lang}"),
        grader=f"{prefix}grader",
        port=grader_port,
        instructors=(f"{prefix}teacher",),
        students=tuple(f"{prefix}student{number}" for number in range(1, students + 1)),
    )
    settings = Settings(
        address=f"http://127.0.0.1:{public}",
        hub_port=hub_port,
        proxy_port=proxy_port,
        lang=lang,
        homes=str(folder / "homes"),
        prefix=prefix,
        courses=(course,),
    )
    return Hub(folder, settings)


def prepare(folder: Path, first: Hub | None, origin: Path | None, tell: Tell) -> Hub:
    """Make or complete a hub's folder.

    Args:
        folder: the folder.
        first: what the hub is to be where there is none yet; None: there must be one.
        origin: a clone of the course's repository; default: the one this package runs from.
        tell: takes a sentence before each step that takes long.

    Raises:
        HubError: something is not there or not allowed; the sentence says what helps.
    """
    require(folder)
    clone = _clone(origin)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    if not (folder / FILE).is_file() and first is not None:
        write_settings(first)
    hub = read_hub(folder)
    _environment(hub, clone, tell)
    _proxy(hub, tell)
    _accounts(hub, tell)
    made = tokens.make(hub)
    for course in hub.settings.courses:
        account = accounts.known(course.grader)
        os.chown(made.grader(course), account.pw_uid, account.pw_gid)
    exchange.make_root(hub)
    roles.write(hub)
    _config(hub, clone)
    for course in hub.settings.courses:
        _course(hub, course, clone, tell)
        exchange.make(hub, course, accounts.known(course.grader))
    return hub


def require(folder: Path) -> None:
    """What cannot be mended by this program is told before anything is begun.

    Raises:
        HubError: no Linux, not root, or a folder above that others cannot pass.
    """
    if sys.platform != "linux":
        raise HubError(WORDS.not_linux)
    if os.geteuid() != 0:
        raise HubError(WORDS.not_root)
    for name in ("useradd", "node", "npm"):
        accounts.program(name)
    node = _said([accounts.program("node"), "--version"]).lstrip("v").partition(".")[0]
    if not node.isdigit() or int(node) < _NODE:
        raise HubError(WORDS.no_program.format(name=f"Node {_NODE}", package="nodejs"))
    for above in folder.absolute().parents:
        if above.exists() and not above.stat().st_mode & 0o001:
            raise HubError(WORDS.closed_folder.format(folder=above))


def _clone(origin: Path | None) -> Path | None:
    """The repository that this is made from; None where only a wheel is here."""
    root = (origin or course_root()).absolute()
    if (root / "pyproject.toml").is_file() and (root / "solutions" / "items").is_dir():
        return root
    if origin is not None:
        raise HubError(WORDS.no_clone.format(folder=root))
    return None


def _needed(clone: Path | None) -> Path:
    if clone is None:
        raise HubError(WORDS.no_clone.format(folder=course_root()))
    return clone


def _environment(hub: Hub, clone: Path | None, tell: Tell) -> None:
    """A Python that everybody can run and nobody can change, with a wheel: no solution is in it."""
    stamp = hub.environment / _STAMP
    if clone is None and stamp.is_file():
        return
    state = _state_of(_needed(clone))
    if not stamp.is_file() or stamp.read_text("utf-8") != state:
        folder = versions.folder_of(hub, state)
        if not (folder / _STAMP).is_file():
            tell(WORDS.environment.format(folder=folder))
            _install(folder, _needed(clone))
            _run_as_nobody(folder)
            (folder / _STAMP).write_text(state, "utf-8")
        versions.switch(hub, folder)
        versions.sweep(hub)
    _run_as_nobody(hub.environment)


def _install(folder: Path, clone: Path) -> None:
    """A new environment; one that was begun and never finished is begun again."""
    if folder.exists():
        shutil.rmtree(folder)
    _run([sys._base_executable, "-m", "venv", str(folder)])  # type: ignore[attr-defined]  # noqa: SLF001
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory(prefix="b2bcourse-wheel-") as scratch:
        _run([*pip, "wheel", "--no-deps", "--wheel-dir", scratch, str(clone)])
        wheel = next(Path(scratch).glob("b2bcourse-*.whl"))
        pins = ["-c", str(clone / "constraints.txt")]
        _run([*pip, "install", *pins, f"{wheel}[hub]"])


def _state_of(clone: Path) -> str:
    """What tells one state of a clone from another: names, sizes and times of what goes in."""
    digest = hashlib.sha256()
    for name in _MADE_OF:
        for path in sorted([clone / name, *(clone / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                told = (path.relative_to(clone).as_posix(), about.st_size, about.st_mtime_ns)
                digest.update(repr(told).encode())
    return digest.hexdigest()


def _run_as_nobody(environment: Path) -> None:
    """Whether somebody else can run it: a Python below a closed home cannot be."""
    nobody = pwd.getpwnam("nobody")
    try:
        done = subprocess.run(  # noqa: S603
            [str(environment / "bin" / "python"), "-I", "-c", "import b2bcourse.hub.single"],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stderr.strip()[-300:] if done.returncode else ""
    except OSError as error:
        said = str(error)
    if said:
        raise HubError(WORDS.environment_closed.format(folder=environment, detail=said))


def _proxy(hub: Hub, tell: Tell) -> None:
    if hub.proxy_program.exists():
        return
    tell(WORDS.proxy)
    folder = hub.folder / "npm"
    _run([accounts.program("npm"), "install", "--silent", "--prefix", str(folder), PROXY])


def _accounts(hub: Hub, tell: Tell) -> None:
    """On a hub to try things on all accounts are made; on a real one the graders' alone."""
    settings = hub.settings
    homes = Path(settings.homes) if settings.homes else hub.folder / "homes"
    graders = [one.grader for one in settings.courses]
    people = [name for one in settings.courses for name in (*one.instructors, *one.students)]
    names = dict.fromkeys([*graders, *(people if settings.is_demo else [])])
    missing = [name for name in names if not accounts.exists(name)]
    if missing:
        tell(WORDS.accounts.format(n=len(missing)))
    homes.mkdir(mode=0o755, parents=True, exist_ok=True)
    for name in names if settings.is_demo else missing:
        accounts.make(name, homes)


def _config(hub: Hub, clone: Path | None) -> None:
    """What an operator has written into it stays."""
    if not (hub.folder / CONFIG).is_file():
        shutil.copyfile(_needed(clone) / "deploy" / "one-machine" / CONFIG, hub.folder / CONFIG)


def _course(hub: Hub, course: HubCourse, clone: Path | None, tell: Tell) -> None:
    """A course folder, closed to all but its grader, with its students in the gradebook."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.course import new_course
    from b2bcourse.grading.holding.roster import Named, take_in
    from b2bcourse.grading.opening import open_course

    folder, account = Path(course.folder), accounts.known(course.grader)
    if not folder.exists():
        tell(WORDS.course.format(folder=folder))
        try:
            new_course(folder, course.lang, _needed(clone), hub.exchange, course.id)
            if hub.settings.is_demo:
                take_in(open_course(folder), [Named(name) for name in course.students])
        except GradingError as error:
            raise HubError(error.text) from error
        finally:
            _give(folder, account.pw_uid, account.pw_gid)


def _give(folder: Path, uid: int, gid: int) -> None:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, gid, follow_symlinks=False)


def _run(command: list[str]) -> None:
    """A program that must succeed; what it said is told where it does not."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=environment, umask=0o022
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-600:]
        raise HubError(WORDS.failed.format(command=" ".join(command), detail=said))


def _said(command: Iterable[str]) -> str:
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip()

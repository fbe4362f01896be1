"""A JupyterHub for tests, with accounts, groups and folders of its own that are gone afterwards."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import psutil

from b2bcourse.hub import accounts
from b2bcourse.hub.base import HubError
from b2bcourse.hub.ports import free_ports
from b2bcourse.hub.preparing import plan, prepare, require
from b2bcourse.hub.running import Running
from b2bcourse.hub.settings import Hub, HubCourse, write_settings
from b2bcourse.hub.tokens import Tokens, value

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

REPO = Path(__file__).parents[2]
ASSIGNMENT = "a1-process-and-unit"
PATIENCE = 150_000


def missing() -> str:
    """What a hub of these tests needs and is not here; empty if all is."""
    try:
        require(Path("/srv/b2bt"))
    except HubError as error:
        return error.text.en
    return alone.missing()


def required() -> bool:
    """Whether what is missing is a failure."""
    return os.environ.get("B2BCOURSE_REQUIRE_HUB") == "1"


class World:
    """A hub that runs, and what the tests know of it.

    Args:
        folder: its folder.
        hub: the hub, prepared.
        prefix: what all its accounts' names begin with.
    """

    def __init__(self, hub: Hub, prefix: str) -> None:
        self.hub, self.prefix = hub, prefix
        self.running = Running(hub)
        self.password = value(Tokens.of(hub).password)
        self._watching: threading.Thread | None = None

    @property
    def address(self) -> str:
        return self.hub.settings.subdomains or self.hub.settings.address

    def host_of(self, name: str, kind: str) -> str:
        """Told by the hub's own environment, as JupyterHub is not in the tests' one."""
        code = (
            "import sys; from pathlib import Path; from b2bcourse.hub.hosts import host_of; "
            "from b2bcourse.hub.settings import read_hub; "
            "print(host_of(read_hub(Path(sys.argv[1])).settings, *sys.argv[2:]))"
        )
        done = subprocess.run(
            [str(self.hub.python), "-I", "-c", code, str(self.hub.folder), name, kind],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip() or self.address

    @property
    def course(self) -> HubCourse:
        return self.hub.settings.courses[0]

    @property
    def both(self) -> set[str]:
        """Who takes part in every course, of which there are two; the hub asks her which."""
        courses = self.hub.settings.courses
        return set.intersection(*(set(one.students) for one in courses)) if courses[1:] else set()

    @property
    def exchange(self) -> Path:
        return self.hub.exchange / self.course.id

    def name(self, short: str) -> str:
        return f"{self.prefix}{short}"

    def home(self, short: str) -> Path:
        return Path(self.hub.settings.homes) / self.name(short)

    def page_of(self, short: str, page: str = "b2bcourse/home") -> str:
        return f"{self.address}/user/{self.name(short)}/{page}"

    # ------------------------------------------------------------ people

    def log_in(self, page: Page, short: str) -> None:
        """By the log-in page; afterwards she stands where the hub leads her."""
        page.goto(f"{self.address}/hub/login")
        page.get_by_label("Username").fill(self.name(short))
        page.get_by_label("Password").fill(self.password)
        page.get_by_role("button", name="Sign in").click()

    def enter(self, page: Page, short: str) -> None:
        """Log in and wait for one's own first page."""
        self.log_in(page, short)
        page.wait_for_url(lambda url: "/hub/login" not in url)
        page.wait_for_load_state()
        if self.name(short) in self.both and page.get_by_role("radio").count():
            page.get_by_role("radio", name=self.course.id).check()
            page.get_by_role("button", name="Start").click()
        page.wait_for_url(f"{self.page_of(short)}*", timeout=PATIENCE)

    def session(self, short: str) -> Session:
        return Session(self, short)

    def run_as(self, short: str, *command: str, cwd: str = "/") -> subprocess.CompletedProcess[str]:
        """A program that somebody runs in her own shell."""
        account = accounts.known(self.name(short))
        return subprocess.run(
            command,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            env={
                "HOME": account.pw_dir,
                "USER": account.pw_name,
                "LOGNAME": account.pw_name,
                "PATH": f"{self.hub.environment / 'bin'}:/usr/bin:/bin",
                "JUPYTER_CONFIG_PATH": str(self.hub.etc / f"student-{self.course.id}"),
                "TZ": "UTC",
            },
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def python_as(self, short: str, code: str) -> subprocess.CompletedProcess[str]:
        return self.run_as(short, "/usr/bin/python3", "-I", "-c", code)

    # ------------------------------------------------------------ processes

    def processes_of(self, short: str) -> list[psutil.Process]:
        uid = accounts.known(self.name(short)).pw_uid
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.uids().real == uid:
                    found.append(process)
        return found

    def kill_hub(self) -> None:
        """As a crash does: nothing is said to anybody."""
        process = self.running.processes["hub"]
        process.send_signal(signal.SIGKILL)
        process.wait(20)

    def start_hub(self) -> None:
        part = next(one for one in self.running.parts if one.name == "hub")
        self.running._start(part)
        self.running.wait_ready()

    def log(self, name: str = "hub") -> str:
        return self.running.log(name).read_text("utf-8", "replace")


class Session:
    """Somebody at the hub without a browser: cookies, and nothing else."""

    def __init__(self, world: World, short: str) -> None:
        self.world, self.short = world, short
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, address: str, timeout: float = 60) -> tuple[int, str, str]:
        """Status, the address where it ended, and the body."""
        return self._asked(urllib.request.Request(self._whole(address)), timeout)

    def post(self, address: str, fields: dict[str, str]) -> tuple[int, str, str]:
        data = urllib.parse.urlencode(fields).encode()
        return self._asked(urllib.request.Request(self._whole(address), data=data), 60)

    def _whole(self, address: str) -> str:
        return address if "://" in address else f"{self.world.address}{address}"

    def _asked(self, request: urllib.request.Request, timeout: float) -> tuple[int, str, str]:
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                return answer.status, answer.url, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url or "", error.read().decode("utf-8", "replace")

    def log_in(self) -> Session:
        status, _, page = self.get("/hub/login")
        assert status == 200, page[:300]
        xsrf = next(
            cookie.value
            for cookie in self.jar
            if cookie.name.endswith("_xsrf") and cookie.path.startswith("/hub")
        )
        status, where, page = self.post(
            "/hub/login?next=%2Fhub%2Fhome",
            {
                "username": self.world.name(self.short),
                "password": self.world.password,
                "_xsrf": xsrf or "",
            },
        )
        assert where.endswith("/hub/home"), (status, where, page[:500])
        return self

    def start(self, patience: float = 240) -> float:
        """Start her server and wait until her first page is shown; how many seconds it took."""
        begun = time.monotonic()
        status, where, page = self.get("/hub/spawn")
        assert status < 500, page[-800:]
        while "/hub/" in where:
            assert time.monotonic() - begun < patience, (where, page[-500:])
            time.sleep(0.5)
            status, where, page = self.get(f"/user/{self.world.name(self.short)}/b2bcourse/home")
            assert status in {200, 424, 503}, (status, where, page[-800:])
        assert "Selling to companies" in page or "기업 고객" in page, page[:500]
        return time.monotonic() - begun


@contextlib.contextmanager
def a_hub(students: int = 3, *, second: bool = False, **changed: Any) -> Iterator[World]:
    """A hub that answers; with a second course, in Korean, if wanted. Its accounts and folders are removed afterwards, whatever happens.

    ``B2BCOURSE_HUB_PARTS`` names the folder of another hub of this machine whose environment and
    proxy are used, so that they are not installed for every try.
    """
    mark = secrets.token_hex(2)
    prefix, folder = f"b2bt-{mark}-", Path(f"/srv/b2bt-{mark}")
    # Far from those of another hub on this machine, which may just be starting.
    first = plan(folder, "en", students, port=20_000 + secrets.randbelow(8_000), prefix=prefix)
    if second:
        first = with_korean_course(first, prefix)
    folder.mkdir(mode=0o755)
    world = None
    try:
        if parts := os.environ.get("B2BCOURSE_HUB_PARTS"):
            (folder / "npm").symlink_to(Path(parts, "npm"))
            (folder / "versions").mkdir()
            for each in Path(parts, "versions").iterdir():
                (folder / "versions" / each.name).symlink_to(each)
        if changed:
            first = Hub(folder, msgspec.structs.replace(first.settings, **changed))
        write_settings(first)
        hub = prepare(folder, None, REPO, lambda _: None)
        world = World(hub, prefix)
        world.running.start()
        yield world
    finally:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C leaves nothing
        try:
            if world is not None:
                world.running.stop()
        finally:
            clear(prefix, folder)
            signal.signal(signal.SIGINT, before)


def with_korean_course(hub: Hub, prefix: str) -> Hub:
    """One more course, of another instructor's and another student's; one student takes both."""
    [english] = hub.settings.courses
    [port] = free_ports(english.port + 1)
    korean = HubCourse(
        id="b2b-ko",
        lang="ko",
        folder=str(Path(hub.settings.homes) / f"{prefix}grader-ko" / "b2b-ko"),
        grader=f"{prefix}grader-ko",
        port=port,
        instructors=(f"{prefix}teacher-ko",),
        students=(f"{prefix}student-ko", f"{prefix}student3"),
    )
    courses = (*hub.settings.courses, korean)
    return Hub(hub.folder, msgspec.structs.replace(hub.settings, courses=courses))


def clear(prefix: str, folder: Path) -> None:
    """Nothing is left: no process of an account, no account, no folder."""
    import pwd

    names = [one.pw_name for one in pwd.getpwall() if one.pw_name.startswith(prefix)]
    uids = {pwd.getpwnam(name).pw_uid for name in names}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real in uids:
                process.kill()
                process.wait(5)
    for name in names:
        accounts.remove(name)
    shutil.rmtree(folder, ignore_errors=True)

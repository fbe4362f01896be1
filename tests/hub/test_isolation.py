"""What users of one machine try against one another, each refused; tried as real users."""

from __future__ import annotations

import json
import socket
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from hubs import ASSIGNMENT, REPO

from b2bcourse.hub import accounts
from b2bcourse.hub.accounts import runtime_folder

if TYPE_CHECKING:
    from hubs import Session, World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.hub]

A, B = "student1", "student2"
REFUSED = 9
"""Exit status of a program that was refused what it tried; 0 is a program that was let."""


def tries(world: World, who: str, code: str) -> None:
    """Somebody runs code on the machine; it must be refused by the system, not fail otherwise."""
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    program = (
        "import os, shutil, sys\nfrom pathlib import Path\n"
        f"try:\n{body}\nexcept PermissionError as error:\n    print(error)\n    sys.exit({REFUSED})\n"
    )
    done = world.python_as(who, program)
    assert done.returncode == REFUSED, f"not refused: {code}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def released(world: World) -> str:
    """The assignment as the grader's own commands hand it out."""
    folder = world.course.folder
    for command in ("generate_assignment", "release_assignment"):
        done = world.run_as("grader", "nbgrader", command, ASSIGNMENT, "--force", cwd=folder)
        assert done.returncode == 0, done.stderr
    return ASSIGNMENT


@pytest.fixture(scope="module")
def handed(world: World, released: str) -> Path:
    """B's submission in the exchange, handed in as the kit's own settings have it."""
    there = (world.home(B) / world.course.id / released).is_dir()
    for command in ("submit",) if there else ("fetch_assignment", "submit"):
        done = world.run_as(B, "nbgrader", command, released, cwd=str(world.home(B)))
        assert done.returncode == 0, done.stderr
    mine = (world.exchange / "inbound").glob(f"{world.name(B)}+*")
    return max(mine, key=lambda folder: folder.stat().st_mtime)


@pytest.fixture(scope="module")
def servers(world: World) -> dict[str, Session]:
    """A's and B's servers, running, each with its owner's session."""
    people = {who: world.session(who).log_in() for who in (A, B)}
    for person in people.values():
        person.start()
    return people


class TestHomes:
    @pytest.mark.parametrize("who", [A, "teacher"])
    def test_nobody_looks_into_anothers_home(self, world: World, who: str) -> None:
        home = str(world.home(B))
        tries(world, who, f"os.listdir({home!r})")
        tries(world, who, f"Path({home!r}, '.bashrc').read_text()")
        tries(world, who, f"Path({home!r}, 'mine.txt').write_text('x')")

    def test_the_graders_home_with_keys_solutions_and_gradebook_is_closed(
        self, world: World
    ) -> None:
        course = world.course.folder
        for name in ("items", "source", "gradebook.db", "nbgrader_config.py", "submitted"):
            tries(world, A, f"os.stat({f'{course}/{name}'!r})")

    def test_the_environment_that_all_run_holds_no_solution_and_is_nobodys_to_change(
        self, world: World
    ) -> None:
        found = list(world.hub.environment.rglob("solutions"))
        assert not [one for one in found if (one / "items").exists()]
        keys = {path.name for path in (REPO / "solutions" / "items").glob("*.yaml")}
        assert keys
        assert not keys & {path.name for path in world.hub.environment.rglob("*.yaml")}
        for place in (world.hub.environment, world.hub.etc, world.hub.folder):
            tries(world, A, f"Path({str(place)!r}, 'mine.py').write_text('x')")


class TestExchange:
    def test_the_course_cannot_be_moved_away_nor_another_put_in_its_place(
        self, world: World, released: str
    ) -> None:
        exchange = str(world.hub.exchange)
        course = world.course.id
        tries(world, A, f"os.rename('{exchange}/{course}', '{exchange}/{course}-gone')")
        tries(world, A, f"os.rename('{exchange}/{course}/outbound', '{exchange}/{course}/out')")
        tries(world, A, f"Path('{exchange}/{course}/outbound/{released}/x').write_text('x')")

    def test_what_was_handed_in_is_not_listed(self, world: World, handed: Path) -> None:
        tries(world, A, f"os.listdir({str(handed.parent)!r})")

    def test_even_by_its_exact_name_it_is_not_read_written_or_moved(
        self, world: World, handed: Path
    ) -> None:
        exact = str(handed)
        notebook = f"{exact}/{ASSIGNMENT}.ipynb"
        tries(world, A, f"os.listdir({exact!r})")
        tries(world, A, f"Path({notebook!r}).read_bytes()")
        tries(world, A, f"Path({notebook!r}).write_text('mine')")
        tries(world, A, f"Path({exact!r}, 'new.txt').write_text('mine')")
        tries(world, A, f"os.rename({exact!r}, {exact + '-gone'!r})")
        tries(world, A, f"shutil.rmtree({exact!r})")

    def test_the_grader_may_read_it_all(self, world: World, handed: Path) -> None:
        code = (
            "import os, pathlib, sys\n"
            f"[p.read_bytes() for p in pathlib.Path({str(handed)!r}).rglob('*') if p.is_file()]"
        )
        done = world.python_as("grader", code)
        assert done.returncode == 0, done.stderr

    def test_what_is_handed_in_under_anothers_name_is_refused_and_told(
        self, world: World, handed: Path
    ) -> None:
        forged = handed.parent / f"{world.name(B)}+{ASSIGNMENT}+2030-01-01 00:00:00 UTC"
        done = world.python_as(
            A,
            "import os, pathlib\nos.umask(0)\n"
            f"folder = pathlib.Path({str(forged)!r}); folder.mkdir(mode=0o777)\n"
            f"(folder / '{ASSIGNMENT}.ipynb').write_text('{{}}')\n"
            "(folder / 'timestamp.txt').write_text('2030-01-01 00:00:00 UTC')\n",
        )
        assert done.returncode == 0, done.stderr
        collected = world.run_as(
            "grader", "nbgrader", "collect", ASSIGNMENT, cwd=world.course.folder
        )
        own = Path(world.course.folder, "submitted", world.name(B), ASSIGNMENT)
        assert collected.returncode == 0, collected.stderr
        assert "2030" not in (own / "timestamp.txt").read_text()
        told = world.run_as("grader", "b2bcourse", "troubles", ASSIGNMENT, cwd=world.course.folder)
        assert world.name(A) in told.stdout, told.stdout + told.stderr


class TestServers:
    def test_another_user_is_turned_away_from_a_server(
        self, world: World, servers: dict[str, Session]
    ) -> None:
        status, _, page = servers[A].get(f"/user/{world.name(B)}/b2bcourse/home")
        assert status == 403, page[:300]
        status, _, _ = servers[A].get(f"/user/{world.name(B)}/api/contents")
        assert status == 403

    @pytest.mark.parametrize("who", ["teacher"])
    @pytest.mark.usefixtures("servers")
    def test_a_page_of_a_students_is_never_opened_by_who_grades(
        self, world: World, who: str
    ) -> None:
        """So no page of A's acts as the grader: the hub gives her browser no way to A's server."""
        grader = world.session(who).log_in()
        status, _, _ = grader.get(f"/user/{world.name(A)}/files/evil.html")
        assert status == 403
        status, _, _ = grader.get(f"{world.course.prefix}formgrader")
        assert status == 200

    def test_formgrader_is_closed_to_students_and_to_who_learns_alone(
        self, world: World, servers: dict[str, Session]
    ) -> None:
        for page in ("formgrader", "api/contents", "lab", f"b2bcourse/grading/{ASSIGNMENT}/essays"):
            status, _, _ = servers[A].get(f"{world.course.prefix}{page}")
            assert status == 403, page
            alone = world.session("isolated").log_in()
            status, _, _ = alone.get(f"{world.course.prefix}{page}")
            assert status == 403, page

    def test_a_students_own_server_has_no_formgrader(
        self, world: World, servers: dict[str, Session]
    ) -> None:
        for page in ("formgrader", "b2bcourse/grading"):
            status, _, _ = servers[A].get(f"/user/{world.name(A)}/{page}")
            assert status == 404

    @pytest.mark.usefixtures("servers")
    def test_no_port_of_the_machine_answers_a_student_who_has_no_token(self, world: World) -> None:
        settings = world.hub.settings
        own = _listening(_server_of(world, B))
        assert len(own) == 1, "B's server listens on one port"
        asked = {
            f"http://127.0.0.1:{settings.proxy_port}/api/routes",
            f"http://127.0.0.1:{settings.hub_port}/hub/api/users",
            f"http://127.0.0.1:{world.course.port}{world.course.prefix}api/contents",
            *(f"http://127.0.0.1:{port}/user/{world.name(B)}/api/contents" for port in own),
        }
        for address in asked:
            code = (
                "import sys, urllib.request, urllib.error\n"
                "try:\n"
                f"    urllib.request.urlopen({address!r}, timeout=20)\n"
                "except urllib.error.HTTPError as error:\n"
                f"    sys.exit({REFUSED} if error.code in (401, 403) else error.code % 200)\n"
            )
            done = world.python_as(A, code)
            assert done.returncode == REFUSED, f"{address}: {done.returncode} {done.stderr}"

    def test_kernels_speak_through_files_which_nobody_else_can_open(
        self, world: World, servers: dict[str, Session]
    ) -> None:
        """Whoever may connect to a kernel's port hears what it shows, signed or not."""
        started = _start_kernel(world, servers[B])
        assert started, "B has a kernel"
        folder = runtime_folder(accounts.known(world.name(B)).pw_uid)
        deadline = time.monotonic() + 60
        while len(list(folder.glob("kernel-*-ipc-*"))) < 5:
            assert time.monotonic() < deadline, sorted(path.name for path in folder.iterdir())
            time.sleep(0.3)
        [told] = [json.loads(file.read_bytes()) for file in folder.glob("kernel-*.json")][-1:]
        assert told["transport"] == "ipc"
        kernels = [one for one in world.processes_of(B) if "ipykernel" in " ".join(one.cmdline())]
        ports = set().union(*map(_listening, kernels))
        # One each: ipykernel's own pipe for what child processes print, which tells nobody anything.
        assert len(ports) <= len(kernels)

    @pytest.mark.usefixtures("servers")
    def test_anothers_runtime_folder_with_sockets_and_tokens_is_closed(self, world: World) -> None:
        folder = runtime_folder(accounts.known(world.name(B)).pw_uid)
        assert folder.is_dir()
        tries(world, A, f"os.listdir({str(folder)!r})")

    def test_anothers_locks_are_closed(self, world: World) -> None:
        """They lie in the home; see `b2bcourse.responses.lock`."""
        tries(world, A, f"os.listdir({str(world.home(B) / '.local')!r})")

    @pytest.mark.usefixtures("servers")
    def test_anothers_environment_with_its_token_is_closed(self, world: World) -> None:
        tries(world, A, f"Path('/proc/{_server_of(world, B).pid}/environ').read_bytes()")


class TestTheHubItself:
    def test_its_database_tokens_and_logs_are_closed(self, world: World) -> None:
        state = world.hub.state
        files = [path for path in state.rglob("*") if path.is_file()]
        assert {"proxy.env", "upkeep.token", "password", "cookie_secret"} <= {
            path.name for path in files
        }
        for path in files:
            tries(world, A, f"Path({str(path)!r}).read_bytes()")
            if path.suffix != ".env" or path.parent.name != "courses":
                tries(world, "teacher", f"Path({str(path)!r}).read_bytes()")

    def test_nobody_logs_in_as_root_or_as_a_courses_grader(self, world: World) -> None:
        for name in ("root", "daemon", world.course.grader):
            person = world.session("nobody-yet")
            person.short = name.removeprefix(world.prefix)
            person.world = _named(world, name)
            person.log_in()
            status, _, page = person.get("/hub/spawn")
            assert status == 507 or "no such user" in page, (name, status, page[-500:])
            assert "no such user" in page

    def test_processes_do_not_run_as_root_but_the_hub(self, world: World) -> None:
        owners = {
            name: psutil.Process(process.pid).username()
            for name, process in world.running.processes.items()
        }
        assert owners == {
            "proxy": "nobody",
            "hub": "root",
            **{one.id: one.grader for one in world.hub.settings.courses},
        }

    @pytest.mark.usefixtures("servers")
    def test_everything_listens_on_this_machine_only(self, world: World) -> None:
        mine = [one.pid for who in (A, B, "grader") for one in world.processes_of(who)]
        mine += [process.pid for process in world.running.processes.values()]
        for pid in mine:
            for one in psutil.Process(pid).net_connections():
                if one.status == psutil.CONN_LISTEN:
                    assert one.laddr.ip == "127.0.0.1", one

    @pytest.mark.usefixtures("servers")
    def test_the_log_names_no_file_of_a_persons(self, world: World) -> None:
        told = world.log()
        assert str(world.home(A) / "b2b-course") not in told
        assert str(world.exchange / "inbound") not in told


def _server_of(world: World, who: str) -> psutil.Process:
    found = world.processes_of(who)
    return next(one for one in found if "jupyterhub-singleuser" in " ".join(one.cmdline()))


def _listening(process: psutil.Process) -> set[int]:
    found = [one for one in process.net_connections() if one.status == psutil.CONN_LISTEN]
    return {one.laddr.port for one in found if one.family in (socket.AF_INET, socket.AF_INET6)}


def _start_kernel(world: World, person: Session) -> bool:
    """Through her server's own interface, as JupyterLab does."""
    import urllib.request

    base = f"{world.address}/user/{world.name(person.short)}"
    person.get(f"{base}/lab")  # brings the cookie that the interface asks for
    xsrf = next(
        cookie.value
        for cookie in person.jar
        if cookie.name.endswith("_xsrf") and world.name(person.short) in cookie.path
    )
    request = urllib.request.Request(
        f"{base}/api/kernels",
        data=json.dumps({"name": "python3"}).encode(),
        headers={"X-XSRFToken": xsrf or "", "Content-Type": "application/json", "Referer": base},
    )
    with person.opener.open(request, timeout=60) as answer:
        return bool(json.loads(answer.read())["id"])


class _Renamed:
    """A hub in which nobody's name has a prefix."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.fixed = world, name

    def name(self, _: str) -> str:
        return self.fixed

    def __getattr__(self, name: str) -> object:
        return getattr(self.world, name)


def _named(world: World, name: str) -> World:
    return _Renamed(world, name)  # type: ignore[return-value]

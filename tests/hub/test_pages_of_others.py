"""A student's server is hers to replace: what it then answers to others, with and without hosts of their own."""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from hubs import PATIENCE, World, a_hub

from b2bcourse.hub import accounts
from b2bcourse.hub.ports import free_ports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psutil
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.hub]

EVIL = """
import http.server, sys
PAGE = b'''<!doctype html><title>wait</title><script>
  const there = new URLSearchParams(location.search).get("there");
  fetch(there + "api/contents", { credentials: "include" })
    .then((answer) => answer.ok ? answer.text() : Promise.reject(answer.status))
    .then((text) => { document.title = "acted: " + text.slice(0, 40); })
    .catch((why) => { document.title = "refused: " + why; });
</script>'''
class Evil(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Evil).serve_forever()
"""


def port_of(process: psutil.Process) -> int:
    return next(one.laddr.port for one in process.net_connections() if one.status == "LISTEN")


@contextlib.contextmanager
def replaced(world: World, who: str) -> Iterator[None]:
    """In the place of her own server a student lets another program answer; the hub leads to it."""
    server = next(one for one in world.processes_of(who) if "single" in " ".join(one.cmdline()))
    port, account = port_of(server), accounts.known(world.name(who))
    server.kill()
    server.wait(10)
    with subprocess.Popen(
        ["/usr/bin/python3", "-I", "-c", EVIL, str(port)],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        stderr=subprocess.DEVNULL,
    ) as evil:
        try:
            time.sleep(1)
            yield
        finally:
            evil.kill()


def where_students_page_leads(world: World, page: Page, who: str) -> str:
    """What becomes of it when who grades opens a page that a student has sent her."""
    name = world.name(who)
    grading = world.host_of(world.course.id, "service") + world.course.prefix
    page.goto(f"{world.host_of(name, 'user')}/user/{name}/my-work.html?there={grading}")
    page.wait_for_function("document.title !== 'wait'", timeout=PATIENCE)
    return page.title()


def test_with_hosts_of_their_own_a_students_page_never_acts_as_the_grader(
    able: None, new_person: Callable[..., Page]
) -> None:
    [port] = free_ports(28_100 + secrets.randbelow(3_000))
    changed = {
        "address": f"http://127.0.0.1:{port}",
        "subdomains": f"http://b2b.localhost:{port}",
    }
    with a_hub(students=1, **changed) as world:
        student = new_person()
        world.log_in(student, "student1")
        student.wait_for_url("**/b2bcourse/home*", timeout=PATIENCE)
        grader = new_person()
        world.log_in(grader, "teacher")
        grader.wait_for_url("**/formgrader**", timeout=PATIENCE)
        with replaced(world, "student1"):
            assert where_students_page_leads(world, grader, "student1").startswith("refused")


def test_without_them_it_does_which_is_why_the_operators_page_tells_to_have_them(
    world: World, new_person: Callable[..., Page]
) -> None:
    """What this platform cannot refuse: should this fail one day, docs/hub.md may say less."""
    session = world.session("student1").log_in()
    session.start()
    grader = new_person()
    world.log_in(grader, "teacher")
    grader.wait_for_url("**/formgrader**", timeout=PATIENCE)
    with replaced(world, "student1"):
        told = where_students_page_leads(world, grader, "student1")
    assert told.startswith("acted"), json.dumps(told)

"""A student's server is hers to replace: what it then answers to others, with and without hosts of their own."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from hubs import PATIENCE, World, a_hub

from b2bcourse.hub.ports import free_ports

if TYPE_CHECKING:
    from collections.abc import Callable

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


SETTINGS = """
import os
from urllib.parse import urlsplit

port = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"]).port
os.execv("/usr/bin/python3", ["python3", "-I", "-c", {evil!r}, str(port)])
"""


def replace_her_server(world: World, who: str) -> None:
    """Her own settings put another program in her server's place; the hub sees no difference."""
    done = world.python_as(
        who,
        "import os, pathlib\n"
        "file = pathlib.Path(os.environ['HOME'], '.jupyter', 'jupyter_server_config.py')\n"
        "file.parent.mkdir(exist_ok=True)\n"
        f"file.write_text({SETTINGS.format(evil=EVIL)!r})\n",
    )
    assert done.returncode == 0, done.stderr


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
        assert what_comes_of_it(world, new_person).startswith("refused")


def test_on_one_host_for_all_a_plain_request_of_her_pages_is_refused_as_well(
    able: None, new_person: Callable[..., Page]
) -> None:
    """By JupyterHub's guard against forged requests. A window that her page opens on the same host
    is not tried here: only hosts of their own keep one page from reading the other.
    """
    with a_hub(students=1) as world:
        assert what_comes_of_it(world, new_person) == "refused: 403"


def what_comes_of_it(world: World, new_person: Callable[..., Page]) -> str:
    """A student's server is replaced, and her grader opens a page of it."""
    student = new_person()
    replace_her_server(world, "student1")
    world.log_in(student, "student1")
    student.wait_for_url(lambda url: "/user/" in url and "/hub/" not in url, timeout=PATIENCE)
    grader = new_person()
    world.log_in(grader, "teacher")
    grader.wait_for_url("**/formgrader**", timeout=PATIENCE)
    return where_students_page_leads(world, grader, "student1")

"""What is checked before a hub's folder is made, and how what is made is closed."""

import logging
import os
import pwd
import socket
import stat
import subprocess
import sys

import msgspec
import pytest

from b2bcourse.facts import DataError
from b2bcourse.grading import submitting
from b2bcourse.grading.submitting import close
from b2bcourse.hub import accounts, exchange, preparing
from b2bcourse.hub.base import HubError
from b2bcourse.hub.ports import free_ports, is_taken
from b2bcourse.hub.preparing import plan, prepare, require
from b2bcourse.hub.settings import Hub, write_settings

needs_root = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() != 0, reason="owners of files are set by root alone"
)


@pytest.fixture
def hub(tmp_path):
    made = plan(tmp_path, "ko", 3, prefix="b2bt-")
    write_settings(made)
    return made


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestThePlan:
    def test_has_one_course_in_the_language_asked_for_and_so_many_students(self, hub):
        [course] = hub.settings.courses
        assert (course.id, course.lang) == ("b2b-ko", "ko")
        assert course.students == ("b2bt-student1", "b2bt-student2", "b2bt-student3")
        assert hub.settings.is_demo

    def test_takes_ports_that_are_free_and_none_twice(self):
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = busy.getsockname()[1]
            assert is_taken(port)
            first, second = free_ports(port, port)
            assert port not in {first, second}
            assert first != second


class TestWhatIsRefusedBeforeAnythingIsMade:
    def test_whoever_is_not_root_is_told_so(self, monkeypatch, tmp_path):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(HubError, match="sudo"):
            require(tmp_path)

    def test_another_system_is_told_so(self, monkeypatch, tmp_path):
        monkeypatch.setattr(sys, "platform", "darwin")
        with pytest.raises(HubError, match="Linux"):
            require(tmp_path)

    def test_a_program_that_is_missing_is_named_with_what_brings_it(self, monkeypatch):
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(HubError, match="apt install nodejs"):
            accounts.program("node")

    def test_a_folder_below_a_closed_one_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(accounts, "program", lambda _: "/bin/true")
        monkeypatch.setattr(preparing, "_said", lambda _: "v20.1.0")
        closed = tmp_path / "home"
        closed.mkdir(mode=0o700)
        with pytest.raises(HubError, match="cannot pass through"):
            require(closed / "hub")

    def test_a_node_of_before_20_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(accounts, "program", lambda _: "/bin/true")
        monkeypatch.setattr(preparing, "_said", lambda _: "v18.19.0")
        with pytest.raises(HubError, match="Node 20"):
            require(tmp_path)

    def test_a_folder_that_is_no_clone_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setattr(preparing, "require", lambda _: None)
        with pytest.raises(HubError, match="no clone"):
            prepare(tmp_path / "hub", None, tmp_path, lambda _: None)
        assert not (tmp_path / "hub").exists()

    def test_without_a_plan_there_must_be_a_hub(self, monkeypatch, tmp_path, repo):
        monkeypatch.setattr(preparing, "require", lambda _: None)
        with pytest.raises(DataError, match=r"hub\.yaml"):
            prepare(tmp_path / "hub", None, repo, lambda _: None)


@pytest.fixture
def repo():
    from pathlib import Path

    return Path(__file__).parents[2]


class TestAccounts:
    @pytest.mark.parametrize("name", ["root", "daemon", "nobody"])
    def test_no_log_in_leads_to_an_account_of_the_systems(self, hub, name):
        with pytest.raises(HubError, match="no such user"):
            accounts.allowed(hub, name)

    @pytest.mark.parametrize(
        "name", ["../root", "a b", "a;reboot", "-x", "Ann", "", "x" * 40, "김", "a\nb", "a"]
    )
    def test_no_odd_name_becomes_an_account(self, hub, name):
        with pytest.raises(HubError):
            accounts.allowed(hub, name)

    def test_on_a_hub_without_new_accounts_nobody_gets_one(self, hub):
        closed = Hub(hub.folder, msgspec.structs.replace(hub.settings, homes=""))
        with pytest.raises(HubError, match="no such user"):
            accounts.allowed(closed, "b2bt-nobody-has-this")

    def test_an_account_of_somebody_elses_is_not_taken(self, tmp_path):
        with pytest.raises(HubError, match="did not make it"):
            accounts.make("daemon", tmp_path)

    def test_a_home_that_is_not_there_is_told(self, tmp_path):
        me = pwd.getpwuid(os.geteuid())
        gone = pwd.struct_passwd((*me[:5], str(tmp_path / "gone"), me[6]))
        with pytest.raises(HubError, match="missing"):
            accounts.check_home(gone)

    @needs_root
    def test_a_place_for_sockets_is_passed_to_by_its_user_whatever_the_hubs_umask(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(accounts, "RUNTIME", tmp_path / "run")
        before = os.umask(0o077)
        try:
            folder = accounts.make_runtime_folder(pwd.getpwnam("nobody").pw_uid)
        finally:
            os.umask(before)
        assert mode(tmp_path / "run") == 0o711
        assert mode(folder) == 0o700
        assert folder.stat().st_uid == pwd.getpwnam("nobody").pw_uid


class TestTheExchange:
    @needs_root
    def test_nobody_moves_what_is_anothers_and_inbound_shows_nothing(self, hub):
        nobody = pwd.getpwnam("nobody")
        [course] = hub.settings.courses
        exchange.make(hub, course, nobody)
        home = hub.exchange / course.id
        assert mode(hub.exchange) == 0o1777
        assert mode(home / "inbound") == 0o3733
        assert mode(home / "outbound") == 0o755
        assert {path.stat().st_uid for path in (home, *home.iterdir())} == {nobody.pw_uid}

    @needs_root
    def test_what_lies_there_stays_when_it_is_made_again(self, hub):
        nobody = pwd.getpwnam("nobody")
        [course] = hub.settings.courses
        exchange.make(hub, course, nobody)
        kept = hub.exchange / course.id / "inbound" / "somebody+a1+then"
        kept.mkdir()
        exchange.make(hub, course, nobody)
        assert kept.is_dir()


class TestWhatIsHandedIn:
    """By the kit's own submit; see `b2bcourse.grading.submitting.close`."""

    def handed(self, tmp_path, inbound_mode):
        inbound = tmp_path / "inbound"
        inbound.mkdir()
        inbound.chmod(inbound_mode)
        folder = inbound / "ann+a1+then"
        (folder / "responses").mkdir(parents=True)
        (folder / "responses" / "x.json").write_text("{}")
        for path in (folder, folder / "responses"):
            path.chmod(0o777)
        (folder / "responses" / "x.json").chmod(0o644)
        close(inbound, folder)
        return folder

    def test_is_the_students_and_the_graders_groups_where_the_exchange_gives_it_to_them(
        self, tmp_path
    ):
        folder = self.handed(tmp_path, 0o3733)
        assert mode(folder) & 0o777 == 0o770
        assert mode(folder / "responses") & 0o777 == 0o770
        assert mode(folder / "responses" / "x.json") == 0o660

    def test_stays_as_nbgrader_left_it_where_no_group_gets_it(self, tmp_path):
        folder = self.handed(tmp_path, 0o733)
        assert mode(folder) == 0o777
        assert mode(folder / "responses" / "x.json") == 0o644


def test_no_log_tells_the_name_of_what_was_handed_in(tmp_path, caplog):
    log = logging.getLogger("hub-test")
    log.setLevel(logging.INFO)
    with submitting._unnamed(log, str(tmp_path)):
        log.info("Destination: %s/ann+a1+then+secret", tmp_path)
        log.info("Source: somewhere")
    log.info("afterwards: %s", tmp_path)
    assert [one.getMessage() for one in caplog.records] == [
        "Source: somewhere",
        f"afterwards: {tmp_path}",
    ]


def test_a_command_that_fails_is_told_with_what_it_said():
    with pytest.raises(HubError, match="what was wrong"):
        preparing._run(["/bin/sh", "-c", "echo what was wrong >&2; exit 3"])


def test_the_one_configuration_is_python_that_calls_the_package(repo):
    file = repo / "deploy" / "one-machine" / "jupyterhub_config.py"
    done = subprocess.run(
        [sys.executable, "-c", f"compile(open({str(file)!r}).read(), 'c', 'exec')"], check=True
    )
    assert done.returncode == 0
    assert "configure(c, Path(__file__).parent)" in file.read_text("utf-8")

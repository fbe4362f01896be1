"""JupyterLab as a child: its address is true when it is told, and one signal ends it without a word."""

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from b2bcourse.learner import lab
from b2bcourse.learner.lab import server as child
from b2bcourse.learner.lab.server import LabError
from b2bcourse.learner.lab.words import WORDS

SERVER = """
import http.server, json, os, pathlib, signal, sys, time
how = sys.argv[1:]
folder = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
pathlib.Path(os.environ["TEST_PID"]).write_text(str(os.getpid()))
if "stubborn" in how:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("reads", repr(sys.stdin.read()), flush=True)
if "broken" in how:
    for number in range(30):
        print("line", number)
    sys.exit(3)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers["Authorization"] == "token t0ken" else 403)
        self.end_headers()
server = http.server.HTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
server.server_bind()
info = {"pid": os.getpid(), "root_dir": os.getcwd(), "token": "t0ken"}
info["url"] = f"http://localhost:{server.server_port}/base/"
(folder / f"jpserver-{os.getpid()}.json").write_text(json.dumps(info))
if "slow" in how:
    while not (folder / "go").exists():
        time.sleep(0.02)
server.server_activate()
if "ends" in how or "crashes" in how:
    while not (folder / "go").exists():
        server.timeout = 0.05
        server.handle_request()
    sys.exit(4 if "crashes" in how else 0)
server.serve_forever()
"""


@pytest.fixture(autouse=True)
def heard():
    """Signals are heard here: a shell's background ignores Ctrl-C, and `nohup` a closed window."""
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
        signal.SIGTERM: signal.signal(signal.SIGTERM, signal.SIG_DFL),
    }
    if hasattr(signal, "SIGHUP"):
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """The folder where running servers say where they are."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("TEST_PID", str(tmp_path / "pid"))
    return folder


@pytest.fixture
def copy(tmp_path):
    """A working copy with one lesson."""
    folder = tmp_path / "b2b-course" / "en"
    folder.mkdir(parents=True)
    (folder / "00-start.ipynb").write_text("{}", "utf-8")
    return folder


@pytest.fixture
def open_lab(runtime, copy, tmp_path, monkeypatch):
    """Opens a server that behaves as told instead of JupyterLab, and returns the lines told."""
    script = tmp_path / "server.py"
    script.write_text(SERVER, "utf-8")

    def opened(*how, lang="en", when=None, **options):
        monkeypatch.setattr(
            lab, "lab_command", lambda *_, **__: [sys.executable, str(script), *how]
        )
        lines = []

        def tell(line):
            lines.append(line)
            if when:
                when(line)

        opened.lines = lines
        lab.open_lab(copy, lang, tell=tell, **options)
        return lines

    return opened


@pytest.fixture
def alive(tmp_path):
    """Whether the server that was started is still there."""

    def running_still():
        try:
            os.kill(int((tmp_path / "pid").read_text()), 0)
        except ProcessLookupError:
            return False
        return True

    return running_still


def signalled(name, at="To stop"):
    """Sends a signal to this program when a line is told."""
    return lambda line: signal.raise_signal(getattr(signal, name)) if line.startswith(at) else None


class TestWhatIsTold:
    def test_it_is_where_the_copy_is_the_address_and_how_to_stop(self, open_lab, copy):
        lines = open_lab(when=signalled("SIGINT"))
        assert len(lines) == 5
        assert str(copy) in lines[0]
        assert lab.LOG in lines[0]
        assert lines[1].split()[1].startswith("http://localhost:")
        assert lines[1].endswith("/base/lab/tree/00-start.ipynb?token=t0ken")
        assert "Ctrl+C" in lines[2]
        assert lines[3:] == ["", WORDS.working_copy.stopped.en]

    def test_it_is_in_the_learners_language(self, open_lab):
        lines = open_lab(lang="ko", when=signalled("SIGINT", at="끝내기"))
        told = [line for line in lines if line]
        assert [line.split("  ")[0] for line in told[:3]] == ["작업 폴더", "주소", "끝내기"]
        assert told[-1] == WORDS.working_copy.stopped.ko

    def test_a_preview_promises_to_keep_nothing(self, open_lab, copy):
        lines = open_lab(preview=True, when=signalled("SIGINT"))
        assert str(copy) not in lines[0]
        assert "saved" not in "".join(lines)
        assert lines[-1] == "The preview has ended."

    def test_no_address_is_told_before_the_server_answers(self, open_lab, runtime, monkeypatch):
        """Its file says where it will be; the address is told only when somebody is there."""
        monkeypatch.setattr(child, "answers", lambda *_: (runtime / "go").exists())
        seen = []

        def look(line):
            seen.append((line.split()[0], (runtime / "go").exists()))
            if line.startswith("To stop"):
                signal.raise_signal(signal.SIGINT)

        def late():
            seen.append(("late", False))
            (runtime / "go").touch()

        wait_up = child.wait_up
        monkeypatch.setattr(lab, "wait_up", lambda *a, **_: wait_up(*a, patience=0.5, late=late))
        with pytest.raises(IndexError):  # the empty line after Ctrl-C has no first word
            open_lab("slow", when=look)
        assert seen == [("Your", False), ("late", False), ("Address", True), ("To", True)]

    def test_that_it_takes_long_is_told_once(self, open_lab, monkeypatch):
        waits = iter([False, False, False, True])
        monkeypatch.setattr(child, "answers", lambda *_: next(waits))
        wait_up = child.wait_up
        monkeypatch.setattr(lab, "wait_up", lambda *a, **o: wait_up(*a, patience=0.0, **o))
        lines = open_lab(when=signalled("SIGINT"))
        assert [line for line in lines if "still starting" in line] == [WORDS.late.en]

    def test_a_server_that_asks_gets_no_answer_from_the_learner(self, open_lab, copy):
        open_lab(when=signalled("SIGINT"))
        assert "reads ''" in (copy / lab.LOG).read_text("utf-8")


class TestTheEnd:
    @pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
    def test_one_signal_ends_the_server(self, open_lab, alive, name):
        lines = open_lab(when=signalled(name))
        assert not alive()
        assert lines[-1] == WORDS.working_copy.stopped.en

    def test_one_signal_is_enough_while_it_still_starts(self, open_lab, monkeypatch):
        monkeypatch.setattr(child, "answers", lambda *_: signal.raise_signal(signal.SIGINT))
        assert open_lab()[-1] == WORDS.working_copy.stopped.en

    def test_a_server_that_does_not_listen_is_killed(self, open_lab, alive, monkeypatch):
        monkeypatch.setattr(child, "_GRACE", 0.2)
        open_lab("stubborn", when=signalled("SIGINT"))
        assert not alive()

    def test_on_windows_ctrl_c_reaches_it_by_itself_and_it_gets_time(self, monkeypatch):
        monkeypatch.setattr(child, "_WINDOWS", True)
        words = "import time; time.sleep(0.5)"
        with subprocess.Popen([sys.executable, "-c", words]) as server:
            child._stop(server)
            assert server.returncode == 0, "it ended in its own time"

    def test_a_second_ctrl_c_meanwhile_changes_nothing(self, open_lab, monkeypatch, alive):
        stop = child._stop

        def twice(server):
            terminate = server.terminate
            server.terminate = lambda: (terminate(), signal.raise_signal(signal.SIGINT))
            stop(server)

        monkeypatch.setattr(child, "_stop", twice)
        assert open_lab(when=signalled("SIGINT"))[-1] == WORDS.working_copy.stopped.en
        assert not alive()

    def test_a_server_shut_down_from_its_menu_ends_as_calmly(self, open_lab, runtime):
        def go(line):
            if line.startswith("To stop"):
                (runtime / "go").touch()

        lines = open_lab("ends", when=go)
        assert lines[-1] == WORDS.working_copy.stopped.en
        assert "" not in lines

    def test_afterwards_signals_mean_what_they_did(self, open_lab):
        before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        open_lab(when=signalled("SIGINT"))
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before

    @pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no hang-up on this system")
    def test_after_nohup_a_closed_window_stops_nothing(self):
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with child.interruptible():
                signal.raise_signal(signal.SIGHUP)
        finally:
            signal.signal(signal.SIGHUP, before)


class TestWhatGoesWrong:
    def test_a_server_that_does_not_start_is_told_with_the_end_of_its_log(self, open_lab, lang):
        with pytest.raises(LabError) as failed:
            open_lab("broken", lang=lang)
        assert failed.value.lines[-1] == "line 29"
        assert len(failed.value.lines) == 12
        said = failed.value.text[lang]
        assert ("시작하지 못했습니다" in said) == (lang == "ko")
        assert len(open_lab.lines) == 1

    def test_a_server_that_breaks_off_is_told_apart(self, open_lab, runtime):
        def go(line):
            if line.startswith("To stop"):
                (runtime / "go").touch()

        with pytest.raises(LabError, match="broke off"):
            open_lab("crashes", when=go)


class TestLog:
    def test_it_begins_anew_each_time(self, open_lab, copy):
        (copy / lab.LOG).write_text("old", "utf-8")
        open_lab(when=signalled("SIGINT"))
        assert (copy / lab.LOG).read_text("utf-8").startswith("reads")

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
    def test_it_is_its_owners_only_for_it_names_the_token(self, open_lab, copy):
        open_lab(when=signalled("SIGINT"))
        assert stat.S_IMODE((copy / lab.LOG).stat().st_mode) == 0o600

    def test_its_name_is_one_that_the_file_browser_hides(self):
        assert lab.LOG.startswith(".")


class TestWhichServer:
    def test_what_is_half_written_is_looked_at_again(self, runtime):
        (runtime / "jpserver-1.json").write_text('{"pid": ', "utf-8")
        (runtime / "jpserver-2.json").write_text('{"pid": 2}', "utf-8")
        assert list(child._infos()) == [{"pid": 2}]

    def test_another_server_on_the_same_folder_is_not_taken_for_it(self, copy):
        info = {"pid": 7, "root_dir": str(copy)}
        assert child._is_of(info, 7, copy, windows=False)
        assert not child._is_of(info, 8, copy, windows=False)

    def test_on_windows_the_folder_tells(self, copy):
        info = {"pid": 7, "root_dir": str(copy)}
        assert child._is_of(info, 8, copy, windows=True)
        assert not child._is_of(info, 8, copy.parent, windows=True)

    def test_nobody_answers_at_a_port_that_is_shut(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            assert not child.answers(f"http://127.0.0.1:{taken.getsockname()[1]}/")

    def test_a_silent_line_is_no_answer(self, monkeypatch):
        def cut(*_, **__):
            raise ConnectionResetError

        monkeypatch.setattr(urllib.request.OpenerDirector, "open", cut)
        assert not child.answers("http://localhost:1/")

    @pytest.mark.parametrize(
        ("reason", "there"), [(ssl.SSLError(), True), (ConnectionRefusedError(), False)]
    )
    def test_a_certificate_of_the_readers_own_is_an_answer(self, monkeypatch, reason, there):
        def fail(*_, **__):
            raise urllib.error.URLError(reason)

        monkeypatch.setattr(urllib.request.OpenerDirector, "open", fail)
        assert child.answers("https://localhost:1/") is there

    @pytest.mark.usefixtures("runtime")
    def test_a_no_is_an_answer_and_no_proxy_is_asked(self, tmp_path, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        script = tmp_path / "server.py"
        script.write_text(SERVER, "utf-8")
        with child.running([sys.executable, str(script)], {**os.environ}, tmp_path / "log"):
            deadline = time.monotonic() + 20
            while not (found := list(child._infos())) and time.monotonic() < deadline:
                time.sleep(0.05)
            url = found[0]["url"]
            while not child.answers(url) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert child.answers(url)
            assert child.answers(url, "t0ken")

    def test_without_a_token_the_address_has_none(self):
        info = {"url": "http://localhost:8888/", "token": ""}
        assert child.address(info, "/lab") == "http://localhost:8888/lab"


def test_what_a_server_of_nbgrader_would_load_a_learners_does_not():
    """nbgrader switches its parts on for every server; formgrader then finds no course and says [E]."""
    import sysconfig

    installed = Path(sysconfig.get_path("data"), "etc/jupyter/jupyter_server_config.d")
    on = json.loads((installed / "nbgrader.json").read_bytes())["ServerApp"]["jpserver_extensions"]
    ours = Path(lab.lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])
    [config] = (ours / "jupyter_server_config.d").glob("*.json")
    set_here = json.loads(config.read_bytes())["ServerApp"]["jpserver_extensions"]
    assert set_here == {**dict.fromkeys(on, False), "b2bcourse.serving": True}

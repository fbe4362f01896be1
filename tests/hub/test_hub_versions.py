"""Environments beside one another: one link says which is new, and nobody's is taken away."""

import os
import subprocess
import sys

import pytest

from b2bcourse.hub import versions
from b2bcourse.hub.settings import Hub, Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a hub runs on Linux")


@pytest.fixture
def hub(tmp_path):
    return Hub(tmp_path, Settings())


def made(hub, state, time):
    folder = versions.folder_of(hub, state)
    (folder / "bin").mkdir(parents=True)
    os.utime(folder, (time, time))
    return folder


def test_the_link_leads_to_the_newest_and_a_hub_names_what_is_behind_it(hub):
    one, two = made(hub, "one", 1), made(hub, "two", 2)
    versions.switch(hub, one)
    assert hub.environment == one
    versions.switch(hub, two)
    assert hub.environment == two
    assert str((hub.folder / "env").readlink()) == "versions/two"


def test_at_no_time_is_there_no_environment(hub):
    one, two = made(hub, "one", 1), made(hub, "two", 2)
    versions.switch(hub, one)
    (hub.folder / ".env.new").symlink_to("nowhere")  # an earlier switch that broke off
    versions.switch(hub, two)
    assert hub.environment == two
    assert not (hub.folder / ".env.new").is_symlink()


def test_the_newest_and_the_one_before_stay_and_others_go(hub):
    old, before, new = (made(hub, name, at) for at, name in enumerate(("old", "before", "new")))
    versions.switch(hub, new)
    assert versions.sweep(hub) == [old]
    assert before.is_dir()
    assert new.is_dir()


def test_an_old_one_that_somebody_still_runs_stays(hub):
    old = made(hub, "old", 1)
    made(hub, "before", 2)
    versions.switch(hub, made(hub, "new", 3))
    program = old / "bin" / "python"
    program.symlink_to(sys.executable)
    running = subprocess.Popen(
        [str(program), "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        assert versions.sweep(hub) == []
    finally:
        running.communicate(b"\n")
    assert versions.sweep(hub) == [old]


def test_after_going_back_the_way_forward_is_kept(hub):
    one, two = made(hub, "one", 1), made(hub, "two", 2)
    versions.switch(hub, two)
    versions.switch(hub, one)
    assert versions.sweep(hub) == []
    assert two.is_dir()

"""What the doctor says of a machine: each fault is planted in a sound one, and must be named."""

import msgspec
import pytest

from b2bcourse.operating.doctor.checks import CHECKS, examine
from b2bcourse.operating.doctor.seen import (
    CourseSeen,
    Disk,
    Environment,
    Exchange,
    Extension,
    Font,
    Home,
    Hub,
    Machine,
    Need,
    Place,
    Tried,
)

GB = 1_000_000_000
EXCHANGE = Exchange(
    "/srv/exchange",
    "/etc/jupyter/nbgrader_config.py",
    place=Place("/srv/exchange", 0o1777, "root"),
    inbound=Place("/srv/exchange/c/inbound", 0o3733, "kim"),
)
COURSE = CourseSeen(
    "/srv/c",
    exchange=EXCHANGE,
    secrets=(Place("/srv/c/items", 0o755, "kim", reached=False),),
    disk=Disk("/srv/c", 50 * GB),
)
SOUND = Machine(
    environment=Environment(
        python="3.13.1",
        wanted=">=3.11",
        python_fits=True,
        needs=(Need("nbgrader", ">=0.9.5", "0.9.6", fits=True),),
        fonts=(Font("/opt/b/NanumGothic.ttf", hangul=True),),
        extensions=tuple(
            Extension(name, found=True)
            for name in ("@jupyter-widgets/jupyterlab-manager", "anywidget", "b2bcourse-lesson")
        ),
        servers={"b2bcourse.serving": True, "jupyterlab": True},
        korean=True,
    ),
    exchange=EXCHANGE,
    disks=(Disk("/home", 50 * GB),),
    tmp=Place("/tmp", 0o1777, "root"),
    zone="Etc/UTC",
    zones=True,
    homes=(Home("minji", Place("/home/minji", 0o700, "minji")),),
    home_mode="0700",
    courses=(COURSE,),
    tried=Tried("minji"),
    hub=Hub(
        {"jupyterhub": "6.1.1", "configurable-http-proxy": "5.3.0", "node": "20.11.0"},
        secrets=(Place("/srv/hub/cookie_secret", 0o600, folder=False),),
    ),
)


def with_(machine, **changed):
    return msgspec.structs.replace(machine, **changed)


def environment(**changed):
    return with_(SOUND, environment=with_(SOUND.environment, **changed))


def of_course(**changed):
    return with_(SOUND, courses=(with_(COURSE, **changed),))


def found(machine, state="fault"):
    return [finding for finding in examine(machine) if finding.state == state]


def test_a_sound_machine_has_nothing_to_mend_and_every_subject_says_so():
    findings = examine(SOUND)
    assert {finding.state for finding in findings} == {"fine"}
    assert len(findings) == len(CHECKS)


OPEN = Place("/srv/c/items", 0o755, "kim")
FAULTS = {
    "old Python": (environment(python="3.9.2", python_fits=False), "versions", "3.9.2"),
    "no library": (
        environment(needs=(Need("nh3", ">=0.3", None, fits=False),)),
        "versions",
        "nh3>=0.3",
    ),
    "an old library": (
        environment(needs=(Need("nh3", ">=0.3", "0.1", fits=False),)),
        "versions",
        "0.1",
    ),
    "no Hangul": (environment(fonts=(Font("/opt/x.ttf", hangul=False),)), "fonts", "/opt/x.ttf"),
    "no widget manager": (
        environment(extensions=(Extension("@jupyter-widgets/jupyterlab-manager", found=False),)),
        "widgets",
        "jupyterlab-manager",
    ),
    "a widget manager that is off": (
        environment(extensions=(Extension("anywidget", found=True, disabled=("anywidget:p",)),)),
        "widgets",
        "anywidget:p",
    ),
    "no lesson extension": (
        environment(extensions=(Extension("b2bcourse-lesson", found=False),)),
        "extensions",
        "b2bcourse-lesson",
    ),
    "a server extension that is off": (
        environment(servers={"b2bcourse.serving": False}),
        "extensions",
        "b2bcourse.serving",
    ),
    "no server extension": (
        environment(servers={"b2bcourse.serving": None}),
        "extensions",
        "b2bcourse.serving",
    ),
    "no Korean": (environment(korean=False), "extensions", "ko-KR"),
    "settings that cannot be read": (
        with_(SOUND, settings_error="NameError: x"),
        "config",
        "NameError",
    ),
    "no course": (of_course(error=("없음", "none")), "config", "/srv/c"),
    "an exchange that students cannot use": (
        with_(SOUND, exchange=with_(EXCHANGE, faults=(("닫힘", "shut"),))),
        "exchange",
        "shut",
    ),
    "an exchange in which folders can be moved": (
        with_(SOUND, exchange=with_(EXCHANGE, place=Place("/srv/exchange", 0o777))),
        "exchange",
        "chmod 1777 /srv/exchange",
    ),
    "an inbound in which submissions can be moved": (
        of_course(exchange=with_(EXCHANGE, inbound=Place("/srv/x/c/inbound", 0o2733))),
        "exchange",
        "chmod 3733 /srv/x/c/inbound",
    ),
    "another exchange for students": (
        of_course(exchange=with_(EXCHANGE, root="/srv/other")),
        "exchange",
        "/srv/other",
    ),
    "times that are no UTC": (of_course(timezone="Asia/Seoul"), "time", "Asia/Seoul"),
    "no time zones": (with_(SOUND, zones=False), "time", "tzdata"),
    "a full disk": (with_(SOUND, disks=(Disk("/home", 10_000),)), "disk", "/home"),
    "no entries left": (with_(SOUND, disks=(Disk("/home", GB * 9, 0.001),)), "disk", "inodes"),
    "a quota": (
        with_(SOUND, tried=Tried("minji", home="Disk quota exceeded")),
        "disk",
        "quota -u minji",
    ),
    "no /tmp": (with_(SOUND, tmp=Place("/tmp")), "tmp", "mkdir -m 1777 /tmp"),
    "a closed /tmp": (with_(SOUND, tmp=Place("/tmp", 0o755)), "tmp", "chmod 1777 /tmp"),
    "a full /tmp": (with_(SOUND, tried=Tried("minji", tmp="No space left")), "tmp", "No space"),
    "an environment under a closed home": (
        environment(closed=(Place("/root", 0o700),)),
        "other-user",
        "/root",
    ),
    "an environment that does not run": (
        with_(SOUND, tried=Tried("minji", imported="ImportError: x")),
        "other-user",
        "ImportError",
    ),
    "solutions in a readable clone": (
        environment(solutions=Place("/opt/clone/solutions", 0o755)),
        "keys",
        "/opt/clone/solutions",
    ),
    "a course that others can enter": (of_course(secrets=(OPEN,)), "keys", "chmod 0700 /srv/c"),
    "keys that a student's group can read": (
        with_(SOUND, tried=Tried("minji", read=("/srv/c/items",))),
        "keys",
        "getfacl",
    ),
    "a readable cookie secret": (
        with_(SOUND, hub=with_(SOUND.hub, secrets=(Place("/srv/hub/s", 0o644, folder=False),))),
        "keys",
        "chmod 0600 /srv/hub/s",
    ),
    "an open home": (
        with_(SOUND, homes=(Home("jun", Place("/home/jun", 0o755)),)),
        "homes",
        "chmod 0700 /home/jun",
    ),
    "a home open to a class's group": (
        with_(SOUND, homes=(Home("jun", Place("/home/jun", 0o750), private=False),)),
        "homes",
        "/home/jun",
    ),
    "no proxy": (
        with_(SOUND, hub=Hub({"configurable-http-proxy": None})),
        "hub",
        "npm install -g configurable-http-proxy",
    ),
    "an old Node": (with_(SOUND, hub=Hub({"node": "12.22"}, old=("node",))), "hub", "12.22"),
}


@pytest.mark.parametrize("planted", FAULTS)
def test_a_planted_fault_is_the_only_one_named_and_says_how_it_is_mended(planted):
    machine, check, named = FAULTS[planted]
    [fault] = found(machine)
    assert fault.check == check
    said = f"{fault.text.en} {fault.remedy.en if fault.remedy else ''}"
    assert named in said
    assert planted == "an exchange that students cannot use" or fault.remedy is not None


def test_every_subject_is_planted_with_a_fault():
    assert {check for _, check, _ in FAULTS.values()} == {
        finding.check for finding in examine(SOUND)
    }


def test_a_group_of_the_users_own_opens_no_home():
    machine = with_(SOUND, homes=(Home("jun", Place("/home/jun", 0o750), private=True),))
    assert found(machine) == []


def test_a_laptop_without_an_exchange_is_told_so_and_has_no_fault():
    machine = with_(SOUND, exchange=Exchange(None), courses=(), hub=None, tried=None)
    assert found(machine) == []
    assert [each.check for each in found(machine, "remark")] == ["other-user", "exchange"]


@pytest.mark.parametrize(
    ("machine", "check"),
    [
        (with_(SOUND, zone="Asia/Seoul"), "time"),
        (with_(SOUND, disks=(Disk("/home", GB),)), "disk"),
        (with_(SOUND, home_mode="0755"), "homes"),
        (with_(SOUND, exchange=Exchange(None)), "exchange"),
    ],
)
def test_what_should_only_be_known_is_a_remark_and_no_fault(machine, check):
    assert found(machine) == []
    [remark] = found(machine, "remark")
    assert remark.check == check

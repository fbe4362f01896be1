"""`hub.yaml`, and what JupyterHub is told of it."""

import os
import stat

import msgspec
import pytest
from traitlets.config import Config

from b2bcourse.facts import DataError
from b2bcourse.hub import proxy, roles, tokens
from b2bcourse.hub.configuring import configure, groups
from b2bcourse.hub.configuring import roles as roles_of
from b2bcourse.hub.grader import environment
from b2bcourse.hub.preparing import plan
from b2bcourse.hub.settings import FILE, Hub, read_hub, write_settings
from b2bcourse.hub.visitors import visitor


@pytest.fixture
def hub(tmp_path):
    made = plan(tmp_path, "en", 2, port=8700)
    write_settings(made)
    return made


def changed(hub, **fields):
    made = Hub(hub.folder, msgspec.structs.replace(hub.settings, **fields))
    write_settings(made)
    return made


@pytest.fixture(autouse=True)
def umask():
    """JupyterHub's process has one of its own; the tests' is put back."""
    before = os.umask(0o022)
    yield
    os.umask(before)


class TestTheFile:
    def test_what_is_written_is_read_again(self, hub):
        assert read_hub(hub.folder) == hub
        assert read_hub(hub.folder / FILE) == hub

    def test_an_unknown_field_is_named(self, hub):
        with (hub.folder / FILE).open("a") as file:
            file.write("prot: 8000\n")
        with pytest.raises(DataError, match=r"hub\.yaml.*prot"):
            read_hub(hub.folder)

    def test_one_port_for_two_parts_is_refused(self, hub):
        with pytest.raises(DataError, match="one port"):
            read_hub(changed(hub, proxy_port=hub.settings.hub_port).folder)

    @pytest.mark.parametrize("name", ["b2", "B2B-ko", "b2b ko", "../b2b"])
    def test_an_id_that_is_no_name_for_roles_and_folders_is_refused(self, hub, name):
        course = msgspec.structs.replace(hub.settings.courses[0], id=name)
        with pytest.raises(DataError, match="id"):
            read_hub(changed(hub, courses=(course,)).folder)

    def test_two_courses_have_two_ids(self, hub):
        [course] = hub.settings.courses
        other = msgspec.structs.replace(course, port=8999)
        with pytest.raises(DataError, match="one id"):
            read_hub(changed(hub, courses=(course, other)).folder)

    def test_half_a_certificate_is_refused(self, hub):
        with pytest.raises(DataError, match="certificate"):
            read_hub(changed(hub, certificate=("/etc/ssl/hub.pem",)).folder)


class TestTokens:
    def test_nobody_else_reads_one_and_they_stay_as_they_are(self, hub):
        made = tokens.make(hub)
        files = [made.proxy, made.upkeep, made.password, made.grader(hub.settings.courses[0])]
        before = [tokens.value(file) for file in files]
        assert len(set(before)) == 4
        assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
        tokens.make(hub)
        assert [tokens.value(file) for file in files] == before

    def test_a_real_hub_has_no_password_for_everybody(self, hub):
        made = tokens.make(changed(hub, authenticator="pam"))
        assert not made.password.exists()


class TestJupyterHub:
    @pytest.mark.usefixtures("c")
    def test_nobody_else_reads_what_the_hub_writes(self, hub):
        file = hub.folder / "new"
        file.touch()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    @pytest.fixture
    def c(self, hub, monkeypatch):
        monkeypatch.setenv("PATH", os.environ["PATH"])
        tokens.make(hub)
        config = Config()
        configure(config, hub.folder)
        return config

    def test_who_works_goes_on_while_the_hub_is_away(self, c):
        assert c.JupyterHub.cleanup_servers is False
        assert c.ConfigurableHTTPProxy.should_start is False
        assert len(c.ConfigurableHTTPProxy.auth_token) == 64

    def test_services_are_not_the_hubs_children(self, c):
        assert [one["name"] for one in c.JupyterHub.services] == ["b2b-en", "upkeep"]
        assert not any("command" in one for one in c.JupyterHub.services)

    def test_only_a_hub_to_try_things_on_lets_everybody_in(self, hub, c, monkeypatch):
        assert c.Authenticator.allow_all is True
        config = Config()
        monkeypatch.setenv("PATH", os.environ["PATH"])
        configure(config, changed(hub, authenticator="pam").folder)
        assert config.Authenticator.allow_all is False
        assert config.JupyterHub.authenticator_class == "pam"

    def test_who_grades_gets_at_formgrader_and_at_nobodys_server(self, hub):
        scopes = {role["name"]: role["scopes"] for role in roles_of(hub.settings)}
        assert "access:services!service=b2b-en" in scopes["formgrade-b2b-en"]
        for given in scopes.values():
            assert not [
                one for one in given if one.startswith(("access:servers", "admin", "tokens"))
            ]
        assert len({len(name) >= 3 for name in scopes}) == 1

    def test_formgrader_itself_may_do_nothing_on_the_hub(self, hub):
        assert not [role for role in roles_of(hub.settings) if "b2b-en" in role.get("services", [])]

    def test_groups_are_those_of_the_file(self, hub):
        assert groups(hub.settings) == {
            "formgrade-b2b-en": {"users": ["b2b-teacher"]},
            "nbgrader-b2b-en": {"users": ["b2b-student1", "b2b-student2"]},
        }


class TestItsOtherProcesses:
    def test_the_proxy_takes_orders_on_this_machine_only(self, hub):
        line = proxy.command(hub)
        assert line[line.index("--api-ip") + 1] == "127.0.0.1"
        assert "--host-routing" not in line
        assert "--host-routing" in proxy.command(changed(hub, subdomains="https://hub.test"))

    def test_the_grader_knows_whose_it_is_and_the_hub_sees_no_key(self, hub):
        made = tokens.make(hub)
        [course] = hub.settings.courses
        told = environment(hub, course, {"RUNTIME_DIRECTORY": "/run/b2bcourse-grader"})
        assert told["JUPYTERHUB_SERVICE_PREFIX"] == "/services/b2b-en/"
        assert told["JUPYTERHUB_API_TOKEN"] == tokens.value(made.grader(course))
        assert told["JUPYTER_RUNTIME_DIR"] == "/run/b2bcourse-grader"


class TestSettingsByRole:
    def test_students_and_graders_have_folders_of_their_own(self, hub):
        roles.write(hub)
        student = visitor(hub.settings, ["nbgrader-b2b-en"], {}, "")
        paths = roles.config_path(hub, student).split(os.pathsep)
        assert all(os.path.isdir(path) for path in paths)  # noqa: PTH112
        text = (hub.etc / "student-b2b-en" / "nbgrader_config.py").read_text()
        assert str(hub.exchange) in text
        alone = visitor(hub.settings, [], {}, "")
        assert "student-b2b-en" not in roles.config_path(hub, alone)

    def test_a_learner_has_no_formgrader_and_a_grader_no_terminal(self, hub):
        roles.write(hub)
        found = {
            path.relative_to(hub.etc).parts[0]: msgspec.json.decode(path.read_bytes())
            for path in hub.etc.rglob("*server_config*/*.json")
        }
        off = found["learner"]["ServerApp"]["jpserver_extensions"]
        assert off["nbgrader.server_extensions.formgrader"] is False
        grader = msgspec.json.decode(
            (hub.etc / "grader" / "jupyter_server_config.json").read_bytes()
        )
        assert grader["ServerApp"]["terminals_enabled"] is False
        assert grader["ServerApp"]["jpserver_extensions"]["nbgrader.server_extensions.formgrader"]

    def test_kernels_speak_through_files_and_end_when_idle(self, hub):
        roles.write(changed(hub, kernel_idle=90))
        told = msgspec.json.decode((hub.etc / "all" / "jupyter_server_config.json").read_bytes())
        assert told["KernelManager"]["transport"] == "ipc"
        assert told["MappingKernelManager"] == {
            "cull_idle_timeout": 90,
            "cull_interval": 90,
            "cull_connected": True,
        }

    def test_they_are_written_anew_at_every_start(self, hub):
        roles.write(hub)
        (hub.etc / "old.json").write_text("{}")
        roles.write(hub)
        assert not (hub.etc / "old.json").exists()


def test_on_a_real_hub_whom_its_file_names_may_log_in_and_others_only_if_it_says_so(hub):
    for everybody in (False, True):
        real = changed(hub, authenticator="pam", everybody=everybody)
        tokens.make(real)
        c = Config()
        configure(c, real.folder)
        [course] = real.settings.courses
        assert c.Authenticator.allowed_users == {*course.students, *course.instructors}
        assert c.Authenticator.allow_all is everybody
        assert c.JupyterHub.authenticator_class == "pam"

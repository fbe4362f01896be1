"""JupyterLab as the course opens it: settings that exist, in the reader's language, findable programs."""

import json
import os
import shutil
import sys
import sysconfig
from pathlib import Path

import jsonschema
import pytest

from b2bcourse.learner.lab import lab_command, lab_environment, lab_settings

SHARE = Path(sysconfig.get_path("data")) / "share" / "jupyter"
SCHEMAS = SHARE / "lab" / "schemas"
KOREAN = "@jupyterlab/translation-extension:plugin"


@pytest.fixture
def overrides(tmp_path, lang):
    return json.loads((lab_settings(tmp_path, lang) / "overrides.json").read_bytes())


@pytest.fixture
def page_config():
    configs = lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    return json.loads((Path(configs[0]) / "labconfig" / "page_config.json").read_bytes())


def schema_of(plugin):
    """JupyterLab's own schema of a plugin's settings."""
    package, _, name = plugin.partition(":")
    return json.loads((SCHEMAS / package / f"{name}.json").read_bytes())


class TestSettings:
    def test_each_is_one_that_jupyterlab_knows_and_has_a_value_that_it_takes(self, overrides):
        for plugin, settings in overrides.items():
            schema = schema_of(plugin)
            assert set(settings) <= set(schema["properties"]), plugin
            jsonschema.validate(settings, schema)

    def test_korean_readers_get_a_korean_interface_and_english_ones_jupyterlabs_own(
        self, overrides, lang
    ):
        expected = {"locale": "ko_KR"} if lang == "ko" else None
        assert overrides.get(KOREAN) == expected

    def test_the_korean_interface_is_installed(self):
        from jupyterlab_server.translation_utils import get_language_packs

        assert "ko_KR" in get_language_packs()[0]

    def test_nothing_is_fetched_and_nothing_pops_up(self, overrides):
        news = overrides["@jupyterlab/apputils-extension:notification"]
        assert news == {"checkForUpdates": False, "fetchNews": "false"}

    def test_folds_inside_a_cell_and_line_numbers_are_off(self, overrides):
        cells = overrides["@jupyterlab/notebook-extension:tracker"]["codeCellConfig"]
        assert cells["lineNumbers"] is False
        assert cells["lineWrap"] is True


class TestPageConfig:
    def test_what_is_switched_off_exists(self, page_config):
        """A misspelt name would switch off nothing, and JupyterLab would not say so."""
        for plugin, off in page_config["disabledExtensions"].items():
            assert off is True
            package, _, name = plugin.partition(":")
            bundled = SHARE / "labextensions" / package / "static"
            if bundled.is_dir():
                sources = (path.read_text("utf-8") for path in bundled.glob("*.js"))
                assert any(f'"{package}:{name}"' in source for source in sources), plugin
            else:
                assert (SCHEMAS / package).is_dir(), plugin

    def test_no_widget_and_no_notebook_is_switched_off(self, page_config):
        for plugin in page_config["disabledExtensions"]:
            assert plugin.startswith(("@jupyter/nbgrader:", "@jupyterlab/debugger"))

    def test_jupyterlab_reads_it(self, page_config, monkeypatch):
        from jupyterlab_server.config import get_page_config

        monkeypatch.setenv("JUPYTER_CONFIG_PATH", lab_environment()["JUPYTER_CONFIG_PATH"])
        read = get_page_config([])["disabledExtensions"]
        assert set(page_config["disabledExtensions"]) <= set(read)


class TestCommand:
    def test_it_opens_the_first_lesson(self, tmp_path):
        for name in ("04-benefit-matrix.ipynb", "00-start.ipynb", "notes.ipynb"):
            (tmp_path / name).write_text("{}", "utf-8")
        command = lab_command(tmp_path, tmp_path)
        assert command[:3] == [sys.executable, "-m", "jupyterlab"]
        assert "--LabApp.default_url=/lab/tree/00-start.ipynb" in command
        assert f"--ServerApp.root_dir={tmp_path}" in command

    def test_a_folder_without_lessons_opens_as_a_folder(self, tmp_path):
        assert "--LabApp.default_url=/lab" in lab_command(tmp_path, tmp_path)

    def test_a_relative_folder_means_the_same_wherever_jupyterlab_starts(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.chdir(tmp_path)
        assert f"--ServerApp.root_dir={tmp_path / 'ko'}" in lab_command(Path("ko"), tmp_path)

    @pytest.mark.parametrize("port", [None, 9999])
    def test_the_port_is_jupyters_unless_asked_for(self, tmp_path, port):
        ports = [
            word
            for word in lab_command(tmp_path, tmp_path, port=port)
            if word.startswith("--ServerApp.port")
        ]
        assert ports == ([f"--ServerApp.port={port}"] if port else [])

    @pytest.mark.parametrize("browser", [True, False])
    def test_the_browser_is_left_shut_only_when_asked(self, tmp_path, browser):
        command = lab_command(tmp_path, tmp_path, browser=browser)
        assert ("--no-browser" in command) is not browser

    @pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
    def test_only_roots_are_told_to_be_allowed(self, tmp_path, monkeypatch, user, allowed):
        monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
        assert ("--allow-root" in lab_command(tmp_path, tmp_path)) is allowed

    def test_every_option_is_one_that_jupyterlab_has(self, tmp_path):
        from jupyterlab.labapp import LabApp

        known = {cls.__name__: cls.class_trait_names(config=True) for cls in LabApp().classes}
        known["LabApp"] = LabApp.class_trait_names(config=True)
        for word in lab_command(tmp_path, tmp_path, port=1):
            if word.startswith("--") and "." in word:
                owner, _, trait = word[2:].partition("=")[0].partition(".")
                assert trait in known[owner], word


class TestEnvironment:
    def test_nbgraders_programs_are_found_even_if_the_environment_is_not_activated(
        self, monkeypatch
    ):
        monkeypatch.setenv("PATH", "/usr/bin")
        path = lab_environment()["PATH"]
        assert path.split(os.pathsep)[0] == sysconfig.get_path("scripts")
        assert shutil.which("alembic", path=path)

    def test_it_works_without_a_path(self, monkeypatch):
        monkeypatch.delenv("PATH")
        assert lab_environment()["PATH"].startswith(sysconfig.get_path("scripts"))

    def test_the_readers_own_settings_stay(self, monkeypatch):
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/site")
        monkeypatch.setenv("LANG", "C.UTF-8")
        environment = lab_environment()
        ours, site = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
        assert site == "/site"
        assert (Path(ours) / "labconfig").is_dir()
        assert environment["LANG"] == "C.UTF-8"

    def test_this_programs_own_environment_is_not_changed(self):
        before = dict(os.environ)
        lab_environment()["PATH"] = "x"
        assert dict(os.environ) == before

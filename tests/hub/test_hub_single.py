"""In which language somebody's server speaks."""

import pytest

from b2bcourse.context import MANIFEST
from b2bcourse.hub.single import language

MENU = ".jupyter/lab/user-settings/@jupyterlab/translation-extension/plugin.jupyterlab-settings"


def choose(home, text):
    (home / MENU).parent.mkdir(parents=True)
    (home / MENU).write_text(text, "utf-8")


def lay(home, lang):
    folder = home / "b2b-course" / lang
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}")


def test_what_she_chose_in_jupyterlab_counts_first(tmp_path):
    lay(tmp_path, "en")
    choose(tmp_path, '{\n    // Localization\n    // set it here\n    "locale": "ko_KR"\n}')
    assert language(tmp_path, {"B2BCOURSE_LANG": "en"}) == "ko"


def test_then_that_of_her_only_copy(tmp_path):
    lay(tmp_path, "ko")
    assert language(tmp_path, {"B2BCOURSE_LANG": "en"}) == "ko"


def test_of_two_copies_neither_decides(tmp_path):
    lay(tmp_path, "ko")
    lay(tmp_path, "en")
    assert language(tmp_path, {"B2BCOURSE_LANG": "en"}) == "en"


@pytest.mark.parametrize("broken", ["", "[]", '{"locale": "default"}', "{", '{"locale": 5}'])
def test_settings_that_say_nothing_leave_it_to_the_hub(tmp_path, broken):
    choose(tmp_path, broken)
    assert language(tmp_path, {"B2BCOURSE_LANG": "ko"}) == "ko"
    assert language(tmp_path, {}) == "en"

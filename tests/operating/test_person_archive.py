"""What of a home goes into somebody's archive; without a hub."""

import pwd
import zipfile

import pytest

from b2bcourse.hub.settings import Hub, Settings
from b2bcourse.operating.persons import archive, keeping


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with folders, a link, a socket's place and a cache; the account is stood in for."""
    own = tmp_path / "home"
    (own / "deep" / "er").mkdir(parents=True)
    (own / ".cache").mkdir()
    (own / "deep" / "er" / "mine.txt").write_text("hers")
    (own / ".cache" / "large").write_text("x")
    (own / "link").symlink_to("/etc/passwd")
    who = pwd.struct_passwd(("minji", "x", 1000, 1000, "", str(own), "/bin/sh"))
    monkeypatch.setattr(archive, "account", lambda _: who)
    return own


def test_files_are_in_it_and_neither_links_nor_caches_nor_what_links_lead_to(home, tmp_path):
    with zipfile.ZipFile(tmp_path / "hers.zip", "w") as made:
        archive._put_home(Hub(tmp_path / "hub", Settings()), "minji", made)
    with zipfile.ZipFile(tmp_path / "hers.zip") as made:
        assert made.namelist() == ["home/deep/er/mine.txt"]


def test_a_line_is_about_somebody_only_by_her_whole_name(tmp_path):
    log = tmp_path / "hub.log"
    log.write_text("minji came\nminji-2 came\nxminji\nGET /user/minji/lab\n")
    assert keeping.lines_about(log, "minji") == ["minji came\n", "GET /user/minji/lab\n"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A B", "*", "-x"])
def test_what_is_no_name_is_refused_before_anything_is_looked_at(tmp_path, name):
    with pytest.raises(keeping.OperatingError, match="name"):
        keeping.kept(Hub(tmp_path, Settings()), name)

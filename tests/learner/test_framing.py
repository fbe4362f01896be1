"""Who may frame a page: its own host, and on a hub only where each user has one."""

import pytest

from b2bcourse.serving.framing import ancestors, framing, may_be_framed

ALONE = "frame-ancestors 'self'; report-uri /api/security/csp-report"
HUB = "frame-ancestors 'none'"
USER, OF_HUB = "JUPYTERHUB_PUBLIC_URL", "JUPYTERHUB_PUBLIC_HUB_URL"


@pytest.fixture(autouse=True)
def _no_hub(monkeypatch):
    monkeypatch.delenv(USER, raising=False)
    monkeypatch.delenv(OF_HUB, raising=False)


def test_on_ones_own_computer_a_page_may_stand_beside_a_notebook():
    assert framing(ALONE) == ALONE
    assert may_be_framed(ALONE)
    assert ancestors(ALONE) == "frame-ancestors 'self'"


def test_a_hub_on_one_host_lets_no_page_be_framed(monkeypatch):
    assert framing(HUB) == HUB
    monkeypatch.setenv(USER, "https://hub.example/user/kim/")
    monkeypatch.setenv(OF_HUB, "https://hub.example/hub/")
    assert framing(HUB) == HUB
    assert not may_be_framed(HUB)
    assert ancestors(HUB) == HUB


def test_with_a_host_of_her_own_she_may_frame_herself(monkeypatch):
    monkeypatch.setenv(USER, "https://kim.hub.example/user/kim/")
    monkeypatch.setenv(OF_HUB, "https://hub.example/hub/")
    assert framing(f"default-src 'none'; {HUB}") == "default-src 'none'; frame-ancestors 'self'"
    assert may_be_framed(HUB)


def test_a_hub_that_names_no_public_address_has_one_host(monkeypatch):
    monkeypatch.setenv(USER, "")
    monkeypatch.setenv(OF_HUB, "https://hub.example/hub/")
    assert not may_be_framed(HUB)

"""One hub for all tests of a hub, made when the first asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hubs
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="session")
def able() -> None:
    """Root, Linux, npm and Chromium; else all these tests are left out in one line."""
    lacking = hubs.missing()
    if lacking and hubs.required():
        pytest.fail(f"a hub is required (B2BCOURSE_REQUIRE_HUB=1), but: {lacking}")
    if lacking:
        pytest.skip(f"tests on a hub need more: {lacking}")


@pytest.fixture(scope="session")
def world(able: None) -> Iterator[hubs.World]:
    """A hub with a course of three students, and one in Korean."""
    with hubs.a_hub(second=True) as made:
        yield made


@pytest.fixture(scope="session")
def chromium(able: None) -> Iterator[Any]:
    from playwright.sync_api import expect

    expect.set_options(timeout=60_000)  # many servers share few cores
    with hubs.alone.browser() as running:
        yield running
    expect.set_options(timeout=5_000)


@pytest.fixture
def new_person(chromium: Any) -> Iterator[Callable[..., Page]]:
    """A browser of somebody's own: her cookies, her language."""
    contexts: list[BrowserContext] = []

    def make(lang: str = "en-US") -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale=lang)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page: Page = context.new_page()
        return page

    yield make
    for context in contexts:
        context.close()

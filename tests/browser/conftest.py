"""One Chromium and one JupyterLab for all browser tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import alone
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from lessons import Computer, Reader
    from playwright.sync_api import Page


HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser, and is told apart by that mark."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    lacking = alone.missing()
    if lacking and alone.required():
        pytest.fail(f"browser tests are required, but {lacking}")
    if lacking:
        pytest.skip(f"browser tests need more: {lacking}")
    with alone.browser() as running:
        yield running


@pytest.fixture(scope="session")
def lab(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    from lab import running_lab

    folder: Path = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as running:
        yield running


@pytest.fixture
def new_page(chromium: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def make(width: int = 1280, height: int = 900, theme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme
        )
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """A learner's computer with the course laid as `start` lays it, one for all tests of a module."""
    from lessons import Computer

    return Computer(tmp_path_factory.mktemp("computer"))


@pytest.fixture(scope="module")
def running(chromium: Any, computer: Computer) -> Iterator[Lab]:
    """The course's server on that computer."""
    with computer.server() as lab:
        yield lab


@pytest.fixture
def reader(running: Lab, new_page: Callable[..., Page]) -> Reader:
    """Somebody in a new window of that computer."""
    from lessons import Reader

    return Reader(running, new_page(1280, 800))

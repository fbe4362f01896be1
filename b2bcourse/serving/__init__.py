"""The kit's part of a Jupyter server: pages for whoever grades, and what a learner's page asks for.

One extension, enabled where the package is installed. Each side names its handlers in a module of
its own, and loads what it needs only when it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME: Final = "b2bcourse"
"""The first part of every address of the extension, after the server's own base URL."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "b2bcourse.serving"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by Jupyter Server at start."""
    from jupyter_server.utils import url_path_join

    base = server.web_app.settings["base_url"]
    rules = [
        (url_path_join(base, NAME, address), handler, options)
        for address, handler, options in _handlers(server)
    ]
    server.web_app.add_handlers(".*$", rules)


def _handlers(_server: Any) -> Iterable[tuple[str, type, dict[str, Any]]]:
    """Address below `NAME` as a regular expression, handler, and what the handler is given."""
    from b2bcourse.serving import base, essays, page, troubles
    from b2bcourse.serving.learner.handlers import handlers as of_learners

    assignment, item = r"(?P<assignment>[^/]+)", r"(?P<item>[a-zA-Z0-9._-]+)"
    grading = f"grading/{assignment}"
    yield from of_learners()
    yield from (
        ("grading", base.CourseHandler, {}),
        (r"grading/built/(?P<name>[a-z]+)\.(?P<ending>js|css)", page.BuiltHandler, {}),
        (f"{grading}/essays", essays.EssaysHandler, {}),
        (f"{grading}/essays/{item}/data", essays.EssayHandler, {}),
        (f"{grading}/essays/{item}/open", essays.OpenHandler, {}),
        (f"{grading}/troubles", troubles.TroublesHandler, {}),
        (f"{grading}/troubles/kept", troubles.KeptHandler, {}),
    )

"""The command `b2bcourse hub`: from nothing to a running JupyterHub with a class in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from b2bcourse.commands.telling import fail, language, tell
from b2bcourse.context import default_language

if TYPE_CHECKING:
    from b2bcourse.facts import Lang, Text
    from b2bcourse.hub.settings import Hub


def hub(
    folder: Annotated[Path, typer.Argument(help="The hub's folder; what is there is kept.")] = Path(
        "/srv/b2b-hub"
    ),
    students: Annotated[int, typer.Option(min=1, max=100, help="How many students.")] = 3,
    lang: Annotated[str, typer.Option("--lang", help="ko or en; else by the machine.")] = "",
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Where it answers; its parts take the next ones."),
    ] = None,
    origin: Annotated[
        Path | None, typer.Option("--from", help="A checkout of the kit with its solutions.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="What the names of the accounts begin with.")
    ] = "b2b-",
    *,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Make the folder only; run nothing.")
    ] = False,
) -> None:
    """Run a JupyterHub with the course and a class, to try things on; needs root."""
    from b2bcourse.hub.base import WORDS, HubError
    from b2bcourse.hub.preparing import plan, require
    from b2bcourse.hub.preparing import prepare as make

    spoken = language(lang, default_language())
    place = folder.absolute()

    def told(text: Text) -> None:
        tell(text[spoken])

    try:
        require(place)
        made = make(place, plan(place, spoken, students, port=port, prefix=prefix), origin, told)
        if prepare:
            told(WORDS.prepared.format(folder=place))
            return
        _run(made, spoken)
    except HubError as error:
        _refuse(error.text, spoken)


def _run(hub: Hub, lang: Lang) -> None:
    """Until Ctrl-C, or until this program is told to end."""
    from b2bcourse.hub.base import WORDS
    from b2bcourse.hub.running import running
    from b2bcourse.learner.lab.server import interruptible

    try:
        with interruptible(), running(hub) as now:
            _tell(hub, lang)
            try:
                now.watch(lambda text: tell(text[lang]))
            except KeyboardInterrupt:
                tell("\n" + WORDS.stopping[lang])
    except KeyboardInterrupt:
        tell("")
    tell(WORDS.stopped[lang].format(folder=hub.folder))


def _tell(hub: Hub, lang: Lang) -> None:
    from b2bcourse.hub.base import WORDS
    from b2bcourse.hub.tokens import Tokens, value

    settings = hub.settings
    tell(WORDS.ready[lang].format(address=settings.public or settings.address, folder=hub.folder))
    if settings.is_demo:
        tell(WORDS.demo_warning[lang])
        tell(WORDS.login[lang].format(password=value(Tokens.of(hub).password)))
        for course in settings.courses:
            for name in course.instructors:
                tell(WORDS.teacher[lang].format(name=name))
            for name in course.students:
                tell(WORDS.student[lang].format(name=name))
        if settings.homes:
            tell(WORDS.learner[lang].format(name=f"{settings.prefix}learner1"))
    tell(WORDS.stop[lang])


def _refuse(text: Text, lang: Lang) -> NoReturn:
    fail(text[lang])

"""The sales game as one anywidget: a quiet board, a turn that is planned, a journal that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import traitlets

from b2bcourse import simulation
from b2bcourse.render import debrief
from b2bcourse.render.simulation import journal, lesson_names, played, turns_of
from b2bcourse.widgets.base import KindView
from b2bcourse.widgets.exercise import Exercise, learner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.simulation.journal import Journal
    from b2bcourse.responses import Store
    from b2bcourse.widgets.exercise import Handler

_MOST_MOVES: Final = 40
"""So many moves of a plan are looked at; no turn holds more."""


class View(KindView):
    """A game on screen.

    ``game`` is all that is drawn; ``page`` is the debrief, once somebody has asked for it.
    """

    source = "simulation"

    game = traitlets.Dict().tag(sync=True)
    page = traitlets.Unicode("").tag(sync=True)


class Game(Exercise):
    """One game: moves are planned in the view, and a turn is on disk before its outcome is shown.

    Args:
        face: what is shown.
        store: where the journal lives; `None` for an author's preview, which is forgotten.
        item: the authored item, for practice: a finished game counts as a try.
    """

    def __init__(self, face: Any, store: Store | None, item: Any = None) -> None:
        self._forgotten: dict[str, Any] = {}
        self._planned: list[Any] = []
        self._drawn = 0
        super().__init__(face, store, item)
        self._draw()

    @property
    def value(self) -> dict[str, Any]:
        """The journal as last saved; before the first turn an empty one with the player's seed."""
        saved = self._response.value if self._response else self._forgotten
        kind = cast("Any", self._kind)
        return saved or cast("dict[str, Any]", kind.begin_journal(self.face, learner()))

    @property
    def _game(self) -> Journal:
        return played(self.face, self.value)

    @property
    def _over(self) -> bool:
        return bool(self._game.states[-1].over)

    def _handlers(self) -> dict[str, Handler]:
        """Who answers which message; an author's preview plays too, and nobody is judged."""
        shared = {"hint", "look", "leave", "put_back"}
        handlers = {do: by for do, by in super()._handlers().items() if do in shared}
        handlers |= {"plan": self._plan, "change": self._change, "debrief": self._debrief}
        if self._may_play_again:
            handlers["again"] = self._again
        return handlers

    def _put_back(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return self._redrawn(super()._put_back(content))

    def _look_again(self, content: Mapping[str, Any]) -> dict[str, Any]:
        turns = turns_of(self.value)
        reply = super()._look_again(content)
        # A plan that was begun stays while nothing has been played elsewhere.
        return reply if turns_of(self.value) == turns else self._redrawn(reply)

    def _redrawn(self, reply: dict[str, Any]) -> dict[str, Any]:
        self._planned = []
        self._draw()
        return reply

    def _plan(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Moves were put into the turn or taken out of it; nothing is saved, nothing happens."""
        moves = content.get("moves")
        self._planned = moves[:_MOST_MOVES] if isinstance(moves, list) else []
        self._draw()
        return {"did": "planned"}

    def _change(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """A turn was committed: save it, then show what came of it."""
        turns, was_over = turns_of(content.get("patch")), self._over
        if not all(_why(turn) for turn in turns[len(turns_of(self.value)) :]):
            return {"did": "failed", "text": self._words["why_needed"]}
        reply = self._keep({**self.value, "turns": turns})
        if turns and len(turns_of(self.value)) != len(turns):  # the journal on disk goes on
            reply["notes"] = [*reply["notes"], self._words["played_elsewhere"]]
        if self._over and not was_over and self._key is not None:
            self._save({}, tried=self._kind.score(self.face, self._key, self.value))
        self._planned = []
        self._draw()
        return reply

    def _keep(self, patch: dict[str, Any]) -> dict[str, Any]:
        if self.store is not None:
            return super()._change({"patch": patch})
        self._forgotten = self._kind.merge(self.value, patch)
        return {"did": "saved", "at": "", "value": self.value, "notes": []}

    @property
    def _may_play_again(self) -> bool:
        return self._key is not None and self.value.get("again") is True and self._over

    def _again(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        """Put the finished game aside and begin anew."""
        reply = self._keep({"again": True})
        self._planned = []
        self._draw()
        return reply

    def _debrief(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        self.view.page = debrief.page(self.face, self.value)
        return {"did": "debrief"}

    def _draw(self) -> None:
        """Send the browser the board as it stands, and what can be done."""
        lang, game = self.face.lang, self._game
        now = game.states[-1]
        self._drawn += 1
        self.view.page = ""
        self.view.game = {
            "n": self._drawn,
            "board": simulation.view(now, lang),
            "moves": [] if now.over else simulation.legal(now, lang, self._planned),
            "plan": self._planned,
            "preview": simulation.preview(now, self._planned, lang),
            "journal": journal(game, lang),
            "lessons": lesson_names(lang),
            "again": self._may_play_again,
            "notes": [note[lang] for note in game.notes],
            "kept": len(turns_of(self.value)),
        }


LIVE: Final = Game


def _why(turn: Any) -> bool:
    """Whether a turn comes with its reason."""
    return isinstance(turn, dict) and isinstance(turn.get("why"), str) and bool(turn["why"].strip())

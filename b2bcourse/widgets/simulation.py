"""The sales game as one anywidget: a quiet board, a turn that is planned, a journal that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import traitlets

from b2bcourse import simulation
from b2bcourse.context import learner
from b2bcourse.items.simulation.journal import WHY, begins
from b2bcourse.render import debrief
from b2bcourse.render.simulation import journal, lesson_names, played, turns_of
from b2bcourse.widgets.base import KindView
from b2bcourse.widgets.exercise import Exercise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import FaceBase
    from b2bcourse.items.simulation.journal import Journal
    from b2bcourse.responses import Store
    from b2bcourse.simulation.state import State
    from b2bcourse.widgets.exercise import Handler

_MOST_MOVES: Final = 40
"""So many moves of a plan are looked at; no turn holds more."""


class View(KindView):
    """A game on screen.

    ``game`` is all that is drawn; ``desk`` the reason that is being written; ``page`` is the
    debrief, once somebody has asked for it.
    """

    source = "simulation"

    game = traitlets.Dict().tag(sync=True)
    desk = traitlets.Dict().tag(sync=True)
    page = traitlets.Unicode("").tag(sync=True)


class Game(Exercise):
    """One game: moves are planned in the view, and a turn is on disk before its outcome is shown.

    The journal on disk is the game. A turn that does not fit what lies there by now (another window
    has played on) is not played; its moves and its reason stay on the desk.

    Args:
        face: what is shown.
        store: where the journal lives; `None` for an author's preview, which is forgotten.
        item: the authored item, for practice: a finished game counts as a try.
    """

    def __init__(self, face: FaceBase, store: Store | None, item: ItemBase | None = None) -> None:
        self._forgotten: dict[str, Any] = {}
        self._clear_desk()
        self._heard: dict[str, int] = {}  # page -> the number of its newest plan or turn
        self._elsewhere = False  # whether another window has played on since the last turn here
        self._drawings = 0
        self._drawn: Any = None  # what the browser was sent last
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

    def _clear_desk(self) -> None:
        self._planned: list[Any] = []
        self._why: dict[str, Any] = {"why": "", "time": 0}

    def _look_again(self, content: Mapping[str, Any]) -> dict[str, Any]:
        turns = turns_of(self.value)
        reply = super()._look_again(content)
        self._elsewhere = self._elsewhere or turns_of(self.value) != turns
        return reply

    def _put_back(self, content: Mapping[str, Any]) -> dict[str, Any]:
        reply = super()._put_back(content)
        self._elsewhere = False  # it was the player's own doing
        return reply

    def _plan(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Moves or the reason of the turn have changed; nothing is saved, nothing happens."""
        if self._is_late(content):
            return {"did": "planned"}
        moves = content.get("moves")
        if isinstance(moves, list):
            self._planned = moves[:_MOST_MOVES]
            self._drawn = None  # it is drawn again, be it the same: the browser waits for it
            if self.store is not None:
                self._look_again({})  # nobody is to plan on an old board
        self._write_reason(content)
        return {"did": "planned"}

    def _is_late(self, content: Mapping[str, Any]) -> bool:
        """Whether the same page has said something newer that was handled before this."""
        page, number = str(content.get("from")), content.get("n")
        newest = self._heard.get(page, -1)
        number = number if isinstance(number, int) else newest + 1
        self._heard[page] = max(number, newest)
        return number <= newest

    def _write_reason(self, content: Mapping[str, Any]) -> None:
        why, time = content.get("why"), content.get("time")
        if isinstance(why, str):
            self._why = {"why": why[:WHY], "time": time if isinstance(time, int) else 0}

    def _change(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """A turn was committed: save it, then show what came of it."""
        turns, was_over, old = turns_of(content.get("patch")), self._over, turns_of(self.value)
        self._is_late(content)  # a plan made before this turn is; the turn itself never is
        if not all(_why(turn) for turn in turns[len(self._game.turns) :]):
            return {"did": "failed", "text": self._words["why_needed"]}
        reply = self._keep({**self.value, "turns": turns})
        if turns and not _holds(old, turns):  # a message that comes twice changes nothing
            self._elsewhere = not _holds(turns_of(self.value), turns)
            self._settle(turns[-1])
        if self._over and not (was_over or self._elsewhere) and self._item is not None:
            self._save({}, tried=self._kind.score(self.face, self._key, self.value))
        return reply

    def _settle(self, turn: Any) -> None:
        """Clear the desk of a turn that was played; one that was not stays there."""
        self._clear_desk()
        if self._elsewhere and _why(turn):
            self._plan_again(turn)

    def _plan_again(self, turn: Mapping[str, Any]) -> None:
        moves = turn.get("decisions")
        self._planned = moves[:_MOST_MOVES] if isinstance(moves, list) else []
        self._why = {"why": turn["why"][:WHY], "time": 0}

    def _keep(self, patch: dict[str, Any]) -> dict[str, Any]:
        if self.store is not None:
            return super()._change({"patch": patch})
        self._forgotten = self._kind.merge(self.value, patch)
        return {"did": "saved", "at": "", "value": self.value, "notes": []}

    @property
    def _may_play_again(self) -> bool:
        return self._item is not None and self.value.get("again") is True and self._over

    def _again(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        """Put the finished game aside and begin anew."""
        reply = self._keep({"again": True})
        self._elsewhere = bool(turns_of(self.value))  # a new one was begun there already
        self._clear_desk()
        return reply

    def _debrief(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        self.view.page = debrief.page(self.face, self.value)
        return {"did": "debrief"}

    def _refresh_view(self, reply: Mapping[str, Any]) -> None:
        """Keep the board equal to the journal, whatever message brought the change."""
        super()._refresh_view(reply)
        if self._drawn != (self.value, self._planned, self._elsewhere):
            self._draw()
        self.view.desk = self._why

    def _draw(self) -> None:
        """Send the browser the board as it stands, and what can be done."""
        lang, game = self.face.lang, self._game
        now = game.states[-1]
        self._drawings += 1
        self._drawn = (self.value, self._planned, self._elsewhere)
        with self.view.hold_sync():
            self.view.page = ""
            self.view.desk = self._why
            self.view.game = {
                "n": self._drawings,
                "board": simulation.view(now, lang),
                "moves": [] if now.over else self._offered(now),
                "plan": self._planned,
                "preview": simulation.preview(now, self._planned, lang),
                "journal": journal(game, lang),
                "lessons": lesson_names(lang),
                "again": self._may_play_again,
                "notes": [note[lang] for note in game.notes],
                "elsewhere": self._told_elsewhere(),
                "kept": len(game.turns),
            }

    def _offered(self, now: State) -> list[dict[str, Any]]:
        """What can be planned yet, and after it what could be instead of something planned."""
        lang, planned = self.face.lang, self._planned
        return [*simulation.legal(now, lang, planned), *simulation.swaps(now, lang, planned)]

    def _told_elsewhere(self) -> str:
        """That another window has played on; and that nothing planned here is lost."""
        if not self._elsewhere:
            return ""
        has_desk = self._planned or self._why["why"]
        stays = [self._words["desk_stays"]] if has_desk and not self._over else []
        return " ".join([self._words["played_elsewhere"], *stays])


LIVE: Final = Game


def _holds(journal: list[Any], turns: list[Any]) -> bool:
    """Whether these turns stand in a journal."""
    return len(turns) <= len(journal) and begins(journal, turns)


def _why(turn: Any) -> bool:
    """Whether a turn comes with its reason."""
    return isinstance(turn, dict) and isinstance(turn.get("why"), str) and bool(turn["why"].strip())

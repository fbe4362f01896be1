"""An exercise in a notebook: a view of a face, bound to a response on disk."""

from __future__ import annotations

import copy
import importlib
import threading
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, cast
from weakref import WeakSet

import msgspec

from b2bcourse import render
from b2bcourse.context import place as place_of
from b2bcourse.context import practice_item
from b2bcourse.items import agreement, kind_of, staging
from b2bcourse.items.base import attempted, merge_parts
from b2bcourse.items.judging import judge
from b2bcourse.items.response import WINDOW
from b2bcourse.responses import How, Loaded, SaveError, Store, values
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import FaceBase, Outcome
    from b2bcourse.items.response import Response

    Handler = Callable[[Mapping[str, Any]], dict[str, Any]]

_BEFORE_NUMBERS: Final = 1  # the protocol of a page whose messages name none


_SHOWN: Final[dict[Path, WeakSet[Exercise]]] = {}
"""The exercises of this kernel by the file of their answers."""


class Exercise:
    """One item on screen.

    Args:
        face: what is shown.
        store: where the answer lives; `None` for an author's preview, which saves nothing.
        item: the authored item, for practice only: with it come Check, Hint and Show answer.

    Raises:
        SaveError: never; what goes wrong is told in the widget.
    """

    def __init__(self, face: FaceBase, store: Store | None, item: ItemBase | None = None) -> None:
        self.face, self.store = face, store
        self._kind = kind_of(face.kind)
        self._item = item
        self._hints = tuple(hint[face.lang] for hint in getattr(item, "hints", ()))
        self._hinted = 0
        self.occasion = "lesson"  # or a review: see `Try`
        self.beside: Path | None = None  # where the notebook is: an author's own bank lies by it
        self._helped = False  # whether a hint or the answer was seen in this widget
        self._words = words(face.lang, _look(face))
        self._display: Any = None
        self._turn = threading.Lock()  # a kernel may handle two messages at the same time
        self._judged: tuple[dict[str, Any], Outcome, dict[str, Any]] | None = (
            None  # at the last check
        )
        self._applied: dict[Any, int] = {}  # page -> the number of its newest message saved
        self._put: dict[Any, dict[str, Any]] = {}  # page -> what its messages have put in
        self.is_early: Callable[[], bool] = bool  # a first guess is not judged before its lesson
        self.comes_back: Callable[[], str] = str  # told with the answer
        self.after: Callable[[], None] | None = None  # told after each message, by a list of such
        found = store.read() if store else Loaded(None)
        self._response: Response | None = found.response
        place = place_of(store.path) if store else ""
        self.view = _view(face, self._mode, self.value, found, place)
        self.view.on_msg(self._on_message)
        if store is not None:
            _SHOWN.setdefault(store.path, WeakSet()).add(self)

    @cached_property
    def _key(self) -> Any:
        """The key of a practice item, compiled when asked for: to show the item needs none."""
        return self._kind.key(self._item)

    @property
    def value(self) -> dict[str, Any]:
        """The answer as last saved."""
        saved = self._response.value if self._response else None
        return saved or self._kind.blank(self.face)

    @property
    def _mode(self) -> str:
        if self.store is None:
            return "preview"
        return "practice" if self._item is not None else "answer"

    def __repr__(self) -> str:
        return f"<Exercise {self.face.id}>"

    def _ipython_display_(self) -> None:
        """Show the widget, and beside it the saved answer for export and viewers without widgets.

        A live widget hides it; in an exported page or a viewer without widgets it stays. It alone
        tells the answer, as a table and as text, and follows each save: what was run once says
        only which exercise it is and how to answer by typing.
        """
        from IPython.display import display

        bundle, metadata = self.view._repr_mimebundle_()
        told = self._words["by_typing"].format(item=self.face.id)
        bundle["text/plain"] = f"{self.face.title}\n{told}"
        display(bundle, metadata=metadata, raw=True)
        self._display = display(self._static(), raw=True, display_id=True)

    def _static(self) -> dict[str, str]:
        """The answer as last saved."""
        return {
            "text/html": render.html(self.face, self.value),
            "text/plain": render.text(self.face, self.value),
        }

    def _handlers(self) -> dict[str, Handler]:
        """Who answers which message: nobody in a preview; only practice is checked and helped."""
        if self.store is None:
            return {}
        handlers: dict[str, Handler] = {
            "change": self._change,
            "look": self._look_again,
            "put_back": self._put_back,
            "leave": self._leave,
        }
        if self._item is not None:
            handlers |= {
                "check": self._check,
                "hint": self._hint,
                "answer": self._answer,
                "retry": lambda _content: {"did": "retry"},
            }
        return handlers

    def _handler(self, content: Any) -> Handler | None:
        if not isinstance(content, dict):
            return None
        handler = self._handlers().get(str(content.get("do")))
        is_ours = content.get("p", _BEFORE_NUMBERS) == PROTOCOL
        return handler if handler is None or is_ours else self._keep_from_old_page

    def _on_message(self, _view: Any, content: Any, _buffers: Any) -> None:
        handler = self._handler(content)
        if handler is None:
            return
        with self._turn:
            self._answer_to(content, handler)
        for other in self._others_here():
            with other._turn:  # noqa: SLF001 - another one of this class
                other.follow(self)

    def _others_here(self) -> list[Exercise]:
        """Who else in this kernel shows the same answer: the cell was run twice, or copied."""
        if self.store is None:
            return []
        return [one for one in _SHOWN.get(self.store.path, ()) if one is not self]

    def follow(self, other: Exercise) -> None:
        """Show what another exercise of the same item has saved."""
        if self._response is not other._response:
            self._response = other._response
            self._refresh_view({"offer": other.view.offer})
            self._refresh_static()

    def _answer_to(self, content: Mapping[str, Any], handler: Handler) -> None:
        to = {"n": content.get("n", 0), "from": content.get("from")}
        if self.store is not None:
            self.store.waiting = partial(self.view.send, {"did": "waiting", **to})
        try:
            reply = handler(content)
        except SaveError as error:
            reply = {"did": "failed", "text": error.text[self.face.lang]}
        except Exception as error:  # noqa: BLE001 - a student must see a sentence, not a traceback
            text = f"{self._words['trouble']} ({type(error).__name__})"
            reply = {"did": "failed", "text": text}
        self.view.send({**reply, **to})
        self._refresh_view(reply)
        self._refresh_static()
        if self.after is not None:
            self.after()

    def _change(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return self._saved(self._save_sent(content))

    def _look_again(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        """What lies on disk by now: another kernel may have written."""
        assert self.store is not None  # `_handler` saw to it
        found = self.store.read()
        if found.response is not None or not found.notes:  # else it could not be read just now
            self._response = found.response
        return self._saved(found, self._at)

    @property
    def _at(self) -> str:
        """When the answer was saved, as the student's clock shows it; empty if there is none."""
        found = self._response
        return _clock(found.time) if found and found.value else ""

    def _leave(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The student has chosen the present answer; the other version is offered no more."""
        return self._decided(content, lambda store, which, _sent: store.leave(which))

    def _put_back(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Make the version that was shown beside the answer the answer again."""

        def put_back(store: Store, which: str, sent: Mapping[str, Any]) -> Loaded:
            was = content.get("saw")
            return store.put_back(which, was=was if isinstance(was, dict) else None, mine=sent)

        return self._decided(content, put_back)

    def _decided(
        self,
        content: Mapping[str, Any],
        decide: Callable[[Store, str, Mapping[str, Any]], Loaded],
    ) -> dict[str, Any]:
        """What the student has decided is done once, though the message may come twice or late."""
        is_news = self._is_news(content)
        done = self._save_sent(content)
        assert self.store is not None  # `_handler` saw to it
        if is_news:
            sent = self._put.get(str(content.get("from")), {})
            done = decide(self.store, str(content.get("kept")), sent)
            self._response = done.response
        return self._saved(done)

    def _is_news(self, content: Mapping[str, Any]) -> bool:
        number = content.get("n")
        newest = self._applied.get(str(content.get("from")), -1)
        return not isinstance(number, int) or number > newest

    def _keep_from_old_page(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What a page of another release sends is set aside, since it may mean something else."""
        patch = content.get("patch")
        if self.store is not None and isinstance(patch, dict) and patch:
            self.store.keep(patch, str(content.get("from")))
        return {"did": "failed", "text": self._words["reload"]}

    def _saved(self, saved: Loaded, at: str | None = None) -> dict[str, Any]:
        return {
            "did": "saved",
            "at": _clock() if at is None else at,
            "value": self.value,
            "notes": [note[self.face.lang] for note in saved.notes],
            "offer": _offer(self.face, saved, self._words),
            "told": saved.told[self.face.lang] if saved.told else "",
        }

    def _save_sent(self, content: Mapping[str, Any]) -> Loaded:
        """Save the patch of a message, unless a newer one of the same page has been saved.

        A kernel does not always handle messages in the order in which they were sent. Each holds
        all that no reply has confirmed, so what a late one holds was in the newer one too.
        """
        patch, page, number = content.get("patch"), str(content.get("from")), content.get("n")
        newest = self._applied.get(page, -1)
        number = number if isinstance(number, int) else newest + 1
        new = patch if isinstance(patch, dict) and number > newest else {}
        was, mine = content.get("was"), self._put.get(page, {})
        saved = self._save(new, was=was if isinstance(was, dict) else None, mine=mine)
        self._applied[page] = max(number, newest)
        self._put[page] = merge_parts(mine, new)
        return saved

    def _save(
        self,
        patch: Mapping[str, Any],
        *,
        tried: Outcome | None = None,
        was: Mapping[str, Any] | None = None,
        mine: Mapping[str, Any] | None = None,
    ) -> Loaded:
        assert self.store is not None  # `_handler` saw to it
        if was is None:  # not told: a view shows what this kernel last knew
            was = self._response.value if self._response else {}
        how = How(self.occasion, helped=self._helped)
        saved = self.store.save(patch, was=was, mine=mine, tried=tried, how=how)
        self._response = saved.response
        return saved

    def _check(self, content: Mapping[str, Any]) -> dict[str, Any]:
        self._save_sent(content)  # what another window wrote meanwhile is judged too
        outcome, early = self._outcome(), self.is_early()
        if self._is_told(outcome, early=early):
            assert self._judged is not None  # `_is_told` saw to it
            same = {**self._judged[2], "tries": self._words["unchanged"]}
            return {"did": "checked", "feedback": same}
        # To compare an essay with the model text is no try yet: nothing has been judged.
        self._save({}, tried=outcome if attempted(outcome) else None)
        tries = self._response.tries if self._response else ()
        if early and attempted(outcome):
            feedback = staging.kept(self.face)
        else:
            feedback = staging.told(self._kind, self.face, self._key, outcome, self.value, tries)
            feedback.tries = self._tries()
        # Who has seen what was missed is helped from then on: the next sitting tells what is known.
        self._helped = self._helped or (feedback.stage == staging.WHOLE and outcome.fraction < 1)
        told = msgspec.to_builtins(feedback)
        self._judged = (copy.deepcopy(self.value), outcome, told)
        return {"did": "checked", "feedback": told}

    def _is_told(self, outcome: Outcome, *, early: bool) -> bool:
        """Whether this answer was checked just before, and nothing more can be told of it now."""
        if self._judged is None or self._judged[:2] != (self.value, outcome):
            return False
        return early or self._judged[2]["stage"] != staging.KEPT

    def tell(self) -> None:
        """Show from the start what Check would say of the answer; no try is counted."""
        outcome = self._outcome()
        feedback = self._kind.explain(self.face, self._key, outcome, self.value)
        self.view.feedback = msgspec.to_builtins(feedback)

    def _outcome(self) -> Outcome:
        others = self._others()
        assert self.store is not None  # `_save` saw to it
        said = values(self.store.path.parent, others)
        return judge(self._kind, self.face, self._key, self.value, others, said)

    def _others(self) -> list[Any]:
        """The items whose answers this one is held against; of most there are none."""
        return [practice_item(name, self.beside) for name in agreement.wanted(self._key)]

    def _tries(self) -> str:
        tries = self._response.tries if self._response else ()
        if len(tries) < 2:  # noqa: PLR2004 - the first try needs no history
            return ""
        template = self._words["tries"]
        return template.format(n=len(tries), first=len(tries[0].wrong))

    def _hint(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        if not self._hints:
            return {"did": "hint", "text": self._words["no_hint"], "more": False}
        text = self._hints[min(self._hinted, len(self._hints) - 1)]
        self._hinted += 1
        self._helped = True
        return {"did": "hint", "text": text, "more": self._hinted < len(self._hints)}

    def _answer(self, _content: Mapping[str, Any]) -> dict[str, Any]:
        if not (self._response and self._response.tries):
            return {"did": "hint", "text": self._words["answer_after_try"], "more": True}
        self._helped = True
        model = self._kind.model_answer(self.face, self._key)
        known = agreement.model_context(self._others())
        outcome = self._kind.score(self.face, self._key, model, known)
        feedback = self._kind.explain(self.face, self._key, outcome, model)
        feedback.stage = staging.WHOLE
        told = self.comes_back()
        plain = msgspec.to_builtins(feedback)
        return {"did": "answer", "value": model, "feedback": plain, "told": told}

    def _refresh_view(self, reply: Mapping[str, Any]) -> None:
        """Keep what a reloaded page, a second tab or a second view is shown equal to the file."""
        with self.view.hold_sync():
            self.view.value = self.value
            self.view.saved = self._at
            if "offer" in reply:
                self.view.offer = reply["offer"]

    def _refresh_static(self) -> None:
        """Keep the static table what was last saved, so that an export shows no old answer."""
        if self._display is not None:
            self._display.update(self._static(), raw=True)


def exercise_for(face: FaceBase, store: Store | None, item: ItemBase | None = None) -> Exercise:
    """The exercise of a face: the class that its kind's view names ``LIVE``, else `Exercise`."""
    live = getattr(_module(_look(face)), "LIVE", Exercise)
    return cast("Exercise", live(face, store, item))


def _module(name: str) -> Any:
    return importlib.import_module(f"b2bcourse.widgets.{name}")


def _view(face: FaceBase, mode: str, value: dict[str, Any], found: Loaded, place: str) -> Any:
    name = _look(face)  # all at once: a page makes its state of what the view begins with
    return _module(name).View(
        face=msgspec.to_builtins(face),
        value=value,
        mode=mode,
        place=place,
        saved=_clock(found.response.time) if found.response and found.response.value else "",
        notes=[note[face.lang] for note in found.notes],
        offer=_offer(face, found, words(face.lang)),
    )


def _offer(face: FaceBase, found: Loaded, said: Mapping[str, str]) -> dict[str, Any]:
    """A version set aside, as the widget offers it; empty where there is none.

    One that another window wrote can be put beside the present one, and both are called by their
    time: «mine» and «theirs» are both the student's.
    """
    if found.offer is None or found.response is None:
        return {}
    kept = found.offer.kept
    shown = render.html(face, kept.value)
    offer = {"id": found.offer.id, "text": found.offer.text[face.lang]}
    offer |= {"html": shown, "see": said["see"]}
    plain = {name: said[name] for name in ("put_back", "leave")}
    if kept.why != WINDOW:
        return {**offer, **plain}
    now, then = _apart(found.response.time, kept.saved or kept.time)
    times = {"now": now, "then": then}
    names = {
        "leave": "keep_now",
        "put_back": "keep_then",
        "now": "version_now",
        "then": "version_then",
        "counts": "counts_now",
    }
    told = {name: said[word].format(**times) for name, word in names.items()}
    if now == then:  # within one second: no time tells which is meant
        told |= {**plain, "counts": ""}
    return {**offer, **told, "value": kept.value}


def _look(face: FaceBase) -> str:
    """The module of the view: the kind's own, or the one in which lines are cited as evidence."""
    return "evidence" if getattr(face, "evidence", False) else str(face.kind)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two times by which versions are called: as short as tells them apart."""
    short = _when(one), _when(other)
    return short if short[0] != short[1] else (_when(one, ":%S"), _when(other, ":%S"))


def _when(time: str, seconds: str = "") -> str:
    """Of today the clock time, else the day too."""
    try:
        moment = datetime.fromisoformat(time).astimezone()
    except ValueError:  # a hand-edited file
        return time
    is_today = moment.date() == datetime.now().astimezone().date()
    return moment.strftime(("%H:%M" if is_today else "%m-%d %H:%M") + seconds)


def _clock(time: str = "") -> str:
    """A time of day as the student's own clock shows it; now, or a response's UTC time."""
    try:
        moment = datetime.fromisoformat(time).astimezone() if time else datetime.now().astimezone()
    except ValueError:  # a hand-edited file; the answer itself is fine
        return ""
    return moment.strftime("%H:%M")

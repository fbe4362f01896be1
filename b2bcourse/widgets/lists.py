"""Several exercises behind one list: further practice of a lesson, and a test without feedback."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import ipywidgets
import traitlets

from b2bcourse.items import kind_of
from b2bcourse.items.base import DONE, holds_answer
from b2bcourse.responses import How, SaveError, Store
from b2bcourse.widgets.base import CourseView
from b2bcourse.widgets.exercise import exercise_for
from b2bcourse.widgets.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.widgets.exercise import Exercise


class View(CourseView):
    """A list on screen: which exercises there are, how far each is, and which one is open.

    ``part`` is its look: lines, or of a test the row of numbers or the foot.
    """

    source = "lists"

    part = traitlets.Enum(["list", "numbers", "foot"]).tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    entries = traitlets.List(traitlets.Dict()).tag(sync=True)
    opened = traitlets.Unicode().tag(sync=True)


class Listing:
    """Exercises of which one is open at a time.

    Args:
        folder: the notebook's folder, where the responses lie.
        items: the authored practice items, in the order of the list.
        lang: the language.
        title: what stands above the list; the words for further practice if empty.
    """

    def __init__(
        self, folder: Path, items: Sequence[ItemBase], lang: Lang, title: str = ""
    ) -> None:
        self._folder, self._lang = folder, lang
        self._items: dict[str, Any] = {item.id: item for item in items}
        self._faces = {item.id: kind_of(item.kind).face(item, lang) for item in items}
        self._words = words(lang, "lists")
        self.opened: Exercise | None = None
        self._parts: list[View] = []
        self._display: Any = None
        self._displayed: dict[str, str] = {}
        self.view = self._part("list", title or self._words["more"])
        self.box = ipywidgets.VBox([self.view])
        self._refresh()

    def _part(self, part: str, title: str = "") -> View:
        view = View(part=part, lang=self._lang, title=title)
        view.on_msg(self._on_message)
        self._parts.append(view)
        return view

    def __repr__(self) -> str:
        lines = [
            self._line(f"{entry['title']} ({entry['id']})", entry) for entry in self.view.entries
        ]
        return "\n".join(line for line in (self.view.title, self.view.told, *lines) if line)

    def _line(self, name: str, entry: Mapping[str, Any], between: str = ": ") -> str:
        """An exercise's name, and in words how far it is; nothing where it has not been begun."""
        said = self._words[f"state_{entry['state']}"]
        return f"{name}{between}{said}" if said else name

    def _ipython_display_(self) -> None:
        """Show the list, and beside it for exported pages how far each exercise is.

        A live list hides that. It alone tells it, and follows each save; what was run once says
        only how to answer by typing.
        """
        from IPython.display import display

        bundle = self.box._repr_mimebundle_()
        bundle["text/plain"] = f"{self.view.title}\n{self._words['by_typing']}"
        display(bundle, raw=True)
        self._displayed = self._static()
        self._display = display(self._displayed, raw=True, display_id=True)

    def _static(self) -> dict[str, str]:
        lines = "".join(
            f"<li>{escape(self._line(entry['title'], entry, ' · '))}</li>"
            for entry in self.view.entries
        )
        told = f"<p>{escape(self.view.told)}</p>" if self.view.told else ""
        head = f"<p><b>{escape(self.view.title)}</b></p>{told}"
        return {
            "text/html": f'<div class="b2b-static" data-lists>{head}<ol>{lines}</ol></div>',
            "text/plain": repr(self),
        }

    def _refresh_static(self) -> None:
        """Keep what an export shows equal to what the list shows."""
        if self._display is not None and self._static() != self._displayed:
            self._displayed = self._static()
            self._display.update(self._displayed, raw=True)

    def _on_message(self, _view: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("do") == "open":
            self.open(str(content.get("item")))

    def open(self, item: str) -> None:
        """Put an exercise below the list; an id that is not in it changes nothing."""
        if item not in self._items:
            return
        self.opened = self._exercise(self._items[item])
        self.opened.after = self._refresh
        self._arrange(item)

    def _arrange(self, item: str) -> None:
        """Show the exercise that was opened in its place."""
        assert self.opened is not None
        self.view.opened = item
        self.box.children = (self.view, self.opened.view)

    def _exercise(self, item: ItemBase) -> Exercise:
        return exercise_for(self._face(item), self._store(item), item)

    def _store(self, item: ItemBase) -> Store:
        face = self._face(item)
        return Store(self._folder, face, item)

    def _refresh(self) -> None:
        entries = [self._entry(item) for item in self._items.values()]
        for part in self._parts:
            part.entries = entries
        self._refresh_static()

    def _entry(self, item: ItemBase) -> dict[str, Any]:
        return {
            "id": item.id,
            "title": item.title[self._lang],
            "note": self._words[item.level],
            "state": self._state(item),
        }

    def _state(self, item: ItemBase) -> str:
        response = self._store(item).read().response
        if response is None or not holds_answer(response.value):
            return ""
        if not response.tries:
            return "begun"
        return "done" if response.tries[-1].fraction >= DONE else "review"

    def _face(self, item: ItemBase) -> Any:
        return self._faces[item.id]


SURE: Final = 3
"""The steps of how sure one is: a guess, fairly sure, sure."""


class Questions(Listing):
    """A test: no verdict until it is finished; then how many were right, and perhaps why.

    The first try of each item is what it scored when the test was finished. What is still without
    an answer then counts as a try of nothing, and is told as left out.

    Args:
        reasons: whether every question opens with its reasons once the test is finished.
    """

    def __init__(
        self,
        folder: Path,
        items: Sequence[ItemBase],
        lang: Lang,
        title: str,
        *,
        reasons: bool = True,
    ) -> None:
        self.finished, self._reasons = False, reasons
        self._told_sure: dict[str, float] = {}  # item -> the number of its newest message
        super().__init__(folder, items, lang, title)
        self.finished = all(self._tries(item) for item in items)
        self.numbers, self.foot = self._part("numbers", title), self._part("foot")
        self.numbers.told = self._words["later"]
        self._refresh()
        if self.finished:
            self._tell_result()
        else:
            self.open(self._first_open())

    def finish(self) -> None:
        """Judge every item that was not judged yet, and tell how many were right.

        Raises:
            SaveError: a result cannot be written; those written already stay.
        """
        for item in self._items.values():
            if not self._tries(item):
                self._judge(item)
        self.finished = True
        self._refresh()
        self._tell_result()

    def sure(self, item: str, step: int) -> None:
        """Note how sure the student is of an answer; what is no question or no step is none.

        Raises:
            SaveError: it cannot be written.
        """
        if item in self._items and step in range(SURE) and not self.finished:
            self._store(self._items[item]).save({}, sure=step)
            self.foot.told = ""
            self._refresh()

    def _tell_result(self) -> None:
        told = self._words["result" if self._reasons else "result_alone"]
        first = [self._tries(item)[0] for item in self._items.values()]
        self.view.told = told.format(
            right=sum(self._was_right(item) for item in self._items.values()),
            all=len(first),
            skipped=sum(bool(one.skipped) for one in first),
        )
        self.view.opened = ""
        self.box.children = (self.view,)
        self._refresh_static()

    def open(self, item: str) -> None:
        """Put a question on screen; after a test without reasons there is none to open."""
        if not self.finished or self._reasons:
            super().open(item)

    def _refresh(self) -> None:
        super()._refresh()
        if self.finished and not self._reasons:  # which of them were right is not told yet
            self.view.entries = []
            self._refresh_static()

    def _arrange(self, item: str) -> None:
        if self.finished:
            super()._arrange(item)
            return
        assert self.opened is not None
        self.numbers.opened = self.foot.opened = self.view.opened = item
        self.box.children = (self.numbers, self.opened.view, self.foot)

    def _first_open(self) -> str:
        """The first question without an answer, or the first of all."""
        unanswered = [name for name, item in self._items.items() if not self._state(item)]
        return (unanswered or list(self._items))[0]

    def _on_message(self, view: Any, content: Any, buffers: Any) -> None:
        asked = content.get("do") if isinstance(content, dict) else None
        if asked not in {"finish", "sure"}:
            super()._on_message(view, content, buffers)
            return
        try:
            if asked == "finish":
                self.finish()
            else:
                self._on_sure(content)
        except SaveError as error:
            self.foot.told = error.text[self._lang]

    def _on_sure(self, content: Mapping[str, Any]) -> None:
        """Messages may come late: of one question only the newest counts."""
        item, number = str(content.get("item")), content.get("n", 0)
        if isinstance(number, int | float) and number >= self._told_sure.get(item, 0):
            self._told_sure[item] = number
            self.sure(item, content.get("sure", SURE))

    def _judge(self, item: ItemBase) -> None:
        kind, store, face = kind_of(item.kind), self._store(item), self._face(item)
        response = store.read().response
        value: Mapping[str, Any] = response.value if response else kind.blank(face)
        tried = kind.score(face, kind.key(item), value)
        skipped = not holds_answer(value)
        sure = response.sure if response and not skipped else None
        store.save({}, tried=tried, how=How("test", helped=False, sure=sure, skipped=skipped))

    def _tries(self, item: ItemBase) -> Sequence[Any]:
        response = self._store(item).read().response
        return response.tries if response else ()

    def _was_right(self, item: ItemBase) -> bool:
        return bool(self._tries(item)[0].fraction >= DONE)

    def _exercise(self, item: ItemBase) -> Exercise:
        if not self.finished:
            return exercise_for(self._face(item), self._store(item))
        exercise = super()._exercise(item)
        exercise.tell()
        return exercise

    def _entry(self, item: ItemBase) -> dict[str, Any]:
        entry = {**super()._entry(item), "note": ""}
        if not self.finished:
            number = list(self._items).index(item.id) + 1
            entry["title"] = self._words["question_n"].format(n=number)
            response = self._store(item).read().response
            entry["sure"] = response.sure if response else None
        return entry

    def _state(self, item: ItemBase) -> str:
        if self.finished:
            return "done" if self._was_right(item) else "review"
        return "answered" if super()._state(item) else ""

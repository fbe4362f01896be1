"""Several exercises behind one list: further practice of a lesson, and a test without feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import ipywidgets
import traitlets

from b2bcourse.items import face_hash, kind_of
from b2bcourse.items.base import DONE
from b2bcourse.responses import SaveError, Store
from b2bcourse.widgets.base import assets
from b2bcourse.widgets.exercise import Exercise
from b2bcourse.widgets.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from b2bcourse.facts import Lang

class View(anywidget.AnyWidget):
    """The list on screen: which exercises there are, how far each is, and which one is open."""

    _esm, _css = assets("listing")

    lang = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    entries = traitlets.List(traitlets.Dict()).tag(sync=True)
    opened = traitlets.Unicode().tag(sync=True)
    closing = traitlets.Bool(False).tag(sync=True)


class Listing:
    """Exercises of which one is open at a time.

    Args:
        folder: the notebook's folder, where the responses lie.
        items: the authored practice items, in the order of the list.
        lang: the language.
        title: what stands above the list; the words for further practice if empty.
    """

    def __init__(self, folder: Path, items: Sequence[Any], lang: Lang, title: str = "") -> None:
        self._folder, self._items, self._lang = folder, {item.id: item for item in items}, lang
        self._faces = {item.id: kind_of(item.kind).face(item, lang) for item in items}
        self._words = words(lang, "listing")
        self.opened: Exercise | None = None
        self.view = View(lang=lang, title=title or self._words["more"], words=self._words)
        self.view.on_msg(self._on_message)
        self.box = ipywidgets.VBox([self.view])
        self._refresh()

    def __repr__(self) -> str:
        return "\n".join(f"{entry['title']} ({entry['id']})" for entry in self.view.entries)

    def _ipython_display_(self) -> None:
        """Show the list; where there are no widgets, the titles and ids as text."""
        from IPython.display import display

        bundle = self.box._repr_mimebundle_()
        bundle["text/plain"] = repr(self)
        display(bundle, raw=True)

    def _on_message(self, _view: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("do") == "open":
            self.open(str(content.get("item")))

    def open(self, item: str) -> None:
        """Put an exercise below the list; an id that is not in it changes nothing."""
        if item not in self._items:
            return
        self.opened = self._exercise(self._items[item])
        self.opened.after = self._refresh
        self.view.opened = item
        self.box.children = (self.view, self.opened.view)

    def _exercise(self, item: Any) -> Exercise:
        return Exercise(self._face(item), self._store(item), item)

    def _store(self, item: Any) -> Store:
        face = self._face(item)
        return Store(self._folder, face.id, face.kind, face_hash(face))

    def _refresh(self) -> None:
        self.view.entries = [self._entry(item) for item in self._items.values()]

    def _entry(self, item: Any) -> dict[str, Any]:
        return {
            "id": item.id,
            "title": item.title[self._lang],
            "note": self._words[item.level],
            "state": self._state(item),
        }

    def _state(self, item: Any) -> str:
        response = self._store(item).read().response
        if response is None or response.value == kind_of(item.kind).blank(self._face(item)):
            return ""
        if not response.tries:
            return "begun"
        return "done" if response.tries[-1].fraction >= DONE else "review"

    def _face(self, item: Any) -> Any:
        return self._faces[item.id]


class Questions(Listing):
    """A test: no verdict until it is finished, then every question opens with its reasons.

    The first try of each item is what it scored when the test was finished. What is still without
    an answer then counts as a try of nothing.
    """

    def __init__(self, folder: Path, items: Sequence[Any], lang: Lang, title: str) -> None:
        super().__init__(folder, items, lang, title)
        self._tell()

    @property
    def finished(self) -> bool:
        """Whether the test was finished: its items have been judged."""
        return all(self._tries(item) for item in self._items.values())

    def finish(self) -> None:
        """Judge every item that was not judged yet, and tell how many were right.

        Raises:
            SaveError: a result cannot be written; those written already stay.
        """
        for item in self._items.values():
            if not self._tries(item):
                self._judge(item)
        if self.view.opened:
            self.open(self.view.opened)
        self._refresh()
        self._tell()

    def _on_message(self, view: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("do") == "finish":
            try:
                self.finish()
            except SaveError as error:
                self.view.told = error.text[self._lang]
            return
        super()._on_message(view, content, buffers)

    def _judge(self, item: Any) -> None:
        kind, store, face = kind_of(item.kind), self._store(item), self._face(item)
        response = store.read().response
        value: Mapping[str, Any] = response.value if response else kind.blank(face)
        store.save({}, tried=kind.score(face, kind.key(item), value))

    def _tries(self, item: Any) -> Sequence[Any]:
        response = self._store(item).read().response
        return response.tries if response else ()

    def _exercise(self, item: Any) -> Exercise:
        return Exercise(self._face(item), self._store(item), item if self.finished else None)

    def _entry(self, item: Any) -> dict[str, Any]:
        number = list(self._items).index(item.id) + 1
        title = self._words["question_n"].format(n=number)
        note = item.title[self._lang] if self.finished else ""
        return {**super()._entry(item), "title": title, "note": note}

    def _state(self, item: Any) -> str:
        state = super()._state(item)
        if self.finished:
            return "done" if self._tries(item)[0].fraction >= DONE else "review"
        return "answered" if state else ""

    def _tell(self) -> None:
        self.view.closing = not self.finished
        if self.finished:
            right = sum(self._tries(item)[0].fraction >= DONE for item in self._items.values())
            self.view.told = self._words["result"].format(right=right, all=len(self._items))

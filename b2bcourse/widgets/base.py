"""What the views of all kinds share: their traits, and the modules and styles that a page loads.

A page needs the shared module and the module of each kind once, not with every exercise, and so it
does what either says: each lies in a model of its own, and a view only names the two that it wants.
What is sent was built from the files beside this module (``make browser``).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import anywidget
import ipywidgets
import traitlets

from b2bcourse.widgets.words import own_words, words

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

PROTOCOL: Final = 2
"""What browser and kernel say to each other; counted up when either could misread the other.

A message that names none comes from a page of before there were numbers, and is of the first.
"""

_BUILT: Final = Path(__file__).parent / "built"
_COMMON: Final = "common"


@cache
def _text(name: str) -> str:
    return (_BUILT / name).read_text(encoding="utf-8")


class Source(ipywidgets.Widget):
    """A module, its style sheet and its words, packed; ``key`` tells one such text from another."""

    key = traitlets.Unicode().tag(sync=True)
    packed = traitlets.Bytes().tag(sync=True)


@cache
def _packed(name: str, lang: Lang) -> tuple[str, bytes]:
    """What tells a module from any other, and the module with its style and words in a language."""
    said = words(lang) if name == _COMMON else own_words(lang, name)
    parts = {"code": _text(f"{name}.js"), "style": _text(f"{name}.css"), "words": said}
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16], zlib.compress(text.encode(), 9)


_sources: Final[dict[tuple[str, Lang], Source]] = {}


def _reference(name: str, lang: Lang) -> str:
    """The model in which this kernel offers a module, as a page asks for it."""
    source = _sources.get((name, lang))
    if source is None or source.comm is None:  # none yet, or somebody closed all widgets
        key, packed = _packed(name, lang)
        _sources[name, lang] = source = Source(key=key, packed=packed)
    return f"IPY_MODEL_{source.model_id}"


class CourseView(anywidget.AnyWidget):
    """A view whose module is ``source``: the name of the files beside this module.

    It speaks the language of its trait ``lang``, or else of its ``face``.
    """

    source: ClassVar[str]

    _esm = _text("loader.js")

    common = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        lang = traits["lang"] if "lang" in traits else traits["face"]["lang"]
        common, kind = (_reference(name, lang) for name in (_COMMON, self.source))
        super().__init__(common=common, kind=kind, **traits)


class KindView(CourseView):
    """Shows a face and edits a response; what happens to a response is `Exercise`'s business."""

    face = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    mode = traitlets.Enum(["practice", "answer", "preview"]).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    record = traitlets.List(traitlets.Dict()).tag(sync=True)  # the case, where it stands far above
    place = traitlets.Unicode("").tag(sync=True)  # whose answer it is, and where it lies
    offer = traitlets.Dict().tag(sync=True)  # a version set aside that can be put back
    feedback = traitlets.Dict().tag(sync=True)  # a verdict to begin with, as after Check

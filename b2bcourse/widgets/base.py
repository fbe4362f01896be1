"""What the views of all kinds share: traits, and one module and one style sheet for anywidget."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import anywidget
import traitlets

PROTOCOL: Final = 1
"""What browser and kernel say to each other; counted up when either could misread the other.

A message that names none comes from a page of before there were numbers, and is of the first.
"""

_HERE: Final = Path(__file__).parent
_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./common\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(
    r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE
)


class KindView(anywidget.AnyWidget):
    """Shows a face and edits a response; what happens to a response is `Exercise`'s business.

    A kind's view is a subclass with ``_esm, _css = assets(kind)``.
    """

    face = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    mode = traitlets.Enum(["practice", "answer", "preview"]).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    place = traitlets.Unicode("").tag(sync=True)  # whose answer it is, and where it lies
    offer = traitlets.Dict().tag(sync=True)  # a version set aside that can be put back
    feedback = traitlets.Dict().tag(sync=True)  # a verdict to begin with, as after Check


@cache
def assets(kind: str) -> tuple[str, str]:
    """One module and one style sheet for a kind, since anywidget loads one of each.

    Args:
        kind: the name of ``<kind>.js`` and ``<kind>.css`` beside this module.

    Returns:
        The kind's module with ``common.js`` in the place of its one import, and the two style
        sheets, the shared one first.

    Raises:
        ValueError: the module does not import from ``common.js`` once, or a name it has not.
    """
    module = _inlined(_text(f"{kind}.js"), _text("common.js"))
    return module, _text("common.css") + "\n" + _text(f"{kind}.css")


def _inlined(module: str, common: str) -> str:
    found = _IMPORT.findall(module)
    if len(found) != 1:
        raise ValueError('a kind\'s module has one import { .. } from "./common.js";')
    names = [name for part in found[0].split(",") if (name := part.strip())]
    lacking = set(names) - set(_EXPORT.findall(common))
    if lacking:
        raise ValueError(f"common.js does not export {', '.join(sorted(lacking))}")
    wanted = f"{{ {', '.join(names)} }}"
    # A function of its own: what common.js does not export cannot clash with the kind's names.
    block = f"const {wanted} = (() => {{\n{_EXPORT.sub('', common)}\nreturn {wanted};\n}})();\n"
    return _IMPORT.sub(lambda _found: block, module)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")

"""Which notebook a cell stands in: most kernels run in its folder, some editors' run elsewhere.

A kernel is not told whose cell it runs. What a Jupyter server notes in ``JPY_SESSION_NAME`` may be
a parent's, or the name that a notebook had before; so it is believed only of a notebook that is
there and holds the very call that is being run.
"""

from __future__ import annotations

import os
import re
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.context import (
    MANIFEST,
    ContextError,
    code_cells,
    default_language,
    read_index,
    spoken,
)
from b2bcourse.learner.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang, Text

_DEPTH: Final = 4
_MOST: Final = 200
"""So deep, and so many notebooks, are looked into below a folder."""


class ElsewhereError(ContextError):
    """The kernel runs in another folder than the notebook's; said in the notebook's language."""

    def __init__(self, text: Text, lang: Lang) -> None:
        super().__init__(text)
        self.lang = lang


class Call(Struct, frozen=True):
    """What a cell calls: the verb, and what it is called with, if it is a text."""

    verb: str
    what: str = ""

    def is_in(self, notebook: Path) -> bool:
        """Whether a notebook has a cell that calls just this."""
        what = rf"(['\"]){re.escape(self.what)}\1" if self.what else ""
        pattern = re.compile(rf"\b{self.verb}\(\s*{what}\s*\)")
        return any(pattern.search(source) for source in code_cells(notebook))


def notebook_folder(call: Call) -> Path:
    """The folder of the notebook whose cell is being run.

    Raises:
        ElsewhereError: it is plainly not the kernel's, and cannot be known for certain.
    """
    here = Path.cwd()
    named = _named()
    if named is not None and named.parent == here:
        return here
    if named is not None and call.is_in(named) and not is_beside(here, call):
        return named.parent
    if not _in_kernel() or _belongs(here, call) or is_beside(here, call):
        return here
    found = list(_below(here, call))
    if not found and (call.verb == "figure" or next(here.glob("*.ipynb"), None)):
        return here  # nothing is kept of a figure; a notebook may not have been saved since
    raise _elsewhere(here, found)


def _named() -> Path | None:
    """The notebook that the server named, if there is such a file."""
    name = os.environ.get("JPY_SESSION_NAME", "")
    path = Path(name)
    return path if name.endswith(".ipynb") and path.is_absolute() and path.is_file() else None


def _in_kernel() -> bool:
    """Whether a notebook's kernel runs this, and no script or terminal."""
    module: Any = sys.modules.get("IPython")
    return hasattr(module and module.get_ipython(), "kernel")


def is_beside(folder: Path, call: Call) -> bool:
    """Whether a notebook in a folder has a cell that calls just this."""
    return any(call.is_in(notebook) for notebook in islice(folder.glob("*.ipynb"), _MOST))


def _belongs(here: Path, call: Call) -> bool:
    """Whether what is called is at home in a folder, whatever notebooks lie there."""
    if call.verb == "answer":
        index = read_index(here)
        authored = here.parent.parent / "items" / f"{call.what}.yaml"
        return authored.is_file() or (index is not None and call.what in index.items)
    return any((place / MANIFEST).is_file() for place in (here, *here.parents)) or bool(
        read_index(here)
    )


def _below(here: Path, call: Call) -> Iterator[Path]:
    notebooks = (
        Path(folder) / name
        for folder, folders, names in os.walk(here)
        if _goes_on(here, Path(folder), folders)
        for name in sorted(names)
        if name.endswith(".ipynb")
    )
    return (notebook for notebook in islice(notebooks, _MOST) if call.is_in(notebook))


def _goes_on(here: Path, folder: Path, folders: list[str]) -> bool:
    """Leaves out what is hidden, what is too deep, and environments."""
    deep = len(folder.relative_to(here).parts) >= _DEPTH
    keep = [name for name in folders if not name.startswith(".") and name != "node_modules"]
    folders[:] = [] if deep else sorted(keep)
    return not (folder / "pyvenv.cfg").exists()


def _elsewhere(here: Path, found: list[Path]) -> ElsewhereError:
    langs = {lang for notebook in found if (lang := spoken(notebook))}
    lang = langs.pop() if len(langs) == 1 else default_language()
    folders = {notebook.parent for notebook in found}
    if len(folders) == 1:
        there = f'"{folders.pop()}"'
        text = WORDS.elsewhere.format(here=here, notebook=found[0].name, folder=there)
    else:
        text = WORDS.elsewhere_unknown.format(here=here)
    return ElsewhereError(text, lang)

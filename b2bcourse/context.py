"""Where a notebook is: its language, its assignment and the faces that lie beside it."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import locale
import os
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.facts import LANGS, Lang, Text
from b2bcourse.facts.korean import quoted
from b2bcourse.facts.near import listed, meant
from b2bcourse.facts.reading import read_words
from b2bcourse.items import decode_face, face_hash, kind_of, load_item, look_beside
from b2bcourse.items.base import ID_PATTERN
from b2bcourse.items.one_language import folder_language
from b2bcourse.items.response import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

INDEX: Final = Path("items") / "index.json"
COURSE: Final = Path("items") / "course.json"
"""In an instructor's course folder: it says the course's language."""
_STEPS_UP: Final = 4
"""So far above a notebook its course folder may be."""

MANIFEST: Final = ".b2bcourse.json"
RETIRED: Final = "retired"
"""In the bank: what is asked nobody any more, and shown to whom it was once asked."""
"""In the root of a working copy, and nowhere else."""


_MOST_NOTEBOOKS: Final = 20
_MOST_BYTES: Final = 50_000_000
_FEW_LETTERS: Final = 20
_KOREAN: Final = 0.2
"""The share of Hangul among a Korean text's letters; terms, names and code may be in Latin ones."""


class ContextWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    bad_index: Text
    damaged: Text
    not_found: Text
    no_item: Text


WORDS: Final = read_words(__package__, ContextWords, "context")


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One face beside a notebook: its file in ``items/`` and its hash."""

    kind: str
    face: str
    hash: str


class Index(Struct, frozen=True, forbid_unknown_fields=True):
    """The context of a notebook, ``items/index.json``."""

    schema: Literal[1]
    lang: Lang
    assignment: str = ""
    items: dict[str, Entry] = {}


class _Cell(Struct):
    cell_type: str = ""
    source: str | list[str] = ""


class _Notebook(Struct):
    cells: list[_Cell] = []


class ContextError(ValueError):
    """An exercise cannot be shown here; said in both languages, with the remedy."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_index(folder: Path) -> Index | None:
    """The context that lies beside a notebook; `None` where there is none.

    Raises:
        ContextError: there is one that cannot be read.
    """
    path = folder / INDEX
    try:
        return msgspec.json.decode(path.read_bytes(), type=Index, strict=True)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ContextError(WORDS.bad_index.format(file=INDEX.as_posix(), detail=error)) from error


def language(folder: Path) -> Lang:
    """The language of the notebooks in a folder; else the reader's own, by locale.

    In a working copy a lesson may have been moved into a folder of the learner's own: then the
    nearest folder above that tells a language counts. Outside of one the notebooks in the folder
    tell by what is written in them.
    """
    for place in _upward(folder):
        with contextlib.suppress(ContextError):
            if (index := read_index(place)) is not None:
                return index.lang
    notebooks = islice(sorted(folder.glob("*.ipynb")), _MOST_NOTEBOOKS)
    found = {lang for notebook in notebooks if (lang := spoken(notebook))}
    return found.pop() if len(found) == 1 else default_language()


def spoken(notebook: Path) -> Lang | None:
    """The language in which a notebook's text is written; None where there is hardly any."""
    text = " ".join(_sources(notebook, "markdown"))
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _FEW_LETTERS:
        return None
    korean = sum("가" <= letter <= "힣" for letter in letters)
    return "ko" if korean / len(letters) > _KOREAN else "en"


def code_cells(notebook: Path) -> list[str]:
    """The sources of a notebook's cells of code; none where it cannot be read."""
    return _sources(notebook, "code")


def _sources(notebook: Path, kind: str) -> list[str]:
    try:
        if notebook.stat().st_size > _MOST_BYTES:
            return []
        cells = msgspec.json.decode(notebook.read_bytes(), type=_Notebook).cells
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return []
    return ["".join(cell.source) for cell in cells if cell.cell_type == kind]


def answers_home(folder: Path) -> Path:
    """The folder whose ``responses`` hold the practice answers of a notebook in ``folder``.

    The nearest one that has answers already, no further up than the working copy's root; else the
    notebook's own. Graded answers lie beside their notebook and nowhere else.
    """
    places = _upward(folder)
    return next((place for place in places if any((place / FOLDER).glob("*.json"))), places[0])


def second_answers(folder: Path) -> Path | None:
    """The next folder above with practice answers of its own, beside those of `answers_home`."""
    places = _upward(folder)
    found = [place for place in places if any((place / FOLDER).glob("*.json"))]
    return found[1] if len(found) > 1 else None


def _upward(folder: Path) -> list[Path]:
    """A folder and those above it within its working copy; outside of one it stands alone."""
    folder = folder.absolute()
    places = [folder, *folder.parents]
    root = next((at for at, place in enumerate(places) if (place / MANIFEST).is_file()), 0)
    return places[: root + 1]


def working_copy(folder: Path) -> Path | None:
    """The root of the working copy that a folder is in; `None` outside of one."""
    root = _upward(folder)[-1]
    return root if (root / MANIFEST).is_file() else None


def where_it_is(folder: Path) -> tuple[str, str]:
    """What tells a folder from any other, also from one that lay at the same path before.

    A working copy has a name of its own (its manifest's ``id``), wherever it is moved to; any
    other folder has its number and its path.
    """
    folder = folder.absolute()
    root = _upward(folder)[-1]
    try:
        told = msgspec.json.decode((root / MANIFEST).read_bytes())["id"]
    except (OSError, ValueError, KeyError, TypeError):
        return _number(folder), str(folder)
    return str(told), folder.relative_to(root).as_posix()


def place(path: Path) -> str:
    """Whose answer lies where, in a word that tells nobody: a browser keeps drafts by it."""
    where = where_it_is(path.parent.parent)
    return hashlib.sha256("\n".join((learner(), *where, path.name)).encode()).hexdigest()[:32]


def learner() -> str:
    """Who answers: the hub's name for the user, else the machine's; empty if there is none."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return ""


def _number(folder: Path) -> str:
    try:
        return str(folder.stat().st_ino)
    except OSError:
        return ""


def default_language(environ: dict[str, str] | None = None) -> Lang:
    """``B2BCOURSE_LANG`` or the machine's locale: Korean where it is Korean, else English."""
    asked = (environ if environ is not None else os.environ).get("B2BCOURSE_LANG", "")
    if asked in LANGS:
        return "ko" if asked == "ko" else "en"
    return "ko" if (locale.getlocale()[0] or "").lower().startswith("ko") else "en"


def released_face(folder: Path, index: Index, item: str) -> Any:
    """The face of an item of the assignment in ``folder``.

    Raises:
        ContextError: the item is not part of it, or its file is damaged.
    """
    entry = index.items.get(item)
    if entry is None:
        raise ContextError(_unknown(item, index.items))
    look_beside((folder / INDEX).parent, entry.kind)
    try:
        face = decode_face((folder / INDEX).with_name(entry.face).read_bytes())
    except (OSError, ValueError) as error:  # not there, no face, or a name that leads elsewhere
        raise ContextError(_damaged(item, str(error))) from error
    if face.id != item or face_hash(face) != entry.hash:
        raise ContextError(_damaged(item, entry.face))
    return face


def _damaged(item: str, detail: str) -> Text:
    return WORDS.damaged.format(item=item, detail=detail)


def practice_item(item: str, beside: Path | None = None) -> Any:
    """An item to practise, key included.

    Of the course's bank, a retired one too, to whom answered it once; else of an author's own bank,
    a folder of items that lies with her lessons. What the course calls by an id is never another's.

    Args:
        item: its id.
        beside: the folder of the notebook that asks; `None`: the course's bank alone.

    Raises:
        ContextError: there is no such item.
        ItemError: it is an author's own and cannot be used; the message says why.
    """
    own = own_banks(beside) if beside is not None else []
    if ID_PATTERN.fullmatch(item):
        for folder in (bank_folder(), bank_folder() / RETIRED, *own):
            if (path := folder / f"{item}.yaml").is_file():
                return load_item(path)
    known = [path.stem for folder in (*own, bank_folder()) for path in folder.glob("*.yaml")]
    raise ContextError(_unknown(item, sorted(set(known))))


BANKS: Final = ("bank", "items")
"""What a folder of an author's own items is called, beside her notebooks or above them."""


def own_banks(folder: Path) -> list[Path]:
    """The folders of an author's own items that belong to a notebook's folder, the nearest first.

    They lie beside the notebook or further up: to the root of the working copy, or to the course
    folder that holds the notebook; outside of both beside it only.
    """
    folder = folder.absolute()
    places = _upward(folder)
    if len(places) == 1:
        above = [folder, *folder.parents][:_STEPS_UP]
        course = (at for at, place in enumerate(above) if (place / COURSE).is_file())
        places = above[: next(course, 0) + 1]
    found = [place / name for place in places for name in BANKS]
    return [bank for bank in found if bank.is_dir() and next(bank.glob("*.yaml"), None)]


def bank_folder() -> Path:
    """The practice bank that ships with the package."""
    return Path(str(resources.files("b2bcourse"))) / "bank"


def source_face(folder: Path, item: str) -> Any:
    """The face of an item seen from an author's folder, to look at it before a release.

    An assignment's source lies at ``source/<assignment>/`` (or ``solutions/<lang>/<assignment>/``)
    and the items beside it, at ``items/``.

    Raises:
        ContextError: this is no author's folder, or it has no such item.
    """
    items = folder.absolute().parent.parent / "items"
    path = items / f"{item}.yaml"
    if not ID_PATTERN.fullmatch(item) or not path.is_file():
        raise ContextError(WORDS.not_found.format(item=item))
    authored = load_item(path)
    named = folder.absolute().parent.name
    lang = next((lang for lang in LANGS if lang == named), None)
    return kind_of(authored.kind).face(
        authored, lang or folder_language(items) or default_language()
    )


def _unknown(item: str, known: Iterable[str]) -> Text:
    names = list(known)
    told = listed(item, names) or "-"
    return WORDS.no_item.format(item=quoted(item), meant=meant(item, names), names=told)

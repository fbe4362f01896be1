"""Where a notebook is: its language, its assignment and the faces that lie beside it."""

from __future__ import annotations

import locale
import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.facts import LANGS, Lang, Text
from b2bcourse.items import decode_face, face_hash, kind_of, load_item
from b2bcourse.items.base import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

INDEX: Final = Path("items") / "index.json"


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
        raise ContextError(
            Text(
                ko=f"{INDEX.as_posix()} 파일을 읽을 수 없습니다({error}). 과제를 다시 받으십시오.",
                en=f"{INDEX.as_posix()} cannot be read ({error}). Fetch the assignment again.",
            )
        ) from error


def language(folder: Path) -> Lang:
    """The language of the notebooks in a folder; else the reader's own, by locale."""
    try:
        index = read_index(folder)
    except ContextError:
        index = None
    return index.lang if index else default_language()


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
    try:
        face = decode_face((folder / INDEX).with_name(entry.face).read_bytes())
    except (OSError, ValueError) as error:  # not there, no face, or a name that leads elsewhere
        raise ContextError(_damaged(item, str(error))) from error
    if face.id != item or face_hash(face) != entry.hash:
        raise ContextError(_damaged(item, entry.face))
    return face


def _damaged(item: str, detail: str) -> Text:
    return Text(
        ko=f"문제 {item}의 파일이 손상되었습니다({detail}). 과제를 다시 받으십시오. "
        "답안(responses 폴더)은 그대로 둡니다.",
        en=f"The file of item {item} is damaged ({detail}). Fetch the assignment again; "
        "your answers (folder responses) stay as they are.",
    )


def practice_item(item: str) -> Any:
    """An item of the practice bank, key included.

    Raises:
        ContextError: there is no such item.
    """
    path = bank_folder() / f"{item}.yaml"
    if not ID_PATTERN.fullmatch(item) or not path.is_file():
        raise ContextError(_unknown(item, sorted(p.stem for p in bank_folder().glob("*.yaml"))))
    return load_item(path)


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
        raise ContextError(
            Text(
                ko=f"문제 {item}: 찾을 수 없습니다. 이 노트북 옆에 items 폴더가 있어야 합니다. "
                "과제를 다시 받으십시오.",
                en=f"Item {item} was not found: a folder 'items' must lie beside this notebook. "
                "Fetch the assignment again.",
            )
        )
    authored = load_item(path)
    lang = folder.absolute().parent.name
    return kind_of(authored.kind).face(
        authored, "ko" if lang == "ko" else "en" if lang == "en" else _course_language(items)
    )


def _course_language(items: Path) -> Lang:
    try:
        course = msgspec.json.decode((items / "course.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return default_language()
    return "ko" if isinstance(course, dict) and course.get("lang") == "ko" else "en"


def _unknown(item: str, known: Iterable[str]) -> Text:
    names = ", ".join(known) or "-"
    return Text(
        ko=f"{item!r}(이)라는 문제가 여기에 없습니다. 있는 문제: {names}",
        en=f"There is no item {item!r} here. There are: {names}",
    )

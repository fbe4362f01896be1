"""Corrected keys and reasons for a course that is under way.

A course made before keeps its faces, its source and its names. Only keys whose face is unchanged
are brought; submissions, grades and what was handed out are never touched.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from b2bcourse.facts import Lang
from b2bcourse.facts.reading import read_raw
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import assignments_in, solutions_of
from b2bcourse.grading.keys import COURSE_FILE, Keys, KeysError
from b2bcourse.grading.own_names import own_assignments, own_names, under
from b2bcourse.grading.shipped import digest, shipped
from b2bcourse.grading.words import WORDS
from b2bcourse.items import ItemError, agreement, face_hash, kind_of, load_item
from b2bcourse.items.kind import Heard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.items.authored import ItemBase

_GRADE_ID: Final = re.compile(r'"grade_id"\s*:\s*"([^"]+)"')

Fate = Literal["same", "brought", "hers", "kept", "face", "bound", "broken"]
"""What becomes of an item: nothing to bring; brought; left because the instructor changed it, or
wants it kept, or it asks something else now, or would contradict another, or cannot be read."""


@dataclass(frozen=True)
class Wishes:
    """What the instructor decides about single items, by their ids in the course.

    ``take`` brings the kit's key over her own; ``keep`` leaves an item as it is.
    """

    take: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


NO_WISHES: Final = Wishes()


@dataclass(frozen=True)
class Change:
    """One item of a course beside the kit's version of it under the course's own names.

    Attributes:
        item: its id in the course.
        fate: what becomes of it.
        before: its text in the course.
        after: its text as the kit has it.
        places: the fields that differ, such as ``columns[sora].reason.ko``.
        recorded: whether it is known that ``before`` came with the kit; else it may be her own.
        said: why it cannot be read.
    """

    item: str
    fate: Fate
    before: str = ""
    after: str = ""
    places: tuple[str, ...] = ()
    recorded: bool = True
    said: str = ""


@dataclass(frozen=True)
class Plan:
    """What an update would do to a course.

    ``lacking`` are the kit's items that the course has not, ``lacking_assignments`` likewise.
    """

    course: Path
    lang: Lang
    changes: tuple[Change, ...]
    lacking: tuple[str, ...] = ()
    lacking_assignments: tuple[str, ...] = ()

    def of(self, fate: Fate) -> list[Change]:
        """The items that share a fate, in the order of their names."""
        return [change for change in self.changes if change.fate == fate]

    def graded_before(self) -> list[str]:
        """Assignments with an item whose key is brought, and graded already."""
        brought = {change.item for change in self.of("brought")}
        return [
            folder.name
            for folder in sorted((self.course / "source").glob("*/"))
            if any((self.course / "autograded").glob(f"*/{folder.name}"))
            and brought & _items_in(folder)
        ]


@dataclass
class _Sides:
    """The kit's items and a course's, read once."""

    kit: Path
    items: Path
    lang: Lang
    scratch: Path
    wishes: Wishes
    known: Mapping[str, str] = field(init=False)
    present: frozenset[str] = field(init=False)
    _loaded: dict[Path, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.known = shipped(self.items)
        self.present = frozenset(path.stem for path in self.items.glob("*.yaml"))

    def read(self, item: str, brought: frozenset[str]) -> Any:
        """An item as the course would have it once ``brought`` is brought."""
        path = (self.scratch if item in brought else self.items) / f"{item}.yaml"
        if path not in self._loaded:
            self._loaded[path] = load_item(path)
        return self._loaded[path]


def plan(folder: Path, origin: Path | None = None, wishes: Wishes = NO_WISHES) -> Plan:
    """What ``origin`` would bring into a course; nothing is written.

    Args:
        folder: the course folder.
        origin: a clone of the course's repository; default: the one this package runs from.
        wishes: what the instructor decides about single items.

    Raises:
        GradingError: ``folder`` is no course, ``origin`` has no solutions, or a wish names an item
            that the course does not have from the kit.
    """
    course = folder.absolute()
    lang = language_of(course)
    kit = solutions_of(origin, lang)
    with tempfile.TemporaryDirectory() as scratch:
        sides = _Sides(kit / "items", course / "items", lang, Path(scratch), wishes)
        found = [
            (path.stem, own_names(path.stem, sides.present))
            for path in sorted(sides.kit.glob("*.yaml"))
        ]
        pairs = [(item, name) for item, names in found for name in names]
        _refuse_unknown(wishes, {name for _, name in pairs})
        changes = sorted((_change(sides, *pair) for pair in pairs), key=lambda each: each.item)
        bound = _bound(sides, changes)
    return Plan(
        course=course,
        lang=lang,
        changes=tuple(_staying(change, bound) for change in changes),
        lacking=tuple(item for item, names in found if not names),
        lacking_assignments=_lacking_assignments(kit / lang, course / "source"),
    )


def language_of(course: Path) -> Lang:
    """The language of a course folder.

    Raises:
        GradingError: it is no course folder.
    """
    if not (course / "items" / COURSE_FILE).is_file():
        raise GradingError(
            WORDS.no_course_folder.format(folder=course, file=f"items/{COURSE_FILE}")
        )
    try:
        return Keys(course / "items").lang
    except KeysError as error:
        raise GradingError(error.text) from error


def _refuse_unknown(wishes: Wishes, ids: set[str]) -> None:
    if unknown := sorted((wishes.take | wishes.keep) - ids):
        raise GradingError(WORDS.unknown_wishes.format(items=", ".join(unknown)))


def _change(sides: _Sides, item: str, own: str) -> Change:
    """One item on both sides; one that cannot be read stays, and the others go on."""
    try:
        return _compared(sides, item, own)
    except (ItemError, OSError, UnicodeDecodeError) as error:
        return Change(own, "broken", said=str(error))


def _compared(sides: _Sides, item: str, own: str) -> Change:
    ours, theirs = sides.items / f"{own}.yaml", sides.kit / f"{item}.yaml"
    before, new = ours.read_text("utf-8"), theirs.read_text("utf-8")
    if before == new:
        return Change(own, "same", before, new)
    load_item(theirs)  # its own name stands in what it says of a mistake
    after = under(own, new, sides.present)
    written = sides.scratch / f"{own}.yaml"
    written.write_text(after, "utf-8")
    old_item, new_item = load_item(ours), load_item(written)
    places = tuple(differing(read_raw(ours), read_raw(written)))
    recorded = own in sides.known
    # Where only comments or layout differ there is no reason to write over what may be hers.
    fate = _fate(sides, own, before, after) if places else "same"
    if fate != "same" and _face(old_item, sides.lang) != _face(new_item, sides.lang):
        fate = "face"
    return Change(own, fate, before, after, places, recorded)


def _fate(sides: _Sides, own: str, before: str, after: str) -> Fate:
    known = sides.known.get(own)
    if own in sides.wishes.keep:
        return "kept"
    if own in sides.wishes.take:
        return "brought"
    if known == digest(after):
        return "same"  # the kit has nothing new; what differs is hers
    return "brought" if known in {None, digest(before)} else "hers"


def _face(item: ItemBase, lang: Lang) -> str:
    return face_hash(kind_of(item.kind).face(item, lang))


def differing(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The fields in which two items' plain data differ, such as ``columns[sora].reason.ko``."""
    if before == after:
        return
    old, new = _children(before), _children(after)
    if not old or not new:
        yield place
        return
    for name in {**old, **new}:
        yield from differing(old.get(name), new.get(name), f"{place}{name}".removeprefix("."))


def _children(raw: Any) -> dict[str, Any]:
    """What a field holds by name; nothing where it is a leaf, or a list of leaves."""
    if isinstance(raw, dict):
        return {f".{name}": value for name, value in raw.items()}
    if isinstance(raw, list) and all(isinstance(each, dict) for each in raw):
        return {f"[{_label(each, number)}]": each for number, each in enumerate(raw, 1)}
    return {}


def _label(part: dict[str, Any], number: int) -> str:
    return str(part.get("id") or part.get("benefit") or number)


def _bound(sides: _Sides, changes: Iterable[Change]) -> frozenset[str]:
    """Items whose new key does not agree with another's in the course, where rules hold them."""
    brought = frozenset(change.item for change in changes if change.fate == "brought")
    bound: frozenset[str] = frozenset()
    while brought - bound and (broken := _torn(sides, brought - bound)):
        bound |= broken
    return bound


def _torn(sides: _Sides, brought: frozenset[str]) -> frozenset[str]:
    """What must stay for the first item whose rules would no longer hold; nothing if all do."""
    for holder in sorted(sides.present):
        if _holds(sides, holder, brought) or not _holds(sides, holder, frozenset()):
            continue
        return frozenset({holder}) if holder in brought else brought & _named_by(sides, holder)
    return frozenset()


def _holds(sides: _Sides, holder: str, brought: frozenset[str]) -> bool:
    """Whether right answers to an item and to those that its rules name agree."""
    try:
        item = sides.read(holder, brought)
        others = [sides.read(name, brought) for name in agreement.wanted(item)]
    except ItemError:
        return False
    heard = all(isinstance(kind_of(other.kind), Heard) for other in others)
    return heard and not (others and agreement.disagreeing(item, others))


def _named_by(sides: _Sides, holder: str) -> frozenset[str]:
    return frozenset(agreement.wanted(sides.read(holder, frozenset())))


def _staying(change: Change, bound: frozenset[str]) -> Change:
    return replace(change, fate="bound") if change.item in bound else change


def _lacking_assignments(kit: Path, source: Path) -> tuple[str, ...]:
    present = {folder.name for folder in source.glob("*/")}
    return tuple(name for name in assignments_in(kit) if not own_assignments(name, present))


def _items_in(assignment: Path) -> set[str]:
    """The items that an assignment's notebooks grade; a notebook need not be sound for that."""
    texts = [path.read_text("utf-8", "replace") for path in assignment.glob("*.ipynb")]
    return {name for text in texts for name in _GRADE_ID.findall(text)}

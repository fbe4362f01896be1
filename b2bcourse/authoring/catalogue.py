"""Every item there is: where it is authored, where it is used, what it rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from b2bcourse.authoring import testwise
from b2bcourse.authoring.cells import called
from b2bcourse.authoring.guessing import Guessed, guessed, means
from b2bcourse.context import bank_folder
from b2bcourse.course_files import course_root, solutions_root
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.facts.text import LANGS
from b2bcourse.items import ItemError, agreement, kind_of, load_bank, load_item
from b2bcourse.items.base import check_id
from b2bcourse.items.choice import ChoiceItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from b2bcourse.facts.text import Lang
    from b2bcourse.items.authored import ItemBase


def find_item(item: str) -> Any:
    """The authored item of that id, from the practice bank or the graded items.

    Raises:
        ItemError: there is none; the message says where it was looked for.
    """
    folders = own_folders()
    for folder in folders:
        path = folder / f"{check_id(item)}.yaml"
        if path.is_file():
            return load_item(path)
    looked = ", ".join(str(folder) for folder in folders)
    raise ItemError(f"no item {item!r} in {looked}; give its file with --key")


def catalogue() -> list[dict[str, Any]]:
    """Every item with kind, form, level, where it is used and the facts it rests on."""
    used = _uses()
    return [
        {
            "id": item.id,
            "kind": item.kind,
            "form": getattr(item, "form", ""),
            "level": item.level,
            "graded": folder != bank_folder(),
            "used_in": sorted(used.get(item.id, ())),
            "facts": list(item.rests_on),
        }
        for folder in own_folders()
        for item in load_bank(folder).values()
    ]


def guesses() -> tuple[list[Guessed], dict[str, dict[str, float]]]:
    """What guessing earns on every item, and its mean over each lesson and assignment."""
    found = [
        one
        for folder in own_folders()
        for bank in (load_bank(folder),)
        for item in bank.values()
        if (one := guessed(item, others=_held_against(item, bank))) is not None
    ]
    by_id = {one.item: one for one in found}
    groups: dict[str, list[Guessed]] = {}
    for item, notebooks in _uses().items():
        for notebook in notebooks:
            if item in by_id:
                groups.setdefault(notebook, []).append(by_id[item])
    return found, means(dict(sorted(groups.items())))


class Testwise(Struct, frozen=True):
    """What test-wise guessers earn, in one language: see `testwise`.

    ``singles`` is over all single choices, ``several`` by item, ``assignments`` and ``tests`` by
    name and way; ``chance`` is what a blind guess earns of each test.
    """

    singles: list[testwise.Earned]
    several: dict[str, float]
    assignments: dict[str, dict[str, float]]
    tests: dict[str, dict[str, float]]
    chance: dict[str, float]


def wise_guesses(found: Iterable[Guessed]) -> dict[str, Testwise]:
    """What every test-wise way of guessing earns, by language.

    Args:
        found: what blind guesses earn: see `guesses`.
    """
    items = {name: item for folder in own_folders() for name, item in load_bank(folder).items()}
    blind = {one.item: one.earned["random"] for one in found}
    choices = [item for item in items.values() if isinstance(item, ChoiceItem)]
    assignments, tests = _points(), _tests()
    return {
        lang: Testwise(
            singles=testwise.table(choices, lang),
            several=testwise.sounding_good(choices, lang),
            assignments=_by_way(assignments, items, blind, lang),
            tests=_by_way(tests, items, blind, lang),
            chance={
                name: sum(blind[item] for item in asked) / len(asked)
                for name, asked in tests.items()
            },
        )
        for lang in LANGS
    }


def _by_way(
    groups: Mapping[str, Mapping[str, float]],
    items: Mapping[str, Any],
    blind: Mapping[str, float],
    lang: Lang,
) -> dict[str, dict[str, float]]:
    return {name: testwise.of_points(points, items, blind, lang) for name, points in groups.items()}


def _points() -> dict[str, dict[str, float]]:
    """The points of every graded cell, by assignment and item; both languages have the same."""
    found: dict[str, dict[str, float]] = {}
    for path in _notebooks():
        for cell in json.loads(path.read_bytes())["cells"]:
            graded = cell.get("metadata", {}).get("nbgrader", {})
            if graded.get("grade") and graded.get("points"):
                found.setdefault(path.stem, {})[graded["grade_id"]] = float(graded["points"])
    return dict(sorted(found.items()))


def _tests() -> dict[str, dict[str, float]]:
    """The items of the tests that show a gain, by test; each counts alike."""
    names = sorted({argument for verb, argument in _calls() if verb == "test"})
    return {name: dict.fromkeys(_items_of("test", name), 1.0) for name in names}


def _calls() -> Iterator[tuple[str, str]]:
    """Every call that a cell of the course makes: the verb and its argument."""
    for path in _notebooks():
        for cell in json.loads(path.read_bytes())["cells"]:
            call = called("".join(cell["source"]))
            if call:
                yield call


def _held_against(item: ItemBase, bank: dict[str, ItemBase]) -> list[Any]:
    if not hasattr(item, "consistent"):
        return []
    return [bank[name] for name in agreement.wanted(kind_of(item.kind).key(item)) if name in bank]


def own_folders() -> list[Path]:
    """The folders of the items that the course ships."""
    solutions = solutions_root()
    return [bank_folder(), *([solutions / "items"] if solutions else [])]


def _uses() -> dict[str, set[str]]:
    """Item ids to the notebooks that call for them; an essay's cell is called after its item."""
    used: dict[str, set[str]] = {}
    for path in _notebooks():
        for cell in json.loads(path.read_bytes())["cells"]:
            essay = cell.get("metadata", {}).get("nbgrader", {})
            call = called("".join(cell["source"]))
            names = set(_items_of(*call)) if call else set()
            names |= {essay["grade_id"]} if essay.get("grade") else set()
            for name in names:
                used.setdefault(name, set()).add(path.stem)
    return used


def _items_of(verb: str, argument: str) -> Iterable[str]:
    """The items behind a call: the one it names, a lesson's further practice, or a test."""
    if verb == "more":
        return (item for lesson in lessons() if lesson.id == argument for item in lesson.more)
    if verb == "test" and argument in ("pre", "post"):
        return form(gains(), "pre" if argument == "pre" else "post")
    return (argument,)


def _notebooks() -> Iterator[Path]:
    for folder in ("notebooks", "exercises"):
        yield from sorted((course_root() / folder).rglob("*.ipynb"))

"""Agreement between a student's answers: what one says must fit what another said.

An item declares ``consistent``: rules that each name another item. So much of its points as
``agreement`` says is for agreeing with the student's own answer there, right or wrong; the rest is
for being right. People are the same in both items by the ids that their author gave them, which
only keys carry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from b2bcourse.facts import LANGS, Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_words
from b2bcourse.items import kind_of
from b2bcourse.items.base import AGREEMENT, Outcome, Part, Verdict, clamp
from b2bcourse.items.kind import Heard
from b2bcourse.items.said import Marks, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import Sample

MOST: Final = 0.4
"""The most of an item's points that may be for agreement."""

MANY: Final = 0.75
"""A person may have an interest in so many of the benefits; more tell nothing of anybody."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that must fit the answer to another item.

    Of ``place`` and ``category``: who lies in ``place`` here must be those whom the other answer
    puts to ``category``. Of ``card`` and ``category``: the place of ``card`` here is a person, and
    must be one whom the other answer puts there. Of ``first`` and ``then``: whom the other answer
    puts to ``first`` must stand before whom it puts to ``then``. Of none: each person's place here
    must be one that the other answer gives the person, by the same id.

    ``conflict`` is told where they do not fit, with ``{here}`` and ``{said}`` (and ``{person}``),
    or ``{first}`` and ``{then}``; ``reason`` says, in practice, why they should.
    """

    item: str
    conflict: Text
    reason: Text
    place: str = ""
    card: str = ""
    category: str = ""
    first: str = ""
    then: str = ""

    @property
    def shape(self) -> str:
        """Which of its fields are given, such as ``"place category"``."""
        fields = ("place", "card", "category", "first", "then")
        return " ".join(name for name in fields if getattr(self, name))


class Mine(Struct, frozen=True):
    """This answer, in its author's ids.

    ``marks`` are where each person lies, with nothing for one who lies nowhere; ``chosen`` are, by
    card, the persons it was given; ``order`` are the persons as they stand. Of ``people`` something
    is asked. ``names`` name the places.
    """

    marks: Marks = {}
    chosen: Marks = {}
    order: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    names: dict[str, Text] = {}
    choices: int = 0


class Held(Struct, frozen=True):
    """How far one rule is kept, from 0 to 1, and the sentences that say where it is not."""

    share: float
    told: tuple[Text, ...] = ()


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of this module."""

    nobody: Text
    nothing: Text
    no_answer: Text
    too_many: Text
    no_pair: Text


WORDS: Final = read_words(__package__, Words, "agreement")


def wanted(key: Any) -> tuple[str, ...]:
    """The ids of the items that an item is held against; of most items none.

    Args:
        key: the key of an item of any kind.
    """
    return tuple(dict.fromkeys(rule.item for rule in getattr(key, "consistent", ())))


def context(items: Iterable[ItemBase], values: Mapping[str, Any]) -> dict[str, Said]:
    """What `score` needs to know of a student's other answers.

    Args:
        items: the authored items that are `wanted`.
        values: the values of the student's responses, by item; one that cannot be read is absent.
    """
    found = {}
    for item in items:
        kind = kind_of(item.kind)
        if not isinstance(kind, Heard):
            raise TypeError(f"nothing can be held against a {item.kind}: {item.id}")
        said = kind.said(item, values.get(item.id, {}))
        found[item.id] = said if item.id in values else replace(said, marks=None)
    return found


def model_context(items: Sequence[ItemBase]) -> dict[str, Said]:
    """The context of somebody who has answered all other items rightly."""
    values = {}
    for item in items:
        kind = kind_of(item.kind)
        values[item.id] = kind.model_answer(kind.face(item, "en"), kind.key(item))
    return context(items, values)


def disagreeing(item: ItemBase, others: Sequence[ItemBase]) -> list[int]:
    """Which rules of an item, from 0, who answers it and the others rightly does not keep."""
    kind, known = kind_of(item.kind), model_context(others)
    face, key = kind.face(item, "en"), kind.key(item)
    outcome = kind.score(face, key, kind.model_answer(face, key), known)
    judged_here = (part for part in outcome.parts if part.id.startswith(AGREEMENT))
    return [
        int(part.id.removeprefix(AGREEMENT)) - 1 for part in judged_here if part.verdict != "right"
    ]


def problems(rules: Sequence[Rule], share: float, shapes: Iterable[str]) -> list[str]:
    """What is wrong with the rules of an item, as far as the item alone tells.

    Args:
        rules: what the item declares.
        share: how much of its points is for agreement.
        shapes: the combinations of fields that the item's kind understands.
    """
    known = tuple(shapes)
    found = [f"agreement: {share:g}: above 0, up to {MOST:g}"] if not 0 < share <= MOST else []
    for number, rule in enumerate(rules):
        where = f"consistent[{number}]"
        if rule.shape not in known:
            names = "; ".join(name or "none of them" for name in known)
            found.append(f"{where}: of place, card, category, first, then give: {names}")
        elif lacking := _unfilled(rule):
            found.append(f"{where}, conflict: no {{{lacking}}} can be filled in here")
    return found


def _unfilled(rule: Rule) -> str:
    """A placeholder that the rule's sentence has and nothing fills."""
    fields = {"first", "then"} if "first" in rule.shape else {"here", "said"}
    fields |= set() if rule.shape else {"person"}
    try:
        rule.conflict.format(**{name: Name("x") for name in fields})
    except (KeyError, IndexError, ValueError) as error:
        return str(error).strip("'")
    return ""


def judged(outcome: Outcome, key: Any, mine: Mine, context: Mapping[str, Any] | None) -> Outcome:
    """An outcome with the share of its points that is for agreement put in.

    Args:
        outcome: what the answer is worth by itself.
        key: the item's key, with ``consistent`` and ``agreement``.
        mine: the answer.
        context: what the student said elsewhere; what is absent agrees with nothing.

    Returns:
        The outcome as it is where the item declares no rule; else with a part for each rule, and
        notes that tell which of the student's own answers contradict each other.
    """
    if not key.consistent:
        return outcome
    said = context or {}
    held = [_held(rule, mine, said.get(rule.item)) for rule in key.consistent]
    mean = sum(each.share for each in held) / len(held)
    answered = any(mine.marks.values()) or any(mine.chosen.values()) or mine.order
    notes = dict.fromkeys(note for each in held for note in each.told) if answered else ()
    return Outcome(
        fraction=clamp((1 - key.agreement) * outcome.fraction + key.agreement * mean),
        parts=(*outcome.parts, *_parts(held, answered=bool(answered))),
        notes=(*outcome.notes, *notes),
    )


def without(outcome: Outcome) -> Outcome:
    """The outcome without the parts that judge agreement."""
    return replace(outcome, parts=tuple(p for p in outcome.parts if not p.id.startswith(AGREEMENT)))


def reasons(outcome: Outcome, key: Any) -> list[Text]:
    """For practice: why what does not agree should."""
    broken = {part.id for part in outcome.parts if part.verdict in {"wrong", "partly"}}
    rules = enumerate(getattr(key, "consistent", ()), 1)
    return [rule.reason for number, rule in rules if f"{AGREEMENT}{number}" in broken]


def alone(samples: Iterable[Sample], share: float) -> list[Sample]:
    """Samples with what they get with no other answer beside them."""
    return [replace(sample, fraction=sample.fraction * (1 - share)) for sample in samples]


def _parts(held: Sequence[Held], *, answered: bool) -> list[Part]:
    verdicts: dict[float, Verdict] = {0.0: "wrong" if answered else "not attempted", 1.0: "right"}
    return [
        Part(f"{AGREEMENT}{number}", verdicts.get(each.share, "partly"), each.share, 1.0)
        for number, each in enumerate(held, 1)
    ]


def _held(rule: Rule, mine: Mine, said: Said | None) -> Held:
    if said is None or said.marks is None:
        title = said.title if said else Text(rule.item, rule.item)
        return Held(0.0, (_filled(WORDS.no_answer, title=title),))
    if "first" in rule.shape:
        return _in_order(rule, mine, said)
    if rule.shape:
        return _same_people(rule, mine, said)
    return _same_places(rule, mine, said)


def _same_people(rule: Rule, mine: Mine, said: Said) -> Held:
    """Those of one place or card here against those of a category there."""
    marks = said.marks or {}
    here = mine.chosen.get(rule.card, frozenset())
    asked = frozenset(marks)
    if rule.place:
        here = frozenset(person for person, places in mine.marks.items() if rule.place in places)
        asked = frozenset(mine.marks)
    there = frozenset(p for p, places in marks.items() if rule.category in places) & asked
    if _too_many(there, len(asked)) or _too_many(here, len(asked)):
        return Held(0.0, (_filled(WORDS.too_many, title=said.title),))
    whole = here | there if rule.place else here
    share = len(here & there) / len(whole) if here and there else 0.0
    return _told(rule, share, here=_names(said, here), said=_names(said, there))


def _same_places(rule: Rule, mine: Mine, said: Said) -> Held:
    """Each person's place here against the places that the person has there."""
    marks = said.marks or {}
    shares, told = [], []
    for person, here in mine.marks.items():
        there = marks.get(person, frozenset())
        if not here and person not in mine.people:
            continue
        if _too_many(there, said.choices, MANY) or _too_many(here, mine.choices):
            shares.append(0.0)
            told.append(_filled(WORDS.too_many, title=said.title))
            continue
        shares.append(len(here & there) / len(here) if here else 0.0)
        if here and shares[-1] < 1:
            told.append(
                _filled(
                    rule.conflict,
                    person=said.names.get(person, Text(person, person)),
                    here=_listed([mine.names[place] for place in mine.names if place in here]),
                    said=_names(said, there) if there else WORDS.nothing,
                )
            )
    return Held(sum(shares) / max(1, len(shares)), tuple(dict.fromkeys(told)))


def _in_order(rule: Rule, mine: Mine, said: Said) -> Held:
    """Who must be met first, and before whom, by what was said there."""
    marks = said.marks or {}
    firsts, thens = (
        [person for person, places in marks.items() if category in places and person in mine.people]
        for category in (rule.first, rule.then)
    )
    if any(_too_many(group, len(mine.people)) for group in (firsts, thens)):
        return Held(0.0, (_filled(WORDS.too_many, title=said.title),))
    if not any(one != other for one in firsts for other in thens):
        return Held(0.0, (_filled(WORDS.no_pair, title=said.title),))
    pairs = [(one, other) for one in firsts for other in thens if one != other]
    at = {person: place for place, person in reversed(list(enumerate(mine.order)))}
    last = len(mine.order)
    kept = [(a, b) for a, b in pairs if a in at and b in at and at[a] < at[b]]
    broken = [pair for pair in pairs if pair not in kept]
    told = [
        _filled(rule.conflict, first=_names(said, [a]), then=_names(said, [b]))
        for a, b in broken
        if at.get(b, last) < at.get(a, last)
    ]
    return Held(len(kept) / len(pairs), tuple(told))


def _too_many(some: Iterable[str], of: int, most: float = 0.5) -> bool:
    """Whether so many are named that it tells nobody from anybody."""
    return len(list(some)) > max(most * of, 1)


def _told(rule: Rule, share: float, **fill: Text) -> Held:
    return Held(share, () if share == 1.0 else (_filled(rule.conflict, **fill),))


def _names(said: Said, people: Iterable[str]) -> Text:
    order = list(said.names)
    known = sorted(people, key=lambda p: order.index(p) if p in said.names else len(order))
    return _listed(said.names.get(person, Text(person, person)) for person in known)


def _listed(names: Iterable[Text]) -> Text:
    listed = list(names)
    if not listed:
        return WORDS.nobody
    return Text(*(", ".join(name[lang] for name in listed) for lang in LANGS))


def _filled(sentence: Text, **fill: Text) -> Text:
    """A sentence with names in it, in both languages; in Korean they take their particles."""
    ko, en = (
        sentence[lang].format(**{name: Name(text[lang]) for name, text in fill.items()})
        for lang in LANGS
    )
    return Text(ko, en)

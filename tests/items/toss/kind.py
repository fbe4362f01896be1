"""Toss: guess how coins fall. What a kind of item must be able to do, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.authored import ItemBase, load_as, shown_of_all, twice
from b2bcourse.items.base import FaceBase, Outcome, Part, Sample, clamp, merge_parts, short, table
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, framed
from b2bcourse.items.names import Named, find
from b2bcourse.items.secret import SecretBase
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from b2bcourse.facts import Lang
    from b2bcourse.items.base import Guess

SIDES: Final = {"heads": Text("앞", "heads"), "tails": Text("뒤", "tails")}


# ---------------------------------------------------------------- what an author writes


class Coin(Struct, frozen=True, forbid_unknown_fields=True):
    """A coin, how it fell, and why."""

    id: str
    name: Text
    fell: Literal["heads", "tails"]
    reason: Text


class TossItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A toss of several coins."""

    kind: Literal["toss"]
    coins: tuple[Coin, ...]


def load(raw: Any, where: str) -> TossItem:
    return load_as(raw, TossItem, lambda item: twice("coins", [c.id for c in item.coins]), where)


# ---------------------------------------------------------------- what a student sees, and the key


class CoinFace(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    kind: Literal["toss"] = "toss"
    coins: tuple[CoinFace, ...]


class TossKey(Struct, frozen=True):
    item: str
    fell: dict[str, str]
    reasons: dict[str, Text]


def face(item: TossItem, lang: Lang) -> Face:
    coins = tuple(CoinFace(coin.id, coin.name[lang]) for coin in item.coins)
    return Face(**shown_of_all(item, lang), coins=coins)


def key(item: TossItem) -> TossKey:
    return TossKey(
        item.id,
        {coin.id: coin.fell for coin in item.coins},
        {coin.id: coin.reason for coin in item.coins},
    )


# ---------------------------------------------------------------- an answer: {"coins": {coin: side}}


def blank(face: Face) -> dict[str, Any]:
    return {"coins": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    return {"coins": {}, **merge_parts(value, patch)}


def model_answer(face: Face, key: TossKey) -> dict[str, Any]:
    return {"coins": dict(key.fell)}


def meanings(face: Face) -> dict[str, str]:
    return {f"coin {coin.id}": coin.name for coin in face.coins}


def ids_in(value: Any) -> set[str]:
    return {f"coin {coin}" for coin in table(table(value).get("coins"))}


def clean(face: Face, raw: Any) -> tuple[dict[str, str], tuple[Text, ...]]:
    """The sides guessed in any JSON, and notes on what cannot be read."""
    notes = [] if set(table(raw)) == {"coins"} else [NOTES.bad_value]
    known = {coin.id for coin in face.coins}
    found = {}
    for coin, side in table(table(raw).get("coins")).items():
        if coin in known and side in list(SIDES):
            found[coin] = side
        else:
            notes.append(NOTES.bad_card.format(what=short(coin)))
    return found, tuple(notes)


# ---------------------------------------------------------------- what it is worth, and what is said


def score(
    face: Face, key: TossKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """A right guess earns its coin, a wrong one costs two: a coin is right half the time."""
    sides, notes = clean(face, value)
    parts = tuple(_part(coin.id, sides.get(coin.id), key) for coin in face.coins)
    earned = sum(part.earned for part in parts) / len(parts)
    return Outcome(clamp(max(0.0, earned)), parts, notes)


def _part(coin: str, side: str | None, key: TossKey) -> Part:
    if side is None:
        return Part(coin, "not attempted", 0.0, 1.0)
    return Part(coin, "right", 1.0, 1.0) if side == key.fell[coin] else Part(coin, "wrong", -2.0, 1)


def explain(
    face: Face, key: TossKey, outcome: Outcome, value: Any, again: frozenset[str] = frozenset()
) -> Feedback:
    told = judged(face, key, outcome, value)
    for part in outcome.parts:
        if part.verdict == "right":
            told.parts[part.id].lines.append(
                Line(NOTES.right[face.lang], key.reasons[part.id][face.lang])
            )
    return told


def staged(
    face: Face, key: TossKey, outcome: Outcome, value: Any, again: frozenset[str] = frozenset()
) -> Feedback:
    return judged(face, key, outcome, value)


def judged(face: Face, key: TossKey, outcome: Outcome, value: Any) -> Feedback:
    right = sum(part.verdict == "right" for part in outcome.parts)
    parts = {part.id: PartFeedback(part.verdict, []) for part in outcome.parts}
    return framed(face, outcome, f"{right} / {len(face.coins)}", "", parts=parts)


# ---------------------------------------------------------------- the same without a widget


def template(face: Face) -> str:
    rows = [f"    {coin.name!r}: ''," for coin in face.coins]
    return "\n".join([f"b2b.respond({face.id!r}, {{", *rows, "})"])


def parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    coins = [Named(coin.id, coin.name) for coin in face.coins]
    sides = [Named(side, text[face.lang], (text.ko, text.en)) for side, text in SIDES.items()]
    return {"coins": {find(coin, coins): find(side, sides) for coin, side in typed.items() if side}}


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"coins": {coin.id: value["coins"].get(coin.id) for coin in face.coins}}


# ---------------------------------------------------------------- its own first tests


def samples(item: TossItem) -> list[Sample]:
    right = dict(key(item).fell)
    first, *others = right
    less = {coin: right[coin] for coin in others}
    other_side = {"heads": "tails", "tails": "heads"}[right[first]]
    return [
        Sample("right", {"coins": right}, 1.0),
        Sample("one part missing", {"coins": less}, len(others) / len(right)),
        Sample("one wrong", {"coins": right | {first: other_side}}, 0.0),
        Sample("everything ticked", {"coins": dict.fromkeys(right, "heads")}, 0.0),
        Sample("empty", {"coins": {}}, 0.0),
        *(Sample(f"malformed {n}", value, 0.0) for n, value in enumerate(_MALFORMED)),
    ]


_MALFORMED: Final[tuple[Any, ...]] = (None, [], {"coins": {"no-coin": 1}}, {"coin": {}})


def guess(face: Face, how: Guess, rng: Random) -> dict[str, Any]:
    if how == "none":
        return blank(face)
    sides = list(SIDES)
    return {"coins": {c.id: rng.choice(sides) if how == "random" else sides[0] for c in face.coins}}


# ---------------------------------------------------------------- what would give it away


class Secret(SecretBase[Face, TossKey]):
    """What would give a toss away: besides what all kinds have, the sides in a row."""

    def spelled(self, table: dict[str, Any]) -> Iterator[Any]:
        """Sides by coin, without the field's name."""
        yield {"coins": table}

    def run_together(self, text: str, *, named: bool) -> Iterator[Any]:
        """«heads, tails, tails», beside the item's name: such words are in many files."""
        coins = [coin.id for coin in self.faces[0].coins]
        for run in _RUN.finditer(text) if named else ():
            sides = re.findall("heads|tails", run[0])
            if len(sides) == len(coins):
                yield {"coins": dict(zip(coins, sides, strict=True))}


_RUN: Final = re.compile(r"(?:heads|tails)(?:\W{1,4}(?:heads|tails))+")

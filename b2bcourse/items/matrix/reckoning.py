"""How the points of a matrix come about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.matrix.score import HEAD_SHARE
from b2bcourse.items.reckoning import Reckoning, number

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome
    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.matrix.key import MatrixKey

_HEAD: Final = "/head"
_LACKING: Final = frozenset({"missed", "not attempted"})


class MatrixReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    cells: Text
    levels: Text
    cells_formula: Text
    cells_rule: Text
    levels_rule: Text
    names: Text
    names_rule: Text
    both: Text
    both_rule: Text


WORDS: Final = read_words(__package__, MatrixReckoning, "reckoning")


def reckon(face: Face, key: MatrixKey, outcome: Outcome, value: Any) -> Reckoning:
    """What was counted in a matrix, and the sum: see `reckoning.Reckoning`."""
    if face.form == "both":
        return _both(face, outcome)
    return _cells(face, outcome) if face.form == "cells" else _names(face, outcome)


def _cells(face: Face, outcome: Outcome) -> Reckoning:
    lang, counts = face.lang, _counts(outcome)
    levels = counts["partly"]
    said = WORDS.levels if levels else WORDS.cells
    rule = WORDS.cells_rule[lang]
    if face.marks > 1:
        rule = f"{rule} {WORDS.levels_rule[lang]}"
    return Reckoning(
        said=said[lang].format(**_named(counts)),
        formula=WORDS.cells_formula[lang].format(
            rows=len(face.rows), mean=number(outcome.fraction)
        ),
        rule=rule,
        missing=_missing(outcome),
    )


def _names(face: Face, outcome: Outcome) -> Reckoning:
    heads = [part for part in outcome.parts if part.id.endswith(_HEAD)]
    right = number(sum(part.earned for part in heads))
    return Reckoning(
        said=WORDS.names[face.lang].format(right=right, n=len(heads)),
        formula=f"{right} ÷ {len(heads)}",
        rule=WORDS.names_rule[face.lang],
    )


def _both(face: Face, outcome: Outcome) -> Reckoning:
    rows = len(face.rows)
    heads = sum(part.earned for part in outcome.parts if part.id.endswith(_HEAD))
    cells = (outcome.fraction * rows - HEAD_SHARE * heads) / (1 - HEAD_SHARE)
    names, marked = number(heads), number(max(0.0, cells))
    shares = number(HEAD_SHARE), number(1 - HEAD_SHARE)
    return Reckoning(
        said=WORDS.both[face.lang].format(right=names, n=rows, cells=marked),
        formula=f"({names} × {shares[0]} + {marked} × {shares[1]}) ÷ {rows}",
        rule=WORDS.both_rule[face.lang].format(name=shares[0], cells=shares[1]),
        missing=_missing(outcome),
    )


def _counts(outcome: Outcome) -> Counter[str]:
    return Counter(part.verdict for part in outcome.parts)


def _named(counts: Counter[str]) -> dict[str, int]:
    missed = counts["missed"] + counts["not attempted"]
    return {
        "right": counts["right"],
        "levels": counts["partly"],
        "wrong": counts["wrong"],
        "missed": missed,
    }


def _missing(outcome: Outcome) -> dict[str, int]:
    """How many marks a row lacks; a row that was left empty lacks all of them."""
    rows = (
        part.id.partition("/")[0]
        for part in outcome.parts
        if part.verdict in _LACKING and not part.id.endswith(_HEAD)
    )
    return dict(Counter(rows))

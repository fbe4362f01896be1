"""What the rows of one question say, kind by kind: options, cards, criteria."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.authoring.sheets.drafts import Draft, Ids, Said, said_in
from b2bcourse.authoring.sheets.signs import meant_by, sign
from b2bcourse.authoring.sheets.words import WORDS
from b2bcourse.items.names import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bcourse.authoring.sheets.block import Block
    from b2bcourse.authoring.sheets.faults import Faults

    Before = Mapping[str, Any]

HALF: Final = 0.5
"""What an option earns that is half right, where one is to be chosen."""

_SEPARATORS: Final = re.compile(r"\s*[;\n]\s*")
_NUMBER: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:%|점|번)?(?=\D|$)\s*[:.)]?\s*(.*)", re.DOTALL)
_WORDS: Final = re.compile(r"(\d+)\D+(\d+)")


def _rows(block: Block, faults: Faults) -> list[int]:
    """The rows that hold an option; what stands beside an empty one is told."""
    label = WORDS.questions["text"][faults.lang]
    rows = [row for row in block.rows if block.line(row, "text")]
    for row in block.rows:
        beside = [n for n in ("answer", "reason", "again") if block.at(row, n)]
        if row not in rows and beside:
            faults.error(block.place(row, "text"), "no_text", label=label)
    if not rows:
        faults.error(block.place(block.row, "text"), "no_options", label=label)
    return rows


def _known(before: Before, lang: str, text: str, *lists: str) -> list[tuple[str, str]]:
    entries = [entry for name in lists for entry in before.get(name, ())]
    return [(said_in(e.get(text), lang), str(e["id"])) for e in entries if "id" in e]  # type: ignore[arg-type]


def _entry(
    draft: Draft, block: Block, row: int, path: str, ids: Ids, text: str = "text"
) -> dict[str, Any]:
    """What options and cards share: an id, a text, a reason."""
    said = block.line(row, "text")
    draft.places[path] = block.place(row, "text")
    draft.places[f"{path}.reason"] = block.place(row, "reason")
    return {"id": ids.of(said), text: Said(said), "reason": Said(block.line(row, "reason"))}


def choose(draft: Draft, block: Block, before: Before, faults: Faults, *, several: bool) -> None:
    """The options of a choice: what is right, what costs nothing, and why."""
    ids = Ids("o", _known(before, faults.lang, "text", "options"))
    draft.raw |= {"several": several, "options": []}
    _keep(draft, before, "keep_order")
    draft.places["options"] = block.place(block.row, "text")
    for row in _rows(block, faults):
        path = f"options[{len(draft.raw['options'])}]"
        entry = _entry(draft, block, row, path, ids)
        verdict = _verdict(block, row, faults)
        entry["verdict"] = verdict
        if verdict == "accepted" and not several:
            entry["part"] = HALF
        if again := block.line(row, "again"):
            entry["misconception"] = Said(again)
        draft.raw["options"].append(entry)


_VERDICTS: Final = {"primary": "right", "secondary": "accepted", "none": "wrong"}


def _verdict(block: Block, row: int, faults: Faults) -> str:
    said = block.line(row, "answer")
    meaning, rest = meant_by(said, faults.lang)
    if not said:
        return "wrong"
    if meaning in _VERDICTS and not rest:
        return _VERDICTS[meaning]
    how = _how("choice", faults)
    faults.error(block.place(row, "answer"), "bad_answer", said=said, how=how)
    return "wrong"


def _how(kind: str, faults: Faults) -> str:
    signs = {name: sign(name, faults.lang) for name in ("primary", "secondary", "none")}
    return WORDS.faults[f"how_{kind}"][faults.lang].format(**signs)


def _keep(draft: Draft, before: Before, *names: str) -> None:
    """What an item has beside what a sheet says of it, and keeps."""
    draft.raw |= {name: before[name] for name in names if name in before}


def order(draft: Draft, block: Block, before: Before, faults: Faults, *, mode: str) -> None:
    """The cards of an ordering: by number, or from top to bottom."""
    ids = Ids("c", _known(before, faults.lang, "text", "cards", "decoys"))
    draft.raw |= {"mode": mode, "cards": [], "order": [], "decoys": []}
    draft.places["order"] = draft.places["cards"] = block.place(block.row, "text")
    numbered: list[tuple[int, str, int]] = []
    for row in _rows(block, faults):
        number = _number(block, row, faults)
        field = "decoys" if number is None else "cards"
        entry = _entry(draft, block, row, f"{field}[{len(draft.raw[field])}]", ids)
        draft.raw[field].append(entry)
        if number is not None:
            numbered.append((number, entry["id"], row))
    _tell_numbers(block, numbered, faults)
    draft.raw["order"] = [name for _, name, _ in sorted(numbered, key=lambda each: each[0])]


def _number(block: Block, row: int, faults: Faults) -> int | None:
    """A card's number; 0 where none is given, `None` for a card that belongs nowhere."""
    said = block.line(row, "answer")
    if not said:
        return 0
    found = _NUMBER.fullmatch(said)
    if found and not found[2] and float(found[1]).is_integer() and float(found[1]) >= 1:
        return int(float(found[1]))
    if meant_by(said, faults.lang) == ("none", ""):
        return None
    faults.error(block.place(row, "answer"), "bad_answer", said=said, how=_how("order", faults))
    return 0


def _tell_numbers(block: Block, numbered: list[tuple[int, str, int]], faults: Faults) -> None:
    numbers = [number for number, _, _ in numbered]
    if any(numbers) and sorted(numbers) != list(range(1, len(numbers) + 1)):
        wrong = next(
            (row, n)
            for at, (n, _, row) in enumerate(numbered)
            if n in numbers[:at] or not 1 <= n <= len(numbers)
        )
        said = wrong[1] or "-"
        faults.error(block.place(wrong[0], "answer"), "numbers", said=said)


def match(draft: Draft, block: Block, before: Before, faults: Faults) -> None:
    """The cards of a matching, and the categories that they are put to."""
    lang = faults.lang
    ids = Ids("c", _known(before, lang, "text", "cards"))
    names = Ids("g", _known(before, lang, "name", "categories"))
    heading, place = block.first("heading")
    draft.raw["heading"] = Said(heading or draft.raw["title"])
    draft.places |= {"heading": place, "categories": block.place(block.row, "answer")}
    draft.places["cards"] = block.place(block.row, "text")
    categories: dict[str, dict[str, Any]] = {}
    cards: list[dict[str, Any]] = []
    for row in _rows(block, faults):
        path = f"cards[{len(cards)}]"
        entry = _entry(draft, block, row, path, ids)
        draft.places[f"{path}.required"] = block.place(row, "answer")
        entry["required"] = _categories(draft, block, row, categories, names, faults)
        cards.append(entry)
    several = any(len(card["required"]) > 1 for card in cards)
    draft.raw |= {"several": several, "categories": [*categories.values()], "cards": cards}


def _categories(
    draft: Draft,
    block: Block,
    row: int,
    known: dict[str, dict[str, Any]],
    names: Ids,
    faults: Faults,
) -> list[str]:
    """The categories of one card; several are written in lines, or with ; between."""
    said = block.at(row, "answer")
    if not said or meant_by(said, faults.lang) == ("none", ""):
        if not said:
            label = WORDS.questions["answer"][faults.lang]
            faults.error(block.place(row, "answer"), "empty", said=label)
        return []
    found = []
    for name in _SEPARATORS.split(said):
        plain = plain_name(name)
        if plain not in known:
            draft.places[f"categories[{len(known)}]"] = block.place(row, "answer")
            known[plain] = {"id": names.of(name), "name": Said(name)}
        found.append(known[plain]["id"])
    return found


def essay(draft: Draft, block: Block, before: Before, faults: Faults) -> None:
    """An essay's length, criteria with their shares and levels, model and notes."""
    said, place = block.first("words")
    limits = _WORDS.search(said)
    if not limits:
        faults.error(place, "bad_words", said=said)
    low, high = (int(limits[1]), int(limits[2])) if limits else (1, 1)
    draft.raw["words"] = {"min": low, "max": high}
    draft.places["words"] = place
    draft.raw["rubric"] = _rubric(draft, block, before, faults)
    draft.places["rubric"] = block.place(block.row, "answer")
    for field, name in (("grader_notes", "notes"), ("model", "model")):
        text, where = _paragraphs(block, name)
        draft.raw[field] = Said(text)
        draft.places[field] = where
    if not draft.raw["model"]:
        label = WORDS.questions["model"][faults.lang]
        faults.error(draft.places["model"], "empty", said=label)
    _keep(draft, before, "self_assessed")


def _paragraphs(block: Block, name: str) -> tuple[str, Any]:
    lines = block.lines(name)
    where = lines[0][1] if lines else block.place(block.row, name)
    return "\n".join(line for line, _ in lines), where


def _rubric(draft: Draft, block: Block, before: Before, faults: Faults) -> list[dict[str, Any]]:
    ids = Ids("k", _known(before, faults.lang, "criterion", "rubric"))
    criteria: list[dict[str, Any]] = []
    shares: list[float] = []
    for row in _rows(block, faults):
        path = f"rubric[{len(criteria)}]"
        said = block.line(row, "text")
        share = _share(block, row, faults)
        draft.places[path] = block.place(row, "text")
        draft.places[f"{path}.points_share"] = block.place(row, "answer")
        draft.places[f"{path}.levels"] = block.place(row, "reason")
        shares.append(share)
        levels = _levels(block, row, faults)
        criteria.append({"id": ids.of(said), "criterion": Said(said), "levels": levels})
    whole = 1.0 if math.isclose(sum(shares), 1.0, abs_tol=1e-6) else 100.0
    for criterion, share in zip(criteria, shares, strict=True):
        criterion["points_share"] = round(share / whole, 9)
    return criteria


def _share(block: Block, row: int, faults: Faults) -> float:
    said = block.line(row, "answer")
    found = _NUMBER.fullmatch(said)
    if found and not found[2]:
        return float(found[1])
    how = WORDS.faults["how_share"][faults.lang]
    faults.error(block.place(row, "answer"), "bad_answer", said=said or "-", how=how)
    return 0.0


def _levels(block: Block, row: int, faults: Faults) -> list[dict[str, Any]]:
    """A criterion's levels, a line each: its points, then what it looks like."""
    found = []
    for line in filter(None, block.at(row, "reason").split("\n")):
        parts = _NUMBER.fullmatch(line)
        if not parts or not parts[2]:
            faults.error(block.place(row, "reason"), "no_level", said=line[:20])
            continue
        found.append((float(parts[1]), Said(parts[2])))
    whole = 100.0 if any(points > 1 for points, _ in found) else 1.0
    return [{"share": round(points / whole, 9), "text": text} for points, text in found]


BODIES: Final[dict[str, Callable[[Draft, Block, Before, Faults], None]]] = {
    "one": lambda *given: choose(*given, several=False),
    "all": lambda *given: choose(*given, several=True),
    "order": lambda *given: order(*given, mode="sequence"),
    "cycle": lambda *given: order(*given, mode="cycle"),
    "match": match,
    "essay": essay,
}
"""How the rows of each kind are taken, by the name of its label."""

"""What stands in the rows of a workbook, made from items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.authoring.sheets.drafts import lines_in, said_in
from b2bcourse.authoring.sheets.questions import NO_STORY
from b2bcourse.authoring.sheets.signs import sign
from b2bcourse.authoring.sheets.words import MARKS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from b2bcourse.facts import Lang

Row = dict[str, str]
"""A row by the names of its columns."""


class StoryRows(Struct, frozen=True):
    """The sheet of the story, and the story itself, which items share."""

    rows: list[list[str]]
    case: list[str]


def story_rows(raws: list[dict[str, Any]], matrix: dict[str, Any] | None, lang: Lang) -> StoryRows:
    """Labels and what they say: of the matrix, and of all items."""
    cases = [lines_in(raw.get("case"), lang) for raw in raws]
    case = cases[raws.index(matrix)] if matrix else next(filter(None, cases), [])
    told = [("case", line) for line in case] or [("case", "")]
    if matrix:
        told = [*_of_matrix(matrix, lang), *told, *_lists(matrix, lang)]
    told += [("source", raws[0].get("source", ""))]
    return StoryRows([[WORDS.story[name][lang], said] for name, said in told], case)


def _of_matrix(raw: dict[str, Any], lang: Lang) -> Iterator[tuple[str, str]]:
    yield "id", raw["id"]
    yield "title", said_in(raw["title"], lang)
    yield "task", said_in(raw["task"], lang)
    yield "form", WORDS.forms[raw["form"]][lang]
    if "level" in raw:
        yield "level", WORDS.levels[raw["level"]][lang]
    if raw.get("marks", 1) != 1:
        yield "marks", str(raw["marks"])
    if raw.get("mark_means"):
        yield "mark_means", said_in(raw["mark_means"], lang)


def _lists(raw: dict[str, Any], lang: Lang) -> Iterator[tuple[str, str]]:
    yield from (("hint", said_in(hint, lang)) for hint in raw.get("hints", ()))
    for name in ("row_decoy", "column_decoy"):
        for decoy in raw.get(f"{name}s", ()):
            yield name, said_in(decoy.get("name"), lang)


def table_rows(raw: dict[str, Any], lang: Lang) -> list[list[str]]:
    """The table: heads, what each person watches, then a row a benefit."""
    labels = {name: text[lang] for name, text in WORDS.table.items()}
    extra = ["point", *(["card"] if any(row.get("card") for row in raw["rows"]) else [])]
    people = raw["columns"]
    corner = said_in(raw.get("corner"), lang) or labels["corner"]
    heads = [corner, *(labels[name] for name in extra)]
    heads += [said_in(each.get("name"), lang) for each in people]
    watches = [labels["looks_for"], *("" for _ in extra)]
    watches += [said_in(each.get("looks_for"), lang) for each in people]
    return [heads, watches, *(_table_row(row, extra, people, lang) for row in raw["rows"])]


def _table_row(
    row: dict[str, Any], extra: list[str], people: list[dict[str, Any]], lang: Lang
) -> list[str]:
    marked = {cell["column"]: cell for cell in row.get("members", ())}
    said = [said_in(row.get(name), lang) for name in ("name", *extra)]
    return said + [_mark(marked.get(each.get("id", "")), lang) for each in people]


def _mark(cell: dict[str, Any] | None, lang: Lang) -> str:
    if cell is None or cell["strength"] not in MARKS:
        return ""
    return f"{sign(cell['strength'], lang)} {said_in(cell.get('reason'), lang)}".strip()


def question_rows(raws: list[dict[str, Any]], case: list[str], lang: Lang) -> list[list[str]]:
    """The questions under their heads, each item's options one a row."""
    rows = [row for raw in raws for row in _question(raw, case, lang)]
    always = ("id", "kind", "title", "task", "text", "answer", "reason", "hint", "case")
    used = [n for n in WORDS.questions if n in always or any(row.get(n) for row in rows)]
    if not rows:
        return []
    return [
        [WORDS.questions[name][lang] for name in used],
        *([row.get(name, "") for name in used] for row in rows),
    ]


def _question(raw: dict[str, Any], case: list[str], lang: Lang) -> list[Row]:
    first, rows = _BODIES[raw["kind"]](raw, lang)
    own = lines_in(raw.get("case"), lang)
    first |= {
        "id": raw["id"],
        "title": said_in(raw["title"], lang),
        "task": said_in(raw["task"], lang),
        "hint": "\n".join(said_in(hint, lang) for hint in raw.get("hints", ())),
        "case": "" if own == case else "\n".join(own) or NO_STORY,
        "level": WORDS.levels[raw["level"]][lang] if "level" in raw else "",
    }
    rows = rows or [{}]
    return [first | rows[0], *rows[1:]]


_ANSWERS: Final = {"right": "primary", "accepted": "secondary", "wrong": ""}


def _choice(raw: dict[str, Any], lang: Lang) -> tuple[Row, list[Row]]:
    rows = [
        {
            "text": said_in(option["text"], lang),
            "answer": sign(name, lang) if (name := _ANSWERS[option["verdict"]]) else "",
            "reason": said_in(option["reason"], lang),
            "again": said_in(option.get("misconception"), lang),
        }
        for option in raw["options"]
    ]
    return {"kind": WORDS.kinds["all" if raw["several"] else "one"][lang]}, rows


def _ordering(raw: dict[str, Any], lang: Lang) -> tuple[Row, list[Row]]:
    place = {name: str(number) for number, name in enumerate(raw.get("order", ()), 1)}
    rows = [_card(card, place.get(card["id"], ""), lang) for card in raw["cards"]]
    rows += [_card(card, sign("none", lang), lang) for card in raw.get("decoys", ())]
    kind = "cycle" if raw.get("mode") == "cycle" else "order"
    return {"kind": WORDS.kinds[kind][lang]}, rows


def _card(card: dict[str, Any], answer: str, lang: Lang) -> Row:
    said = {name: said_in(card[name], lang) for name in ("text", "reason")}
    return said | {"answer": answer}


def _matching(raw: dict[str, Any], lang: Lang) -> tuple[Row, list[Row]]:
    names = {each["id"]: said_in(each["name"], lang) for each in raw["categories"]}
    rows = [
        _card(
            card,
            "\n".join(names.get(name, name) for name in card.get("required", ()))
            or sign("none", lang),
            lang,
        )
        for card in raw["cards"]
    ]
    return {"kind": WORDS.kinds["match"][lang], "heading": said_in(raw["heading"], lang)}, rows


def _essay(raw: dict[str, Any], lang: Lang) -> tuple[Row, list[Row]]:
    rows = [
        {
            "text": said_in(each["criterion"], lang),
            "answer": _points(each["points_share"]),
            "reason": "\n".join(
                f"{_points(level['share'])} {said_in(level['text'], lang)}"
                for level in each["levels"]
            ),
        }
        for each in raw["rubric"]
    ]
    first = {
        "kind": WORDS.kinds["essay"][lang],
        "words": f"{raw['words']['min']}~{raw['words']['max']}",
        "model": said_in(raw["model"], lang),
        "notes": said_in(raw["grader_notes"], lang),
    }
    return first, rows


def _points(share: float) -> str:
    return f"{round(share * 100, 7):g}"


_BODIES: Final[dict[str, Callable[[dict[str, Any], Lang], tuple[Row, list[Row]]]]] = {
    "choice": _choice,
    "ordering": _ordering,
    "matching": _matching,
    "essay": _essay,
}

"""Matrices to test with: those of the practice bank, and small ones made on the spot."""

import msgspec
from practice_bank import PRACTICE

from b2bcourse.facts import benefits
from b2bcourse.items import kind_of
from b2bcourse.items.matrix import face, key, load, score

BANK = {name: item for name, item in PRACTICE.items() if item.kind == "matrix"}
MATRIX = kind_of("matrix")
ALL_ROWS = " ".join(benefit.id for benefit in benefits().benefits)
ALL_PEOPLE = " ".join(member.id for member in benefits().columns)
TEXT = {"ko": "글", "en": "text"}


def text(ko, en=None):
    return {"ko": ko, "en": en or ko}


def raw(form="cells", rows=ALL_ROWS, people=ALL_PEOPLE, **more):
    """A matrix as its author's YAML would hold it; rows and people by id, or in full."""
    return {
        "schema": 1,
        "id": "made",
        "kind": "matrix",
        "form": form,
        "title": text("제목", "title"),
        "task": text("할 일", "task"),
        "rows": [{"benefit": r} for r in rows.split()] if isinstance(rows, str) else rows,
        "columns": [{"member": p} for p in people.split()] if isinstance(people, str) else people,
        **more,
    }


def made(form="cells", rows=ALL_ROWS, people=ALL_PEOPLE, **more):
    return load(raw(form, rows, people, **more), "made.yaml")


def counting_as(person, *members, name=None):
    """A person of a case who does the work of members of the facts."""
    return {
        "id": person,
        "name": text(name or person),
        "counts_as": list(members),
        "reason": text(f"{person}의 이유.", f"why {person} counts."),
    }


def marks(people):
    """``"cfo coo:2"`` as marks by person."""
    return {p.partition(":")[0]: int(p.partition(":")[2] or 1) for p in people.split()}


def outcome(item, **rows):
    """The outcome of marking people in named rows, where rows and columns are given."""
    return score(face(item, "ko"), key(item), {"cells": {r: marks(p) for r, p in rows.items()}})


def verdicts(item, **rows):
    """The verdict for each mark made or missed, as ``row/person``."""
    return {part.id: part.verdict for part in outcome(item, **rows).parts}


def plain(struct):
    """A face or key as JSON, to search in it."""
    return msgspec.json.encode(struct).decode()

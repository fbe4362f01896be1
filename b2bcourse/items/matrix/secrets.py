"""What gives a matrix away: who counts as whom, who is required in a row, which name heads it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from b2bcourse.items.matrix.face import Face
from b2bcourse.items.matrix.key import MatrixKey
from b2bcourse.items.matrix.typed import spellings
from b2bcourse.items.names import plain_name
from b2bcourse.items.secret import SecretBase, canonical, names_in, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.items.secret import Value


class Secret(SecretBase[Face, MatrixKey]):
    """What would give a matrix away."""

    also_called: ClassVar[frozenset[str]] = frozenset({"counts_as", "required"})

    @cached_property
    def spellings(self) -> frozenset[str]:
        """What the facts call the people and benefits, besides what the faces do."""
        face = self.faces[0]
        ids = [row.id for row in face.rows] + [column.id for column in face.columns]
        for choices in (face.text_columns, face.column_choices, face.row_choices):
            ids += [choice.id for choice in choices]
        return super().spellings | {plain_name(name) for each in ids for name in spellings(each)}

    def spelled(self, table: dict[str, Any]) -> Iterator[Any]:
        """Cells by row, names by slot, or lists of people by row."""
        parts = self.kind.blank(self.faces[0])
        kinds = {type(content) for content in table.values()}
        if kinds == {dict}:
            yield {**parts, "cells": table}
        elif kinds == {str}:
            yield {**parts, "rows": table}
            yield {**parts, "columns": table}
        elif kinds == {list}:
            marked = {row: dict.fromkeys(names_in(people), 1) for row, people in table.items()}
            yield {**parts, "cells": marked}

    def key_data(self, value: Value, *, named: bool) -> Iterator[str]:
        """Besides the item and its key: who counts as whom, and parts of compiled rows."""
        yield from super().key_data(value, named=named)
        if isinstance(value, dict):
            if self._tells_who(value):
                yield "who counts as whom"
            if self._is_compiled(value):
                yield "what is required"

    @cached_property
    def _people(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """The persons of the case: whom each counts as, and the names each goes by."""
        return {
            column.key_id: (
                frozenset(column.counts_as),
                frozenset({column.name.ko, column.name.en} if column.name else ()),
            )
            for column in self.item.columns
            if column.counts_as
        }

    @cached_property
    def _required(self) -> frozenset[str]:
        """Who is required in each row, as strings to compare with."""
        return frozenset(canonical(line.required) for line in self.key.lines.values())

    @cached_property
    def _heads(self) -> frozenset[str]:
        """Which name is right in each slot, as strings to compare with."""
        return frozenset(self._each_head())

    def _each_head(self) -> Iterator[str]:
        for heads in (self.key.row_heads, self.key.column_heads):
            if len(heads) > 1:
                yield canonical(msgspec.to_builtins(heads))
                yield canonical({s: next(iter(n)) for s, n in heads.items() if len(n) == 1})

    def _tells_who(self, value: dict[str, Any]) -> bool:
        """One person's entry with whom he counts as, or a table of several persons."""
        if "counts_as" in value:
            known = self._people.get(str(value.get("id")))
            if known is None or names_in(value["counts_as"]) != known[0]:
                return False
            return "name" not in value or not known[1].isdisjoint(strings_in(value["name"]))
        hits = [p for p, (whom, _) in self._people.items() if names_in(value.get(p)) == whom]
        return len(hits) > 1

    def _is_compiled(self, value: dict[str, Any]) -> bool:
        if len(value) > 1 and self._heads and canonical(value) in self._heads:
            return True
        rows = [value.get("required"), value if len(value) > 1 else None]
        return any(
            canonical(row) in self._required and not _mentioned(row).isdisjoint(self._people)
            for row in rows
            if row
        )


def _mentioned(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(k) for k in value} | {name for v in value.values() for name in _mentioned(v)}
    if isinstance(value, list | tuple | set | frozenset):
        return {name for part in value for name in _mentioned(part)}
    return {value} if isinstance(value, str) else set()

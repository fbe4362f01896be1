"""Pydantic models of the same shapes as msgspec's structs, as strict as these."""

from __future__ import annotations

import types
from functools import reduce
from operator import or_
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from pydantic import BaseModel, ConfigDict, create_model


class Twin(BaseModel):
    """Strict, frozen and closed, as the kit's structs are.

    Field names end in an underscore, for pydantic has names of its own, such as ``schema``.
    """

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.removesuffix("_"),
    )


def twin(struct: type[msgspec.Struct]) -> type[BaseModel]:
    """A pydantic model that reads what ``struct`` reads."""
    fields = {f"{f.name}_": (_twin_of(f.type), _default(f)) for f in msgspec.structs.fields(struct)}
    # A field's own type is what counts here, not how a checker reads a dictionary of them.
    return create_model(struct.__name__, __base__=Twin, **fields)  # type: ignore[call-overload,no-any-return]


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return None if field.default is msgspec.UNSET else field.default
    return ... if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _twin_of(kind: Any) -> Any:
    """``kind`` with every struct in it replaced by its twin."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return twin(kind)
    if kind is msgspec.UnsetType:  # a field that need not be there; pydantic's word is None
        return type(None)
    origin, inner = get_origin(kind), tuple(map(_twin_of, get_args(kind)))
    if origin in (None, Literal):
        return kind
    return reduce(or_, inner) if origin in (Union, types.UnionType) else origin[inner]

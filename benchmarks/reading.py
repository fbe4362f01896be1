"""Reading a response and a face: msgspec, which the kit uses, beside pydantic.

This is what the choice of the decoder rests on: every student's kernel imports it, and grading
reads one file an item and student.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any, Final

from benchmarks.measure import (
    BrokenPromiseError,
    Job,
    Report,
    Row,
    SkipBenchmark,
    fresh_python,
    saves,
    take_turns,
)

_NOTHING: Final = (None, "", [], {})
_TIMED: Final = """
import time
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""


def run(job: Job) -> Report:
    if importlib.util.find_spec("pydantic") is None:
        raise SkipBenchmark("reading needs pydantic beside the kit (pip install pydantic)")
    import msgspec

    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.response import Response, decode_response
    from benchmarks.pydantic_models import twin

    face, response = _files()
    ours = {Response: decode_response, Face: msgspec.json.Decoder(Face, strict=True).decode}
    instead = {kind: twin(kind).model_validate_json for kind in (Response, Face)}
    for kind, data in ((Response, response), (Face, face)):
        _same(ours[kind](data), instead[kind](data))
    return Report(
        rows=[
            _decode(job, "a full response", ours[Response], instead[Response], response),
            _decode(job, "the face of the largest matrix", ours[Face], instead[Face], face),
            _import(job),
        ]
    )


def _files() -> tuple[bytes, bytes]:
    """The largest matrix's face, and a full response to it, as they lie on disk."""
    from b2bcourse.context import practice_item
    from b2bcourse.items import face_bytes, face_hash, kind_of
    from b2bcourse.items.response import SCHEMA, Response, Try, encode_response

    item = practice_item("mx-both")
    kind = kind_of(item.kind)
    face = kind.face(item, "ko")
    time = "2026-11-22T05:03:11+00:00"
    response = Response(
        schema=SCHEMA,
        item=item.id,
        kind=item.kind,
        value=kind.model_answer(face, kind.key(item)),
        revision=40,
        time=time,
        face=face_hash(face),
        tries=(Try(time, 0.64), Try(time, 1.0)),
    )
    return face_bytes(face), encode_response(response)


def _told(data: Any) -> Any:
    """Data without what is nothing: a field left out and one that is empty say the same."""
    if isinstance(data, dict):
        told = {name: _told(inner) for name, inner in data.items()}
        return {name: inner for name, inner in told.items() if inner not in _NOTHING}
    return [_told(inner) for inner in data] if isinstance(data, list) else data


def _same(ours: Any, instead: Any) -> None:
    """Both decoders must have read the same."""
    import msgspec

    # Through JSON, for one says tuple where the other says list.
    read = _told(msgspec.json.decode(msgspec.json.encode(ours)))
    other = _told(msgspec.json.decode(instead.model_dump_json(by_alias=True)))
    if read != other:
        raise BrokenPromiseError(f"msgspec and pydantic read {type(ours).__name__} differently")


def _decode(
    job: Job, what: str, ours: Callable[[bytes], Any], instead: Callable[[bytes], Any], data: bytes
) -> Row:
    pairs = take_turns(
        job,
        f"decode {what}",
        partial(_microseconds, ours, data),
        partial(_microseconds, instead, data),
        job.runs(25),
    )
    size = f"{len(data) / 1000:.1f} kB"
    return saves(f"decode {what} ({size})", pairs, against="pydantic, strict", unit="µs")


def _microseconds(decode: Callable[[bytes], Any], data: bytes, times: int = 500) -> float:
    start = perf_counter()
    for _ in range(times):
        decode(data)
    return (perf_counter() - start) / times * 1e6


def _import(job: Job) -> Row:
    pairs = take_turns(
        job,
        "import decoders",
        lambda: _milliseconds("import msgspec"),
        lambda: _milliseconds("from pydantic import BaseModel"),
        job.runs(15),
    )
    return saves("import the decoder", pairs, against="pydantic", unit="ms")


def _milliseconds(code: str) -> float:
    return float(fresh_python(_TIMED.format(code=code))) * 1000

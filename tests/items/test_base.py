"""Faces and responses as files: strict, bounded, and the same bytes for the same face."""

import json

import msgspec
import pytest
from matrices import BANK, MATRIX, made, plain

from b2bcourse.items import ItemError, ResponseError, decode_face, face_bytes, face_hash
from b2bcourse.items.base import Outcome, Part, attempted, check_id, clamp
from b2bcourse.items.response import MAX_RESPONSE_BYTES, decode_response

GOOD = {
    "schema": 1,
    "item": "mx-cells",
    "kind": "matrix",
    "value": {"cells": {}},
    "revision": 2,
    "time": "2026-11-22T05:03:11+00:00",
    "face": "0" * 64,
}


def encoded(**changes):
    return json.dumps(GOOD | changes).encode()


def test_a_good_response_is_read():
    response = decode_response(encoded(tries=[{"time": "", "fraction": 0.5}]))
    assert response.item == "mx-cells"
    assert response.tries[0].fraction == 0.5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        encoded()[:-9],
        b"\xff\xfe{}",
        b"\x00" * 64,
        encoded(schema=0),
        encoded(schema="1"),
        encoded(value=[]),
        encoded(revision="2"),
        encoded(item=None),
        encoded().replace(b'"cells"', b'"\xed\xa0\x80"'),
        encoded().replace(b"{}", b"NaN"),
        encoded().replace(b"{}", b"Infinity"),
        encoded().replace(b"{}", b"[" * 100_000 + b"]" * 100_000),
        encoded().replace(b"{}", b'{"a":' * 40_000 + b"1" + b"}" * 40_000),
        encoded().replace(b"{}", b"9" * 5_000),
        encoded().replace(b"{}", b"1e999"),
        json.dumps({k: v for k, v in GOOD.items() if k != "face"}).encode(),
    ],
    ids=[
        "empty",
        "null",
        "list",
        "brace",
        "truncated",
        "UTF-16",
        "zeros",
        "schema 0",
        "schema as text",
        "value a list",
        "revision as text",
        "no item",
        "surrogate",
        "NaN",
        "Infinity",
        "100,000 brackets",
        "40,000 braces",
        "5,000 digits",
        "1e999",
        "no face",
    ],
)
def test_a_broken_response_is_told_in_both_languages(data):
    with pytest.raises(ResponseError) as told:
        decode_response(data)
    assert told.value.text.ko.startswith("답안 파일")
    assert told.value.text.en.startswith("The answer file")
    assert len(told.value.text.ko) < 300


def test_a_response_of_ten_megabytes_is_not_even_decoded():
    with pytest.raises(ResponseError, match=r"too large \(10240 KB, the limit is 256 KB\)"):
        decode_response(b" " * 10 * 1024 * 1024)
    padding = " " * (MAX_RESPONSE_BYTES - len(encoded()))
    assert decode_response(encoded() + padding.encode()).revision == 2


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_a_face_comes_back_from_its_file_as_it_was(item, lang):
    shown = MATRIX.face(item, lang)
    again = decode_face(face_bytes(shown))
    assert again == shown
    assert face_hash(again) == face_hash(shown)


def test_a_changed_face_has_another_hash():
    item = made(rows="tech quality")
    shown = MATRIX.face(item, "ko")
    other = msgspec.structs.replace(shown, task="다른 일")
    assert face_hash(shown) != face_hash(other)
    assert face_hash(shown) != face_hash(MATRIX.face(item, "en"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"kind": "matrix"}',
        b'{"kind": "puzzle"}',
        b'{"kind": "__init__"}',
        b'{"kind": 3}',
        b"\xff",
        b"[" * 100_000,
        b'{"kind": "matrix", "key": {}}',
    ],
)
def test_what_is_no_face_is_told(data):
    with pytest.raises(ItemError):
        decode_face(data)


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_a_face_holds_no_reason_and_no_hint(item, lang):
    shown = face_bytes(MATRIX.face(item, lang)).decode()
    for line in MATRIX.key(item).lines.values():
        for reason in line.reasons.values():
            assert reason[lang] not in shown
    for hint in item.hints:
        assert hint[lang] not in shown


@pytest.mark.parametrize("item", BANK.values(), ids=BANK)
def test_a_face_does_not_say_whom_a_person_counts_as(item):
    shown = plain(MATRIX.face(item, "en"))
    assert "counts_as" not in shown
    for column in item.columns:
        if column.counts_as:
            assert column.reason.en not in shown


@pytest.mark.parametrize("bad", ["", "A", "a_b", "a--b", "-a", "a-", "a/b", "..", "a\n", "가"])
def test_an_ill_formed_id_is_refused(bad):
    with pytest.raises(ItemError, match="lower-case"):
        check_id(bad)


@pytest.mark.parametrize(
    ("given", "kept"),
    [(0.5, 0.5), (-1, 0.0), (7, 1.0), (float("nan"), 0.0), (float("inf"), 0.0), (True, 1.0)],
)
def test_a_fraction_is_a_plain_float_from_nought_to_one(given, kept):
    assert clamp(given) == kept
    assert type(clamp(given)) is float


@pytest.mark.parametrize(
    ("verdicts", "tried"),
    [([], False), (["not attempted"], False), (["not attempted", "wrong"], True)],
)
def test_whoever_has_answered_anything_has_tried(verdicts, tried):
    parts = tuple(Part(str(n), verdict, 0.0, 1.0) for n, verdict in enumerate(verdicts))
    assert attempted(Outcome(fraction=0.0, parts=parts)) is tried

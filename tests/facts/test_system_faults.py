"""Why a file could not be used, in the reader's language."""

import errno
import os
import re

import msgspec
import pytest

from b2bcourse.facts.faults import WORDS, of_json, of_system


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.ELOOP, errno.EIO])
def test_what_the_system_says_is_told_in_both_languages(number):
    told = of_system(OSError(number, os.strerror(number)))
    assert re.search("[가-힣]", told.ko)
    assert not re.search("[가-힣]", told.en)
    assert os.strerror(number) not in told.ko


def test_every_error_that_is_told_is_one_of_the_systems():
    assert set(WORDS.system) <= set(errno.errorcode.values())


def test_an_error_that_is_not_known_is_called_by_its_name():
    told = of_system(OSError(errno.ENXIO, "No such device or address"))
    assert (told.ko, told.en) == ("시스템 오류 ENXIO", "system error ENXIO")


def test_an_error_without_a_number_is_told_too():
    assert of_system(OSError("?")) == WORDS.unknown


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"a": 1', WORDS.truncated),
        (b"answer", WORDS.no_json),
        (b'{"a": "\xff\xfe"}', WORDS.no_text),
        (b"[" * 100_000, WORDS.deep),
    ],
)
def test_what_is_no_json_is_told_by_what_is_wrong_with_it(data, told):
    with pytest.raises((msgspec.DecodeError, RecursionError, UnicodeDecodeError)) as raised:
        msgspec.json.decode(data)
    assert of_json(raised.value) == told


def test_a_wrong_field_is_named():
    class Shape(msgspec.Struct):
        revision: int

    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.json.decode(b'{"revision": "1"}', type=Shape)
    assert of_json(raised.value) == WORDS.field.format(field="revision")
    assert of_json(msgspec.ValidationError("Expected `object`")) == WORDS.no_object

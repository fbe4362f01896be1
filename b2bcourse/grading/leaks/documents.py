"""Going through folders and archives: every file, its text in all its disguises, its data."""

from __future__ import annotations

import ast
import gzip
import html
import io
import json
import re
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import msgspec
import yaml

from b2bcourse.items.secret import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED: Final = frozenset({".git", "__pycache__", ".ipynb_checkpoints"})
_DEPTH: Final = 4
_MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_SNIPPETS: Final = 500
_YAML: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNICODE: Final = re.compile(r"\\[uU](?:0{4})?([0-9a-fA-F]{4})")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SPACES: Final = {"n": "\n", "r": "\n", "t": " "}
_FENCED: Final = re.compile(r"^(?:```|~~~)[^\n]*\n(.*?)^(?:```|~~~)", re.DOTALL | re.MULTILINE)
_CALL: Final = re.compile(r"\brespond\(")
_MAX_ENDS: Final = 200
_OBJECT: Final = re.compile(r"\{(?=\s*[\"'])|\[(?=\s*[\"'\[{])")
_BROKEN: Final = (ValueError, RecursionError, SyntaxError, MemoryError, yaml.YAMLError)


@dataclass(frozen=True)
class Blob:
    """A file, in a folder or in an archive.

    Attributes:
        name: for people: the path, and the path within archives.
        inner: the path within the innermost place searched.
        data: its bytes.
    """

    name: str
    inner: str
    data: bytes

    @cached_property
    def text(self) -> str | None:
        """The file as text; None where it is none."""
        for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8")):
            if self.data.startswith(start):
                try:
                    return self.data.decode(encoding)
                except UnicodeDecodeError:
                    return _packed(self.data)
        return None

    @property
    def suffix(self) -> str:
        """The ending of the file's name, such as ``.json``."""
        return PurePosixPath(self.inner).suffix.lower()


def blobs(place: Path) -> Iterator[Blob]:
    """Every file of a folder or archive, archives within archives too."""
    if place.is_file():
        yield from _unpacked(Blob(place.name, place.name, place.read_bytes()), _DEPTH)
        return
    for path in sorted(place.rglob("*")):
        inner = path.relative_to(place)
        if path.is_file() and not _SKIPPED & set(inner.parts):
            blob = Blob(f"{place.name}/{inner.as_posix()}", inner.as_posix(), path.read_bytes())
            yield from _unpacked(blob, _DEPTH)


def _unpacked(blob: Blob, depth: int) -> Iterator[Blob]:
    yield blob
    if depth:
        for member in _members(blob):
            yield from _unpacked(member, depth - 1)


def _members(blob: Blob) -> Iterator[Blob]:
    """What an archive holds, by its first bytes: a leak may have any ending."""
    file = io.BytesIO(blob.data)
    try:
        if blob.data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(file) as archive:
                for info in archive.infolist():
                    if not info.is_dir() and info.file_size <= _MAX_BYTES:
                        yield _member(blob, info.filename, archive.read(info))
        elif tarfile.is_tarfile(file):
            file.seek(0)
            with tarfile.open(fileobj=file) as archive_:
                for member in archive_:
                    content = archive_.extractfile(member) if member.isfile() else None
                    if content is not None and member.size <= _MAX_BYTES:
                        yield _member(blob, member.name, content.read())
        elif blob.data.startswith(b"\x1f\x8b"):
            with gzip.open(file) as content_:
                yield _member(blob, "content", content_.read(_MAX_BYTES))
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error):
        return


def _packed(data: bytes) -> str | None:
    """A table or list in MessagePack as JSON text, so that it is searched like any other."""
    try:
        value = msgspec.msgpack.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _member(blob: Blob, name: str, data: bytes) -> Blob:
    return Blob(f"{blob.name}!{name}", name, data)


def plain_forms(text: str) -> list[str]:
    """``text`` with JSON and HTML escapes undone, once and twice."""
    once = html.unescape(unescaped(text))
    twice = html.unescape(unescaped(once))
    return [once] if twice == once else [once, twice]


def folded_forms(text: str, plain: list[str]) -> list[str]:
    """``text`` folded as it stands, and its ``plain`` forms."""
    return list(dict.fromkeys(fold(form) for form in (text, *plain)))


def unescaped(text: str) -> str:
    r"""``text`` with ``\u1234``, ``\n`` and ``\"`` undone, as in JSON or in code."""
    if "\\" not in text:
        return text
    text = _UNICODE.sub(lambda found: chr(int(found[1], 16)), text)
    return _ESCAPED.sub(lambda found: _SPACES.get(found[1], found[1]), text)


def values_in(blob: Blob, words: re.Pattern[str]) -> Iterator[dict[str, Any] | list[Any]]:
    """Every table and list in the data of a file, at any depth, also in texts within texts.

    Args:
        blob: the file.
        words: a text without any of them is not read as data.
    """
    if blob.text is not None:
        yield from _Reader(words).values_in_text(blob.text, blob.suffix, _DEPTH)


@dataclass(frozen=True)
class _Reader:
    """Reads texts as data in every way that comes to mind."""

    words: re.Pattern[str]

    def values_in_text(self, text: str, suffix: str, depth: int) -> Iterator[Any]:
        for document in self._documents(text, suffix):
            yield from self._walk(document, depth)

    def _walk(self, value: Any, depth: int) -> Iterator[Any]:
        if isinstance(value, dict):
            yield {str(name): part for name, part in value.items()}
            for part in value.values():
                yield from self._walk(part, depth)
        elif isinstance(value, list | tuple | set | frozenset):
            yield list(value)
            joined = "".join(value) if all(isinstance(part, str) for part in value) else ""
            for part in [joined] if joined and self._may_hold(joined) else value:
                yield from self._walk(part, depth)
        elif isinstance(value, str) and depth and self._may_hold(value):
            yield from self.values_in_text(value, "", depth - 1)

    def _may_hold(self, text: str) -> bool:
        return self.words.search(text) is not None

    def _documents(self, text: str, suffix: str) -> Iterator[Any]:
        """A text read as data in every way that its ending or its content suggests."""
        try:
            yield json.loads(text)
        except _BROKEN:
            pass
        else:
            return
        if suffix in {".yaml", ".yml"} or (not suffix and self._may_hold(text)):
            yield from _yaml(text)
        if suffix in {".py", ""}:
            yield from self._python(text)
        for fenced in _FENCED.findall(text):
            yield from self._documents(fenced, "")
        yield from self._snippets(text)

    def _python(self, text: str) -> Iterator[Any]:
        """The literals in a piece of Python."""
        try:
            tree = ast.parse(text)
        except _BROKEN:
            return
        nodes: list[ast.AST] = [tree]
        while nodes:
            node = nodes.pop()
            if isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
                try:
                    yield ast.literal_eval(node)
                    continue  # what is within it is looked at with it
                except _BROKEN:
                    pass
            elif self._is_told(node) and node.value != text:
                yield node.value
            nodes += ast.iter_child_nodes(node)

    def _is_told(self, node: ast.AST) -> TypeGuard[ast.Constant]:
        """A string that may hold data."""
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            return False
        return self._may_hold(node.value)

    def _snippets(self, text: str) -> Iterator[Any]:
        """JSON objects and answers as typed that stand somewhere in a text, escaped or not."""
        plain = html.unescape(unescaped(text)) if "\\" in text or "&" in text else text
        for form in {text, plain}:
            if self._may_hold(form):
                yield from _snippets_of(form)
                yield from _answers_typed_in(form)


def _yaml(text: str) -> Iterator[Any]:
    try:
        # Prose is YAML too, one string; it would only be read as itself again.
        yield from [d for d in yaml.load_all(text, Loader=_YAML) if not isinstance(d, str)]
    except _BROKEN:
        return


def _snippets_of(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)  # a line may have been broken where \\n stood
    position = 0
    for _ in range(_MAX_SNIPPETS):
        found = _OBJECT.search(text, position)
        if found is None:
            return
        position = found.end()
        try:
            value, position = decoder.raw_decode(text, found.start())
        except _BROKEN:
            continue
        yield value


def _answers_typed_in(text: str) -> Iterator[dict[str, Any]]:
    """Every ``respond("item", answer)`` in a text, as a table of item and answer."""
    for found, _ in zip(_CALL.finditer(text), range(_MAX_SNIPPETS), strict=False):
        answer = _typed_at(text, found.end() - 1)
        if answer is not None:
            yield {answer[0]: answer[1]}


def _typed_at(text: str, start: int) -> tuple[str, Any] | None:
    """The item and the answer in the brackets that open at ``start``."""
    end = start
    for _ in range(_MAX_ENDS):
        end = text.find(")", end) + 1
        if not end:
            break
        try:
            told = ast.literal_eval(text[start:end])
        except _BROKEN:
            continue
        is_answer = isinstance(told, tuple) and len(told) > 1 and isinstance(told[0], str)
        return told[:2] if is_answer else None
    return None

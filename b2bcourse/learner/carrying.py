"""What a learner wrote, as one file: taken home from one machine, brought back on another.

Nothing that lies where it is brought to is ever overwritten. Practice answers are merged as two
sets of answers are; all else that differs is put beside, under a name that says when.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.context import MANIFEST, ContextError
from b2bcourse.facts import LANGS, Lang, Text
from b2bcourse.facts.reading import read_words
from b2bcourse.learner.merging import Merged, merge_answers, merge_reviews
from b2bcourse.learner.working_copy import ASSIGNMENTS, Manifest, digest
from b2bcourse.responses import FOLDER
from b2bcourse.responses.reading import REVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL: Final = "b2bcourse.json"
_MOST_BYTES: Final = 200_000_000
_MOST_FILES: Final = 5_000
_LONGEST: Final = 240
_LEFT_BEHIND: Final = {"__pycache__", "items", "feedback"}
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


class CarryWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    nothing: Text
    no_copy: Text
    no_file: Text
    too_large: Text
    packed: Text
    brought: Text
    both: Text
    beside: Text
    left: Text
    nothing_new: Text
    title: Text
    home: Text
    take_home: Text
    take_told: Text
    take: Text
    bring: Text
    bring_told: Text
    file: Text
    bring_button: Text


WORDS: Final = read_words(__package__, CarryWords, "carrying")


class CarryError(RuntimeError):
    """A file that cannot be made or brought back, said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Label(Struct, frozen=True):
    """What tells such a file from any other archive."""

    schema: Literal[1]
    made: str


class Brought(Struct):
    """What became of a file that was brought back.

    Attributes:
        added: how many files were put where there was none.
        merged: how many practice answers were brought together with others.
        both: how many of those differed; the exercises offer the other version.
        beside: what was put beside a file that differs: its name and the new one's.
        left: what could not be brought, and why.
    """

    added: int = 0
    merged: int = 0
    both: int = 0
    beside: list[tuple[str, str]] = []
    left: list[tuple[str, Text]] = []

    def told(self, lang: Lang) -> list[str]:
        """What is said of it."""
        lines = []
        if self.added or self.merged:
            lines.append(WORDS.brought[lang].format(n=self.added + self.merged))
        if self.both:
            lines.append(WORDS.both[lang].format(n=self.both))
        lines += [WORDS.beside[lang].format(name=old, beside=new) for old, new in self.beside]
        lines += [WORDS.left[lang].format(name=name, why=why[lang]) for name, why in self.left]
        return lines or [WORDS.nothing_new[lang]]


def copies(root: Path) -> dict[Lang, Path]:
    """The working copies in a folder, or the folder itself if it is one."""
    if (root / MANIFEST).is_file() and root.name in LANGS:
        return {"ko" if root.name == "ko" else "en": root}
    return {lang: root / lang for lang in LANGS if (root / lang / MANIFEST).is_file()}


def pack(root: Path) -> bytes:
    """All that a learner wrote into her working copies: answers, changed notebooks, own files.

    Raises:
        CarryError: there is no working copy, nothing in it is hers, or it is too much.
    """
    found = copies(root)
    if not found:
        raise CarryError(WORDS.no_copy.format(folder=root))
    buffer, size, count = io.BytesIO(), 0, 0
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        label = _Label(1, datetime.now(UTC).isoformat(timespec="seconds"))
        archive.writestr(_LABEL, msgspec.json.encode(label))
        for lang, copy in found.items():
            for name in _hers(copy):
                data = (copy / name).read_bytes()
                size, count = size + len(data), count + 1
                if size > _MOST_BYTES or count > _MOST_FILES:
                    raise CarryError(WORDS.too_large.format(mb=_MOST_BYTES // 1_000_000))
                archive.writestr(f"{lang}/{name}", data)
    if not count:
        raise CarryError(WORDS.nothing.format(folder=root))
    return buffer.getvalue()


def _hers(copy: Path) -> Iterator[str]:
    """Every file that is not as the course shipped it, by its path below the copy."""
    shipped = _manifest(copy).files
    for path in sorted(copy.rglob("*")):
        name = path.relative_to(copy).as_posix()
        parts = PurePosixPath(name).parts
        if any(part.startswith(".") for part in parts) or _LEFT_BEHIND & set(parts):
            continue
        if path.is_file() and not path.is_symlink() and shipped.get(name) != digest(path):
            yield name


def unpack(data: bytes, root: Path) -> Brought:
    """Bring back what was taken home, into working copies that are there already.

    Args:
        data: the file.
        root: the folder that holds the copies.

    Raises:
        CarryError: it is no such file, it is too large, or there is no copy to bring it to.
        OSError: a file cannot be written.
    """
    files = _read(data)
    there = copies(root)
    wanted = set(_languages(files))
    lacking = wanted - set(there)
    if lacking:
        raise CarryError(WORDS.no_copy.format(folder=root / min(lacking)))
    done = Brought()
    for lang in sorted(wanted):
        prefix = f"{lang}/"
        own = {n.removeprefix(prefix): d for n, d in files.items() if n.startswith(prefix)}
        _bring(own, there[lang], done)
    return done


def packed_languages(data: bytes) -> tuple[Lang, ...]:
    """The languages of which something is in a file.

    Raises:
        CarryError: it is no such file.
    """
    return _languages(_read(data))


def _languages(files: dict[str, bytes]) -> tuple[Lang, ...]:
    return tuple(lang for lang in LANGS if any(one.startswith(f"{lang}/") for one in files))


def _read(data: bytes) -> dict[str, bytes]:
    """What is in the file; nothing of it leads out of where it is put."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [one for one in archive.infolist() if not one.is_dir()]
            if len(infos) > _MOST_FILES or sum(one.file_size for one in infos) > _MOST_BYTES:
                raise CarryError(WORDS.too_large.format(mb=_MOST_BYTES // 1_000_000))
            files = {one.filename: archive.read(one) for one in infos if _is_name(one.filename)}
        msgspec.json.decode(files.pop(_LABEL), type=_Label)
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, OSError, NotImplementedError) as e:
        raise CarryError(WORDS.no_file) from e
    except RuntimeError as e:  # a password
        raise e if isinstance(e, CarryError) else CarryError(WORDS.no_file) from e
    return files


def _is_name(name: str) -> bool:
    parts = name.split("/")
    return (
        len(name) <= _LONGEST
        and name.isprintable()
        and not set("\\:") & set(name)
        and all(part and not part.startswith(".") for part in parts)
        and (parts[0] in LANGS or name == _LABEL)
    )


def _bring(files: dict[str, bytes], copy: Path, done: Brought) -> None:
    now = datetime.now(UTC)
    stage = f"brought-{now:%Y-%m-%d-%H%M%S}"
    for name, data in files.items():
        target = copy / name
        if not _within(target, copy):
            continue
        if not target.exists():
            _write(target, data)
            done.added += 1
        elif not target.is_file() or _same(target, data):
            continue
        elif _is_practice(name):
            kept_in = REVIEWS if PurePosixPath(name).parts[0] == REVIEWS else ""
            _write(copy / stage / kept_in / FOLDER / target.name, data)
        else:
            beside = _beside(target, now)
            _write(beside, data)
            done.beside.append((name, beside.relative_to(copy).as_posix()))
    if (copy / stage / FOLDER).is_dir():
        _merge(copy / stage, done)
    elif (copy / stage).is_dir():
        _count(merge_reviews(copy / stage, copy), done)


def _merge(folder: Path, done: Brought) -> None:
    """The same as with two sets of answers in one copy: the later counts, the other is offered."""
    try:
        merged = merge_answers(folder)
    except ContextError as error:
        done.left.append((folder.name, error.text))
        return
    _count(merged, done)


def _count(merged: Merged, done: Brought) -> None:
    done.merged, done.both = done.merged + merged.count, done.both + merged.both
    done.left += list(merged.left)


def _is_practice(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parent.name == FOLDER and path.suffix == ".json" and path.parts[0] != ASSIGNMENTS


def _within(target: Path, copy: Path) -> bool:
    """Whether a path stays in the copy, whatever links lie there."""
    return target.parent.resolve().is_relative_to(copy.resolve()) and not target.is_symlink()


def _same(target: Path, data: bytes) -> bool:
    if target.read_bytes() == data:
        return True
    probe = target.with_name(f".{target.stem}.probe{target.suffix}")
    try:
        probe.write_bytes(data)
        return digest(probe) == digest(target)
    finally:
        probe.unlink(missing_ok=True)


def _beside(target: Path, now: datetime) -> Path:
    """A name that is free; an answer's has a dot in it, so that it counts as set aside."""
    stem = f"{target.stem}.brought-{now:%Y-%m-%d-%H%M%S}"
    return target.with_name(f"{stem}{target.suffix}")


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _manifest(copy: Path) -> Manifest:
    try:
        return msgspec.json.decode((copy / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return Manifest()

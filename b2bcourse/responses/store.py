"""Where a response lives: one JSON file an item, beside the notebook, never lost.

A save takes a lock, reads the file, puts only the changed parts in, writes a temporary file,
forces it to disk and puts it in the old one's place in one step. So a kill at any moment leaves
the old answer or the new one; two kernels do not undo each other; a full disk or a read-only
folder leaves the old answer and says so. Who has no lock in common, such as two users, is noticed
too: the first file is only ever made, never put over another, and one that has changed since it
was read is read again.

Locks lie outside the assignment folder (see `lock`), so they never travel with a submission.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from b2bcourse.course_files import renamed
from b2bcourse.facts import LANGS, Text
from b2bcourse.items import face_hash, kind_of
from b2bcourse.items.asking import cleaned
from b2bcourse.items.base import ResponseError, check_id, holds_answer, not_right
from b2bcourse.items.patches import overwrites
from b2bcourse.items.response import (
    FACE,
    FOLDER,
    MAX_RESPONSE_BYTES,
    PAGE,
    SCHEMA,
    SWAPPED,
    WINDOW,
    Kept,
    NewerError,
    Response,
    SecondLook,
    Try,
    decode_response,
    encode_response,
    newer_release,
)
from b2bcourse.items.standing import fits, is_present, meaning
from b2bcourse.responses.disk import (
    anothers,
    create,
    is_anothers,
    mark_of,
    persistent,
    sync_folder,
    why,
)
from b2bcourse.responses.lock import Lock, LockedError, lock_path
from b2bcourse.responses.merging import merged
from b2bcourse.responses.reading import read_answer
from b2bcourse.responses.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import FaceBase, Outcome
    from b2bcourse.responses.disk import Mark

LOCK_SECONDS: Final = 12.0
_TAKEN_AWAY: Final = 5  # so often the lock may be lost to a kernel that took us for dead
_STALE_SECONDS: Final = 60.0
_PAUSE: Final = timedelta(minutes=30)


class SaveError(OSError):
    """A response could not be saved; the answer on disk is as it was. Said in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Loaded(Struct, frozen=True):
    """What was found on disk, and what the student must be told about it.

    Attributes:
        response: the answer; where the exercise has changed since, an empty one, with the old one
            among its ``kept``.
        notes: sentences for the student.
        offer: a version set aside that can be put back, with the sentence that tells of it.
        newer: a newer release wrote the file; nothing is saved over it.
        told: a sentence about what was just asked for, once.
    """

    response: Response | None
    notes: tuple[Text, ...] = ()
    offer: Offer | None = None
    newer: bool = False
    told: Text | None = None


class Offer(Struct, frozen=True):
    """A version of the answer that was set aside and can be put back."""

    kept: Kept
    text: Text

    @property
    def id(self) -> str:
        """What the version is called between a page and its kernel."""
        return name_of(self.kept)


class _GoneError(Exception):
    """Another window has decided about a version meanwhile."""


class How(Struct, frozen=True):
    """How an answer was tried: see `Try`."""

    occasion: str = "lesson"
    helped: bool | None = None
    sure: int | None = None
    skipped: bool | None = None


class Sitting:
    """When the present sitting began: a pause of half an hour ends one."""

    def __init__(self) -> None:
        self._began = self._last = datetime.fromtimestamp(0, UTC)

    def at(self, now: datetime) -> str:
        """When the sitting began in which something happens ``now`` (ISO 8601, UTC)."""
        if now - self._last > _PAUSE:
            self._began = now
        self._last = now
        return self._began.isoformat(timespec="seconds")


_SITTING: Final = Sitting()


class Store:
    """The response file of one item.

    Args:
        folder: the notebook's folder; the file is ``folder/responses/<item>.json``.
        face: the face that is answered.
        item: the authored item, where it is known: an answer given in one language is one in the
            other too.
    """

    def __init__(self, folder: Path, face: FaceBase, item: ItemBase | None = None) -> None:
        self.item, self.kind = check_id(face.id), face.kind
        self._face, self._authored = face, item
        self.waiting: Callable[[], None] | None = None  # told when another kernel holds it up
        self.path = folder.absolute() / FOLDER / f"{self.item}.json"

    def read(self) -> Loaded:
        """The answer on disk. A file that is none is set aside under a dated name, not lost.

        Reading takes no lock: a file is always a whole one. Only what must be set aside does.
        """
        try:
            found = persistent(self._load)
        except ResponseError:
            if is_anothers(self.path):  # broken or not, it is theirs
                return Loaded(None, (anothers(self.path),))
        except OSError as error:
            return Loaded(None, (why(error, self.path),))
        else:
            notes = (anothers(self.path),) if is_anothers(self.path) else ()
            return replace(found, notes=(*found.notes, *notes))
        try:
            with self._lock():
                return self._load_or_set_aside()
        except OSError as error:
            return Loaded(None, (why(error, self.path),))

    def save(
        self,
        patch: Mapping[str, Any],
        *,
        was: Mapping[str, Any] | None = None,
        mine: Mapping[str, Any] | None = None,
        tried: Outcome | None = None,
        how: How | None = None,
        sure: int | None = None,
    ) -> Loaded:
        """Put the parts of ``patch`` into the answer on disk.

        Args:
            patch: the changed parts, in the kind's shape; ``None`` takes a part away.
            was: what its sender believed to stand there. Where something else stands, the answer
                on disk is set aside before the patch is put in. Untold, nothing is compared.
            mine: what the same sender has put there itself, whether or not it was told so yet.
            tried: the outcome, where the student checked a practice answer; it joins the history.
            how: how it was tried.
            sure: how sure the student is, where that is told before anything is judged.

        Returns:
            The answer as it now lies on disk, and notes for the student.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """

        def put_in(old: Response) -> Response:
            value = kind_of(self.kind).merge(old.value, patch)
            tries = (*old.tries, _try(tried, how or How())) if tried is not None else old.tries
            unseen = was is not None and overwrites(old.value, value, was, mine or {})
            kept = (*old.kept, self._kept(old, WINDOW)) if unseen else old.kept
            told = old.sure if sure is None else sure
            return replace(old, value=value, tries=tries, kept=kept, sure=told, time=_now())

        return self._change(put_in)

    def put_back(
        self,
        which: str,
        *,
        was: Mapping[str, Any] | None = None,
        mine: Mapping[str, Any] | None = None,
    ) -> Loaded:
        """Make a version that was offered the answer again; the other one is kept.

        Args:
            which: the `Offer.id` that was shown: the student decided about that one and no other.
            was: the answer that was shown beside it. What else stands there by now nobody has
                seen, so that it is offered in its turn. Untold, nothing is compared.
            mine: what the same sender has put there itself.

        Returns:
            The answer as it now lies on disk. Where another window has decided about that version
            meanwhile, it is as it was, and ``told`` says so.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """

        def swap(old: Response) -> Response:
            found = self._named(old, which)
            others = tuple(kept for kept in old.kept if kept is not found)
            value = kind_of(self.kind).merge({}, found.value)  # what a kind may never hold
            if overwrites(old.value, {}):
                unseen = was is not None and overwrites(old.value, value, was, mine or {})
                others = (*others, self._kept(old, WINDOW if unseen else SWAPPED))
            return replace(old, value=value, kept=others, time=_now())

        return self._decided(swap)

    def leave(self, which: str) -> Loaded:
        """Offer a version no longer; it stays in the file.

        Args:
            which: its `Offer.id`.

        Returns:
            What is on disk; ``told`` says if another window has decided about it meanwhile.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """

        def settle(old: Response) -> Response:
            self._named(old, which)
            kept = (replace(one, why=SWAPPED) if name_of(one) == which else one for one in old.kept)
            return replace(old, kept=tuple(kept))

        return self._decided(settle)

    def ask(self, said: str) -> Loaded:
        """Keep the sentence with which a second look is asked for; an empty one takes it back.

        The answer, and when it was saved, stay as they are.

        Args:
            said: what was typed; what of it is kept, `cleaned` says.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """
        kept = cleaned(said)
        # More finely than an answer's time: a hand-in of the same second came before it, or after.
        look = SecondLook(datetime.now(UTC).isoformat(timespec="microseconds"), kept)

        def put_in(old: Response) -> Response:
            same = old.second_look is not None and old.second_look.text == kept
            return old if same else replace(old, second_look=look if kept else None)

        return self._change(put_in)

    def asked_off(self, look: SecondLook, when: str) -> Loaded:
        """Note that a request went off by itself; one that was changed meanwhile did not.

        Args:
            look: what was sent.
            when: when (ISO 8601, UTC).

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """

        def put_in(old: Response) -> Response:
            return replace(old, second_look=replace(look, sent=when)) if same(old) else old

        def same(old: Response) -> bool:
            return old.second_look is not None and old.second_look.text == look.text

        return self._change(put_in)

    def _decided(self, make: Callable[[Response], Response]) -> Loaded:
        try:
            return self._change(make)
        except _GoneError:
            return replace(self.read(), told=WORDS.gone)

    def _named(self, response: Response, which: str) -> Kept:
        """The version that was offered under a name.

        Raises:
            _GoneError: it is offered no more.
        """
        for kept in self._able(response):
            if name_of(kept) == which:
                return kept
        raise _GoneError

    def keep(self, patch: Mapping[str, Any], page: str) -> Loaded:
        """Set aside what a page of another release sent; the answer stays as it is.

        Args:
            patch: what it sent.
            page: which page it was: it sends all that is unconfirmed each time, so that its newest
                version takes the place of the one before.

        Raises:
            SaveError: nothing was written; the message says why and what to do.
        """

        def set_aside(old: Response) -> Response:
            value = kind_of(self.kind).merge(old.value, patch)
            mine = Kept(_now(), value, why=PAGE, meaning=old.meaning, page=page)
            others = (kept for kept in old.kept if (kept.why, kept.page) != (PAGE, page))
            return replace(old, kept=(*others, mine))

        return self._change(set_aside)

    def hand_over(self, target: Store, aside: str) -> bool:
        """Bring this answer into another folder's, and set its file aside.

        Args:
            target: the same item's store in the other folder.
            aside: the folder in ``responses/`` where the file then lies.

        Returns:
            Whether the two answers differed: then the later one stands, and the other is kept.

        Raises:
            SaveError: it was left as it is; the message says why and what to do.
        """
        try:
            with self._lock():
                return self._handed_over(target, self.path.parent / aside)
        except SaveError:
            raise
        except OSError as error:
            raise SaveError(why(error, self.path)) from error

    def _handed_over(self, target: Store, aside: Path) -> bool:
        if is_anothers(self.path):
            raise SaveError(anothers(self.path))
        found = self._load_or_set_aside()
        if found.newer or found.response is None:
            raise SaveError(WORDS.newer if found.newer else found.notes[0])
        mine, before = found.response, target.read().response
        target._change(lambda old: merged(old, mine, _now()))
        aside.mkdir(exist_ok=True)
        free = aside / self.path.name
        self.path.replace(aside / f"{self.item}.{_stamp()}.json" if free.exists() else free)
        return before is not None and before.value != mine.value

    def _change(self, make: Callable[[Response], Response]) -> Loaded:
        try:
            self.path.parent.mkdir(exist_ok=True)
            for _ in range(_TAKEN_AWAY):
                with self._lock() as lock:
                    if (changed := self._changed(make, lock)) is not None:
                        return changed
        except SaveError:
            raise
        except ResponseError as error:  # the kind takes no such answer
            raise SaveError(error.text) from error
        except OSError as error:
            raise SaveError(why(error, self.path)) from error
        raise SaveError(why(LockedError(), self.path))

    def _changed(self, make: Callable[[Response], Response], lock: Lock) -> Loaded | None:
        """What was saved; None where somebody else has written meanwhile, and nothing was."""
        before = mark_of(self.path)
        if is_anothers(self.path):
            raise SaveError(anothers(self.path))
        self._sweep()
        old = self._load_or_set_aside()
        if old.newer:
            raise SaveError(WORDS.newer)
        response = make(self._own(old.response))
        data = self._fitting(response, lock)
        if not os.path.lexists(self.path):  # none yet, or it was set aside
            before = None
        if not self._write(data, lock, before=before):
            return None
        return Loaded(response, old.notes, self._offer(response))

    def _own(self, old: Response | None) -> Response:
        """The response to begin from: this item's, under this face, one revision on."""
        if old is None:
            old = Response(SCHEMA, self.item, self.kind, {}, 0, "", "")
        return replace(
            old,
            schema=SCHEMA,
            item=self.item,
            revision=old.revision + 1,
            face=face_hash(self._face),
            meaning=meaning(self._face),
        )

    def _load_or_set_aside(self) -> Loaded:
        try:
            return persistent(self._load)
        except ResponseError as error:
            return Loaded(None, (self._set_aside(self._existing(), error.text),))

    def _load(self) -> Loaded:
        """The answer on disk.

        Raises:
            ResponseError: the file is none.
            OSError: it cannot be read.
        """
        try:
            found = read_answer(self.path.parent, self.item, self.kind)
        except NewerError as error:
            return Loaded(None, (error.text,), newer=True)
        if found is None:
            return Loaded(None)
        if found.newer:
            value = found.value if self._is_present(found) else {}
            shown = replace(found, value=value)
            return Loaded(shown, (newer_release(found.schema),), newer=True)
        return self._standing(found)

    def _existing(self) -> Path:
        """The item's file; where there is none yet, the one an older release called otherwise."""
        older = (self.path.with_name(f"{name}.json") for name in renamed().older(self.item))
        return next((path for path in (self.path, *older) if os.path.lexists(path)), self.path)

    def _standing(self, found: Response) -> Loaded:
        """An answer to the exercise as it is; one to another is kept, and not the present one."""
        if not holds_answer(found.value) or self._is_present(found):
            return Loaded(found, offer=self._offer(found))
        old = replace(found, value={}, kept=(*found.kept, self._kept(found, FACE)))
        offer = self._offer(old)
        return Loaded(old, () if offer else (WORDS.changed.format(time=_day(found.time)),), offer)

    def _is_present(self, found: Response) -> bool:
        return is_present(found, self._face, self._faces)

    def _faces(self) -> Iterator[Any]:
        """The face in the other languages."""
        if self._authored is not None:
            others = (lang for lang in LANGS if lang != self._face.lang)
            yield from (kind_of(self.kind).face(self._authored, lang) for lang in others)

    def _kept(self, old: Response, why: str) -> Kept:
        return Kept(_now(), old.value, saved=old.time, why=why, meaning=old.meaning)

    def _offer(self, response: Response) -> Offer | None:
        found = self._offered(response)
        if found is None:
            return None
        told = {FACE: WORDS.offer_face, PAGE: WORDS.offer_page, WINDOW: WORDS.offer_window}
        return Offer(found, told[found.why].format(time=_day(found.saved or found.time)))

    def _offered(self, response: Response) -> Kept | None:
        """The newest version that may stand here, while nothing newer has been answered."""
        blank = not holds_answer(response.value)
        able = self._able(response)
        newest = (k for k in able if blank or k.why == WINDOW or k.time >= response.time)
        return next(newest, None)

    def _able(self, response: Response) -> Iterator[Kept]:
        """The versions about which nobody has decided and that may stand here, newest first."""
        for kept in reversed(response.kept):
            if kept.why in {FACE, PAGE, WINDOW} and fits(self._face, kept.value):
                yield kept

    def _fitting(self, response: Response, lock: Lock) -> bytes:
        """The file's bytes; versions set aside move to files of their own where it is too large."""
        while len(_encoded(response)) > MAX_RESPONSE_BYTES and response.kept:
            oldest, *others = response.kept
            name = f"{self.item}.{_stamp()}.kept.json"
            alone = replace(
                response, value=oldest.value, tries=(), kept=(replace(oldest, value={}),)
            )
            self._write(_encoded(alone), lock, self.path.with_name(name))
            response = replace(response, kept=tuple(others))
        return _readable(_encoded(response))

    def _set_aside(self, path: Path, why: Text) -> Text:
        aside = self.path.with_name(f"{self.item}.{_stamp()}.unreadable.json")
        path.rename(aside)
        return WORDS.set_aside.format(why=why, folder=FOLDER, file=aside.name)

    def _write(
        self, data: bytes, lock: Lock, path: Path | None = None, before: Mark | None = None
    ) -> bool:
        """Replace the file in one step, with everything on disk before the step.

        Args:
            data: its new content.
            lock: the lock that is held.
            path: the file; the answer's own by default.
            before: what file stood there when it was read; None where none did.

        Returns:
            Whether it was written: not where another file stands there by now, or the lock has
            been taken away.
        """
        path = path or self.path
        temporary = self.path.with_name(f".{self.item}.{secrets.token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            now = mark_of(path)
            if not lock.is_mine() or now not in {before, None}:
                temporary.unlink()
                return False
            step = create if now is None else Path.replace
            persistent(lambda: step(temporary, path))
        except FileExistsError:  # somebody without a lock in common was first
            temporary.unlink(missing_ok=True)
            return False
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return True

    def _sweep(self) -> None:
        """Take away temporary files that a killed kernel left behind."""
        for left in self._temporary():
            try:
                if datetime.now(UTC).timestamp() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()
            except OSError:  # another kernel swept it, or it is not ours to sweep
                continue

    def _temporary(self) -> Iterator[Path]:
        return self.path.parent.glob(f".{self.item}.*.tmp")

    def _lock(self) -> Lock:
        # By the folder's real name: two kernels may have come to it by different links.
        real = self.path.parent.resolve() / self.path.name
        return Lock(lock_path(real), LOCK_SECONDS, self.waiting)


def name_of(kept: Kept) -> str:
    """What tells a version set aside from any other of the same answer."""
    told = msgspec.json.encode([kept.saved, kept.page, kept.value], order="sorted")
    return hashlib.sha256(told).hexdigest()[:16]


def _try(outcome: Outcome, how: How) -> Try:
    now = datetime.now(UTC)
    return Try(
        time=now.isoformat(timespec="seconds"),
        fraction=outcome.fraction,
        wrong=not_right(outcome),
        sitting=_SITTING.at(now),
        occasion=how.occasion,
        helped=how.helped,
        sure=how.sure,
        skipped=how.skipped,
    )


def _encoded(response: Response) -> bytes:
    try:
        return encode_response(response)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise SaveError(WORDS.not_saved.format(detail=f"{error}.")) from error


def _readable(data: bytes) -> bytes:
    """``data``, if it can be read again: what could not must not be written."""
    try:
        decode_response(data)
    except ResponseError as error:
        raise SaveError(WORDS.not_saved.format(detail=error.text)) from error
    return data


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _stamp() -> str:
    """For the names of files that are set aside: no two alike."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


def _day(time: str) -> str:
    """A time as the student's own calendar and clock show it; as it stands if it is none."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:  # a hand-edited file
        return time

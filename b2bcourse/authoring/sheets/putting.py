"""Items from a workbook, put into a folder; a file changed by hand is never overwritten unasked."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from b2bcourse.authoring.schema import write_schema
from b2bcourse.authoring.sheets.faults import Faults, Place
from b2bcourse.authoring.sheets.taking import Taken, as_yaml, items_before, take
from b2bcourse.authoring.sheets.words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.authoring.sheets.drafts import Draft
    from b2bcourse.facts import Lang

_STAMP: Final = re.compile(r"^# from-sheet ([0-9a-f]{16})\n", re.MULTILINE)


def put(
    file: Path, folder: Path, lang: Lang, *, replace: bool = False
) -> tuple[Taken, tuple[Path, ...]]:
    """Write a workbook's items; all of them, or none where anything must be mended.

    Args:
        file: the workbook.
        folder: the folder of items.
        lang: the language of what is told where the workbook has none.
        replace: overwrite what was changed by hand, or made otherwise.

    Returns:
        What the workbook holds, with all that is to be said; the files that were written.
    """
    taken = take(file, lang, items_before(folder))
    if taken.grave:
        return taken, ()
    texts = {folder / f"{d.raw['id']}.yaml": _text(d, file.name, taken.lang) for d in taken.drafts}
    faults = Faults(taken.lang)
    for path in texts:
        if not replace and path.exists() and not _as_made(path.read_text("utf-8")):
            faults.error(Place(), "kept", file=path)
    if faults.grave:
        return Taken(taken.lang, taken.drafts, (*taken.faults, *faults.found)), ()
    folder.mkdir(parents=True, exist_ok=True)
    for draft in taken.drafts:
        write_schema(folder, draft.raw["kind"])
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return taken, tuple(texts)


def _text(draft: Draft, origin: str, lang: Lang) -> str:
    body = as_yaml(draft)
    schema = f"# yaml-language-server: $schema=.schema/{draft.raw['kind']}.json\n"
    origin = " ".join(origin.split())  # a name may hold a line's end
    made = f"# {WORDS.made_by[lang].format(file=origin)}\n"
    return f"{schema}{made}# from-sheet {_digest(body)}\n{body}"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _as_made(text: str) -> bool:
    """Whether a file is as this command left it."""
    stamp = _STAMP.search(text)
    return bool(stamp) and _digest(text[stamp.end() :]) == stamp[1]  # type: ignore[index, union-attr]

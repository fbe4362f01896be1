"""The figures as the package brings them: drawn once, so that no kernel needs Matplotlib."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from b2bcourse.facts import Lang, Text
from b2bcourse.figures.picture import Picture

FOLDER: Final = Path(__file__).parent / "drawn"
TEXTS: Final = "alternative-texts.json"


def find(name: str, lang: Lang, folder: Path = FOLDER) -> Picture | None:
    """A figure as it was drawn when the package was made; `None` if it was not."""
    text = texts(folder).get(name)
    path = picture(folder, name, lang)
    return Picture(text[lang], lang, path.read_bytes()) if text and path.is_file() else None


def picture(folder: Path, name: str, lang: Lang) -> Path:
    """Where the picture of a figure lies."""
    return folder / f"{name}-{lang}.png"


def texts(folder: Path) -> dict[str, Text]:
    """The alternative texts by figure."""
    path = folder / TEXTS
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Text]) if path.is_file() else {}

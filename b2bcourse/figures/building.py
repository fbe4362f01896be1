"""Drawing the figures that the package brings, and whether those it has are drawn as of today.

``b2bcourse build`` does it after a change of facts, words or drawing. Pixels are compared with
tolerance: another release of Matplotlib may place a letter's edge otherwise. What looks alike is
left as it is; to have all drawn anew, such as with other shades, take the folder away first.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import msgspec

from b2bcourse import figures
from b2bcourse.facts import LANGS
from b2bcourse.figures.shipped import FOLDER, TEXTS, picture, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.Image import Image

    from b2bcourse.figures.style import Drawing

    OnStep = Callable[[str, int, int], None]

_BLUR: Final = 6
_BLOCK: Final = 4
_TOLERANCE: Final = 24
"""Over how many pixels pictures are blurred and drawn together, and how far one of 255 levels may
then lie apart. Matplotlib 3.9 and 3.11 draw the same letters up to 17 apart; a dashed ring in place
of a whole one makes 30, a line of text moved by half its height 46.
"""


def build(folder: Path = FOLDER, on_step: OnStep = lambda *_: None) -> None:
    """Draw all figures, and write those that do not look as they are drawn today."""
    folder.mkdir(exist_ok=True)
    wanted = {folder / TEXTS}
    alts: dict[str, dict[str, str]] = {}
    for name, drawn in _drawings(on_step):
        alts.setdefault(name, {})[drawn.lang] = drawn.alt
        path = picture(folder, name, drawn.lang)
        wanted.add(path)
        if not path.is_file() or not _look_alike(path.read_bytes(), drawn.png):
            path.write_bytes(drawn.png)
    told = msgspec.json.format(msgspec.json.encode(alts), indent=1)
    (folder / TEXTS).write_bytes(told + b"\n")
    for stray in set(folder.iterdir()) - wanted:
        stray.unlink()


def drift(folder: Path = FOLDER, on_step: OnStep = lambda *_: None) -> Iterator[tuple[str, str]]:
    """Which files are not what the facts draw today, and why."""
    told, known = texts(folder), {TEXTS}
    for name, drawn in _drawings(on_step):
        path = picture(folder, name, drawn.lang)
        known.add(path.name)
        if name not in told or told[name][drawn.lang] != drawn.alt:
            yield TEXTS, f"{name} ({drawn.lang}) says something else"
        if not path.is_file():
            yield path.name, "is missing"
        elif not _look_alike(path.read_bytes(), drawn.png):
            yield path.name, "shows something else"
    for stray in sorted({path.name for path in folder.iterdir()} - known):
        yield stray, "belongs to no figure"


def _drawings(on_step: OnStep) -> Iterator[tuple[str, Drawing]]:
    """Every figure in every language, with its name."""
    jobs = [(name, lang) for name in figures.names() for lang in LANGS]
    for at, (name, lang) in enumerate(jobs):
        on_step(f"{name} ({lang})", at, len(jobs))
        yield name, figures.draw(name, lang)
    on_step("figures", len(jobs), len(jobs))


def _look_alike(one: bytes, other: bytes) -> bool:
    """Whether nobody would tell two pictures apart, but for a hairline."""
    from PIL import ImageChops

    first, second = _blurred(one), _blurred(other)
    if first.size != second.size:
        return False
    return max(ImageChops.difference(first, second).tobytes()) <= _TOLERANCE


def _blurred(png: bytes) -> Image:
    from PIL import Image, ImageFilter

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.filter(ImageFilter.BoxBlur(_BLUR)).reduce(_BLOCK)

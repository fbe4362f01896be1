"""``python -m benchmarks.test_readers sheets FOLDER`` and ``… score [FILE ...] [--questions]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.facts import LANGS
from benchmarks.test_readers.scoring import (
    Answers,
    AnswersError,
    by_question,
    read,
    refuse_other_wording,
    table,
)
from benchmarks.test_readers.sheets import key, name, sheet

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import When

ANSWERS: Final = Path(__file__).parent / "answers"
WHENS: Final[tuple[When, ...]] = ("pre", "post")


def main(arguments: list[str] | None = None) -> int:
    """Write the blind sheets, or score what readers wrote; 2 if a file cannot be scored."""
    asked = _parser().parse_args(arguments)
    if asked.do == "sheets":
        asked.folder.mkdir(parents=True, exist_ok=True)
        for when in WHENS:
            for lang in LANGS:
                (asked.folder / f"{when}-{lang}.txt").write_text(sheet(when, lang), "utf-8")
        return 0
    try:
        found = [_scored(path) for path in asked.files or sorted(ANSWERS.glob("*.txt"))]
    except AnswersError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(found, key))
    if asked.questions:
        for when in WHENS:
            print(by_question(found, when, key(when)))
    return 0


def _scored(path: Path) -> Answers:
    answers = read(path.read_text("utf-8"), str(path), len(key("pre")))
    known: dict[tuple[When, Lang], str] = {
        (when, lang): name(when, lang) for when in WHENS for lang in LANGS
    }
    current = {wording.rsplit("-", 1)[0]: wording for wording in known.values()}
    refuse_other_wording(
        answers, str(path), current.get(answers.sheet.rsplit("-", 1)[0], "unknown")
    )
    return answers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.test_readers", description=__doc__)
    verbs = parser.add_subparsers(dest="do", required=True)
    sheets = verbs.add_parser("sheets", help="write the four blind sheets into a folder")
    sheets.add_argument("folder", type=Path)
    score = verbs.add_parser(
        "score", help="score files of answers; all of answers/ if none is named"
    )
    score.add_argument("files", nargs="*", type=Path)
    score.add_argument("--questions", action="store_true", help="question by question as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())

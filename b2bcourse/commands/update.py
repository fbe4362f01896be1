"""The command `b2bcourse course update`: what would change, a question, and what to do next."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from b2bcourse.context import default_language
from b2bcourse.facts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.grading.update import Change, Fate, Plan

out = Console()
err = Console(stderr=True)

_PLACES: Final = 4
"""So many fields of an item are named; ``--diff`` shows all."""

_NAMES: Final = 8
"""So many items that the course has not are named."""


def update(
    folder: Annotated[Path, typer.Argument(help="The course folder.")] = Path(),
    *,
    origin: Annotated[
        Path | None, typer.Option("--from", help="A checkout of the kit with its solutions.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show every line that changes.")] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(help="An item you have changed: bring the kit's key over yours."),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="An item to leave as it is, this time.")
    ] = None,
) -> None:
    """Bring corrected keys and reasons into a course; answers and grades are never touched."""
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.update import Wishes, language_of, plan

    lang = default_language()
    try:
        lang = language_of(folder.absolute())
        planned = plan(folder, origin, Wishes(frozenset(take or ()), frozenset(keep or ())))
        _tell_plan(planned, whole=diff)
        _agreed(planned, yes=yes)
        if planned.of("brought"):
            _carry_out(planned)
    except GradingError as error:
        err.print(f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", soft_wrap=True)
        raise typer.Exit(1) from error
    raise typer.Exit(1 if planned.of("broken") else 0)


def _tell_plan(planned: Plan, *, whole: bool) -> None:
    lang, brought = planned.lang, planned.of("brought")
    unsure = [change for change in brought if not change.recorded]
    if brought:
        places = sum(len(change.places) for change in brought)
        _tell(_BROUGHT[lang].format(count=len(brought), all=len(planned.changes), places=places))
    for change in brought:
        _tell(f"  {change.item}: {_short(change.places)}")
    for change in brought if whole else unsure:
        _tell(_diff(change, lang))
    if unsure:
        _tell(_UNSURE[lang].format(items=_listed(unsure)))
    _tell_staying(planned)
    if not brought:
        _tell(_NOTHING[lang])


def _tell_staying(planned: Plan) -> None:
    lang = planned.lang
    for fate, sentence in _STAYING.items():
        if changes := planned.of(fate):
            _tell(sentence[lang].format(items=_listed(changes)))
    for change in planned.of("broken"):
        _tell(_BROKEN[lang].format(item=change.item, said=change.said))
    lacking = (*planned.lacking_assignments, *planned.lacking)
    if lacking:
        _tell(_LACKING[lang].format(names=_some(lacking, lang)))


def _agreed(planned: Plan, *, yes: bool) -> None:
    """Go on only where there is nothing to ask, or the instructor wants it."""
    if not planned.of("brought") or yes:
        return
    if not _at_terminal():
        _tell(_NOT_ASKED[planned.lang])
        raise typer.Exit(1)
    if not typer.confirm(_ASK[planned.lang], default=False):
        _tell(_LEFT[planned.lang])
        raise typer.Exit(1)


def _carry_out(planned: Plan) -> None:
    from b2bcourse.grading.carry_out import carry_out

    aside, lang = carry_out(planned), planned.lang
    _tell(_DONE[lang].format(count=len(planned.of("brought"))))
    copied = ", ".join(sorted(path.name for path in aside.iterdir()))
    _tell(_ASIDE[lang].format(copied=copied, aside=aside))
    again = planned.graded_before()
    commands = "; ".join(_AGAIN_COMMANDS.format(name=name) for name in again)
    _tell(_AGAIN[lang].format(commands=commands) if again else _NOT_YET[lang])


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _diff(change: Change, lang: Lang) -> str:
    """Both versions line by line, as programmers' tools show it."""
    names = (f"{change.item} ({_YOURS[lang]})", f"{change.item} ({_KITS[lang]})")
    lines = (change.before.splitlines(), change.after.splitlines())
    return "\n".join(difflib.unified_diff(*lines, *names, n=1, lineterm=""))


def _short(places: tuple[str, ...]) -> str:
    more = f" (+ {len(places) - _PLACES})" if len(places) > _PLACES else ""
    return ", ".join(places[:_PLACES]) + more


def _listed(changes: Iterable[Change]) -> str:
    return ", ".join(change.item for change in changes)


def _some(names: tuple[str, ...], lang: Lang) -> str:
    more = _MORE[lang].format(count=len(names) - _NAMES) if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _tell(sentence: str) -> None:
    out.print(escape(sentence), soft_wrap=True, highlight=False)


_BROUGHT: Final = Text(
    ko="정답이나 이유를 고친 문항: {all}개 가운데 {count}개, 고친 곳 {places}군데",
    en="Items with a corrected key or reason: {count} of {all}, in {places} places",
)
_UNSURE: Final = Text(
    ko="이 강의에는 교재가 넣은 것의 기록이 없어 다음 문항을 직접 고치셨는지 알 수 없습니다."
    " 위의 차이를 보고, 그대로 둘 문항은 --keep ID로 빼십시오: {items}",
    en="There is no record of what the kit put into this course, so these may be your own edits."
    " Look at the lines above, and leave one as it is with --keep ID: {items}",
)
_NOTHING: Final = Text(ko="가져올 것이 없습니다.", en="Nothing to update.")
_STAYING: Final[dict[Fate, Text]] = {
    "face": Text(
        ko="묻는 내용이 바뀌어 예전 그대로 두고 예전처럼 채점하는 문항: {items}",
        en="These ask something else now; they stay as they were and grade as before: {items}",
    ),
    "hers": Text(
        ko="직접 고치셔서 그대로 두는 문항(교재 것으로 바꾸려면 --take ID): {items}",
        en="You have changed these, so they stay (--take ID brings the kit's): {items}",
    ),
    "kept": Text(
        ko="--keep에 적어 그대로 두는 문항: {items}",
        en="These stay, as --keep says: {items}",
    ),
    "bound": Text(
        ko="새 정답이 함께 맞춰 보는 다른 문항의 정답과 어긋나 그대로 두는 문항: {items}",
        en="These stay, as their new keys contradict the key of an item they are held against:"
        " {items}",
    ),
}
_BROKEN: Final = Text(
    ko="읽을 수 없어 그대로 두는 문항 {item}: {said}",
    en="Cannot be read, so it stays as it is: {item}: {said}",
)
_LACKING: Final = Text(
    ko="이 강의에 없어 가져오지 않는 과제와 문항(b2bcourse course new로 새 강의를 만들면 들어 있고,"
    " 문항 파일을 items/에 복사하고 b2bcourse assignment new로 과제를 만들어도 됩니다): {names}",
    en="Not in this course and not brought (a new course has them; or copy the items' files into"
    " items/ and make an assignment with b2bcourse assignment new): {names}",
)
_MORE: Final = Text(ko=" 그 밖에 {count}개", en=" and {count} more")
_NOT_ASKED: Final = Text(
    ko="물어볼 터미널이 없어 아무것도 고치지 않았습니다. 이대로 하려면 --yes를 붙여 다시"
    " 실행하십시오.",
    en="There is no terminal to ask on, so nothing was changed. To go on, run this with --yes.",
)
_ASK: Final = Text(ko="가져올까요? (y: 예, N: 아니요)", en="Bring them?")
_LEFT: Final = Text(ko="아무것도 고치지 않았습니다.", en="Nothing was changed.")
_DONE: Final = Text(ko="문항 {count}개를 고쳤습니다.", en="Items updated: {count}.")
_ASIDE: Final = Text(
    ko="고치기 전의 사본({copied}): {aside}", en="As they were before ({copied}): {aside}"
)
_AGAIN_COMMANDS: Final = (
    "nbgrader autograde {name} --force && nbgrader generate_feedback {name} --force"
)
_AGAIN: Final = Text(
    ko="이미 채점한 답은 예전 점수 그대로입니다. 다시 채점하려면: {commands}",
    en="What is graded already keeps its points until it is graded again: {commands}",
)
_NOT_YET: Final = Text(
    ko="이 문항을 쓰는 과제는 아직 채점하지 않았으므로 더 할 일이 없습니다.",
    en="No assignment with these items has been graded yet, so there is nothing else to do.",
)
_YOURS: Final = Text(ko="강의", en="course")
_KITS: Final = Text(ko="교재", en="kit")

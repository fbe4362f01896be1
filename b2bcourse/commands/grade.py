"""The command `b2bcourse grade`: a class graded in seconds, and what is to be known of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.markup import escape
from rich.text import Text as Rich

from b2bcourse.commands import run_table as table
from b2bcourse.commands.grade_words import WORDS
from b2bcourse.context import default_language
from b2bcourse.grading.words import WORDS as GRADING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from b2bcourse.grading.bulk.run import Run
    from b2bcourse.grading.bulk.work import Saved

out = table.console()
err = table.console(stderr=True)

_NAMES: Final = 6
"""So many names are listed in a line."""
_PLACES: Final = 2
"""So many places of a corrected key are named."""


def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    course: Annotated[Path, typer.Option(help="The course folder.")] = Path(),
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has been graded.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; show what would change.")
    ] = False,
) -> None:
    """Grade every collected submission of an assignment, and tell what needs a person."""
    from b2bcourse.commands.progress_bar import line
    from b2bcourse.grading.base import GradingError
    from b2bcourse.grading.bulk.run import grade as grade_class
    from b2bcourse.grading.course import language_in

    lang = language_in(course) or default_language()
    try:
        with line(err) as on_step:
            run = grade_class(
                course, assignment, force=force, dry=dry_run, on_step=on_step, on_ready=_tell_head
            )
    except GradingError as error:
        err.print(
            f"[bold]b2bcourse:[/bold] {escape(error.text[lang])}", markup=True, soft_wrap=True
        )
        raise typer.Exit(1) from error
    table.tell(out, _Told(run, force=force).parts())
    _tell_page(run)
    raise typer.Exit(1 if run.faults else 0)


def _tell_head(run: Run) -> None:
    """What stands above the progress bar, once it is certain that grading begins."""
    lang, cells = run.course.lang, run.cells
    if run.faults:
        for item, why in run.faults.items():
            err.print(GRADING.item_stopped[lang].format(item=item, why=why[lang]), soft_wrap=True)
        err.print("")
    essays = sum(cell.by_hand for cell in cells)
    out.print(
        WORDS.head[lang].format(
            assignment=run.assignment.name,
            items=len(cells) - essays,
            essays=WORDS.essays[lang].format(n=essays) if essays else "",
            points=_whole(sum(cell.maximum for cell in cells)),
        )
    )
    if not run.faults:
        out.print(table.rest(WORDS.keys[lang].format(n=len(cells))))
    if run.dry:
        out.print(table.must(WORDS.dry[lang]))
    elif run.copied is not None:
        out.print(table.rest(WORDS.copied[lang].format(file=run.copied.name)))
    elif run.is_served:
        out.print(table.rest(WORDS.not_a_file[lang]))


def _tell_page(run: Run) -> None:
    """Where the essays and troubles can be seen in a browser that is open already."""
    from b2bcourse.commands.essays import served

    if address := served(run.course.root):
        out.print(WORDS.page[run.course.lang].format(address=address), soft_wrap=True)


class _Told:
    """What a run has to tell, group by group."""

    def __init__(self, run: Run, *, force: bool) -> None:
        self.run, self.lang, self.force = run, run.course.lang, force
        self.numbers = {cell.item: place for place, cell in enumerate(run.cells, 1)}
        self.open = [trouble for trouble, seen in run.troubles if trouble.waits and seen is None]

    def parts(self) -> Iterator[RenderableType]:
        """Everything, in order."""
        for group in (self._graded, self._troubles, self._moved, self._waiting, self._next):
            yield table.rule()
            yield from group()
        seconds = f"{self.run.seconds:.1f}"
        yield ""
        status = 1 if self.run.faults else 0
        yield table.rest(WORDS.took[self.lang].format(seconds=seconds, status=status))

    def _name(self, student: str) -> str:
        return self.run.names.get(student, student)

    def _graded(self) -> Iterator[RenderableType]:
        run, lang = self.run, self.lang
        every = run.graded + run.stood + len(run.absent)
        words = WORDS.of_and_stood if run.stood else WORDS.of
        if run.stood and not run.graded:
            words = WORDS.stood
        said = words[lang].format(all=every, n=run.graded, stood=run.stood)
        if run.absent:
            said += WORDS.absent[lang].format(names=self._listed(run.absent))
        name = WORDS.would_grade if run.dry else WORDS.graded
        yield table.group(name[lang], run.graded, said)

    def _listed(self, students: Sequence[str]) -> str:
        names = ", ".join(map(self._name, students[:_NAMES]))
        return names + (f" (+ {len(students) - _NAMES})" if len(students) > _NAMES else "")

    def _troubles(self) -> Iterator[RenderableType]:
        from b2bcourse.grading.told import table as told

        run = self.run
        yield from told(run.troubles, run.names, self.lang, run.assignment.name)

    def _moved(self) -> Iterator[RenderableType]:
        run, lang = self.run, self.lang
        moved = [saved for saved in run.saved if saved.moves]
        name = (WORDS.would_move if run.dry else WORDS.moved)[lang]
        if not moved:
            yield table.group(name, 0, WORDS.not_moved[lang])
            return
        yield table.group(name, len(moved), self._why_moved(moved))
        moved.sort(key=lambda saved: (-abs(saved.after - saved.before), saved.student))
        rows = len(moved) if run.dry else table.ROWS  # a dry run is there to show who would move
        shown = sorted(moved[:rows], key=lambda saved: self._name(saved.student))
        items = {move.item for saved in moved for move in saved.moves}
        yield self._of_one(shown, items.pop()) if len(items) == 1 else self._of_many(shown)
        if len(moved) > rows:
            yield table.lines(table.rest(WORDS.more[lang].format(n=len(moved) - rows)))

    def _why_moved(self, moved: Sequence[Saved]) -> str:
        lang, moves = self.lang, [move for saved in moved for move in saved.moves]
        reasons = {move.why for move in moves}
        said = [
            self._corrected(item)
            for item in self.numbers
            if item in self.run.corrected
            and any(move.item == item and move.why in {"key", "both"} for move in moves)
        ]
        if reasons & {"answer", "both"}:
            said.append(WORDS.answered_again[lang])
        if "rules" in reasons:
            said.append(WORDS.newer_rules[lang])
        if "unknown" in reasons:
            said.append(WORDS.no_record[lang])
        fell = sum(saved.after < saved.before for saved in moved)
        said.append(WORDS.some_fell[lang].format(n=fell) if fell else WORDS.none_fell[lang])
        return ". ".join(said)

    def _corrected(self, item: str) -> str:
        from b2bcourse.grading.bulk.corrected import places

        found = list(places(*self.run.corrected[item]))
        named = ", ".join(found[:_PLACES])
        if len(found) > _PLACES:
            named += WORDS.places_more[self.lang].format(n=len(found) - _PLACES)
        return WORDS.corrected[self.lang].format(number=self.numbers[item], places=named)

    def _of_one(self, shown: Sequence[Saved], item: str) -> RenderableType:
        lang = self.lang
        rows = [
            (
                self._name(saved.student),
                *_points(saved.moves[0].before, saved.moves[0].after),
                *_points(saved.before, saved.after),
                "",
            )
            for saved in shown
        ]
        heads = [
            WORDS.who[lang],
            WORDS.item_before[lang].format(number=self.numbers.get(item, item)),
            WORDS.now[lang],
            WORDS.sum_before[lang],
            WORDS.now[lang],
            f"/ {self._full()}",
        ]
        return table.columns(heads, rows, numbers=(1, 2, 3, 4))

    def _of_many(self, shown: Sequence[Saved]) -> RenderableType:
        lang = self.lang
        whys = {
            "key": WORDS.why_key,
            "answer": WORDS.why_answer,
            "both": WORDS.why_both,
            "rules": WORDS.why_rules,
            "unknown": WORDS.why_unknown,
        }
        rows: list[Sequence[Rich | str]] = []
        for saved in shown:
            for place, move in enumerate(saved.moves):
                sums = ("", "") if place else _points(saved.before, saved.after)
                name = "" if place else self._name(saved.student)
                why = table.rest(whys[move.why][lang])
                number = str(self.numbers.get(move.item, move.item))
                rows.append((name, number, *_points(move.before, move.after), *sums, "", why))
        words = (WORDS.who, WORDS.item, WORDS.before, WORDS.now, WORDS.sum_before, WORDS.now)
        heads = [*(each[lang] for each in words), f"/ {self._full()}", WORDS.why[lang]]
        return table.columns(heads, rows, numbers=(1, 2, 3, 4, 5))

    def _full(self) -> str:
        """The points of what the kit grades by itself: in no sum stands what waits for a person."""
        return _whole(sum(cell.maximum for cell in self.run.cells if not cell.by_hand))

    def _waiting(self) -> Iterator[RenderableType]:
        lang, run = self.lang, self.run
        by_hand = {cell.item for cell in run.cells if cell.by_hand}
        essays = [each for each in run.waiting if each[1] in by_hand]
        answers = [each for each in run.waiting if each[1] not in by_hand]
        if not run.waiting:
            yield table.group(WORDS.waiting[lang], 0, WORDS.none_wait[lang])
            return
        said = []
        if essays:
            said.append(
                (
                    WORDS.waiting_essays[lang].format(n=len(essays)),
                    self._essays(essays, len(by_hand)),
                )
            )
        if answers:
            named = [
                WORDS.exercise[lang].format(
                    who=self._name(who), number=self.numbers.get(item, item)
                )
                for who, item in answers[:_NAMES]
            ]
            more = f" (+ {len(answers) - _NAMES})" if len(answers) > _NAMES else ""
            said.append(
                (WORDS.waiting_answers[lang].format(n=len(answers)), ", ".join(named) + more)
            )
        first, *others = [f"{what}  {rest}" for what, rest in said]
        yield table.group(WORDS.waiting[lang], len(run.waiting), first)
        if others:
            yield table.lines(*others)

    def _essays(self, waiting: Sequence[tuple[str, str]], essays: int) -> str:
        lang, run = self.lang, self.run
        new = sum(
            is_new
            for saved in run.saved
            for name, is_new in saved.waiting.items()
            if (saved.student, name) in set(waiting)
        )
        said = WORDS.essays_new[lang].format(n=new) if new else WORDS.essays_old[lang]
        done = (run.graded + run.stood) * essays - len(waiting)
        return said + (WORDS.essays_stay[lang].format(n=done) if done else "")

    def _next(self) -> Iterator[RenderableType]:
        commands = [(f"b2bcourse {command}", what) for command, what in self._commands()]
        width = max(len(command) for command, _ in commands) + 4
        first, *others = [f"{command:{width}}{what}" for command, what in commands]
        yield table.group(WORDS.next[self.lang], None, first)
        if others:
            yield table.lines(*others)

    def _commands(self) -> Iterator[tuple[str, str]]:
        lang, run, name = self.lang, self.run, self.run.assignment.name
        if run.dry:
            again = " --force" if self.force else ""
            yield f"grade {name}{again}", WORDS.next_grade[lang]
            return
        by_hand = {cell.item for cell in run.cells if cell.by_hand}
        essays = sum(item in by_hand for _, item in run.waiting)
        if self.open:
            yield f"troubles {name}", WORDS.next_troubles[lang].format(n=len(self.open))
        if essays:
            yield f"essays {name}", WORDS.next_essays[lang].format(n=essays)
        if run.corrected and run.stood and not self.force:
            yield f"grade {name} --force", WORDS.next_force[lang]
        yield f"feedback {name}", WORDS.next_feedback[lang]
        yield f"report {name}", WORDS.next_report[lang]


def _points(*points: float) -> tuple[str, ...]:
    return tuple(f"{each:.2f}" for each in points)


def _whole(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")

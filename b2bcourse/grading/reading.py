"""A submission read as a whole: the notebooks to grade, the marks, and whatever a person must see.

nbgrader's autograde with the kit's settings and the kit's own bulk grader both read by this, so
that both see the same. Whatever may hold an answer and could not be matched, read or kept whole is
a trouble: it is named on the page, put before the grader, and (`put_down`) kept aside.

`read_submission` and `grade_submission` write nothing. Before them `mending.mend` puts a folder in
order once, so that nbgrader follows no link and finds a notebook under each name that it knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from b2bcourse.facts import Text
from b2bcourse.grading.answers import Answers
from b2bcourse.grading.fields import Field, essays_in, read_fields
from b2bcourse.grading.files import RESPONSES, legible
from b2bcourse.grading.handed import Handed, answers_in, look_into, plain_name
from b2bcourse.grading.inert import in_text
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.loose import nbgrader_of
from b2bcourse.grading.marking import Marked, mark, stopped
from b2bcourse.grading.matching import Matched, Opened, match_notebooks
from b2bcourse.grading.reading_words import WORDS
from b2bcourse.grading.submission import Rebuilt, put_together
from b2bcourse.grading.troubles import Trouble
from b2bcourse.items.once import made_once
from b2bcourse.responses.bounded import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.grading.handed import Left
    from b2bcourse.grading.keys import Keys
    from b2bcourse.grading.troubles import What

Notebook = dict[str, Any]


@dataclass(frozen=True)
class ReadSubmission:
    """What a student handed in.

    Attributes:
        notebooks: by name, the released notebook with the student's text in it, to be graded.
        troubles: what a person must know of.
        waiting: graded cells that a person must look at whatever their points, each with the
            reason in the course's language.
        answers: where the answers are that `mark` reads.
        first: the graded cell by which a person is called where nobody can tell which; may be
            empty.
    """

    notebooks: dict[str, Notebook]
    troubles: list[Trouble]
    waiting: dict[str, str]
    answers: Answers
    first: str


@dataclass(frozen=True)
class Graded(ReadSubmission):
    """What a student handed in, with its marks by item.

    What has no points yet (`Marked.waiting`) or keeps those it had (`Marked.stopped`) says so
    itself; ``waiting`` names the former too.
    """

    marks: dict[str, Marked] = field(default_factory=dict)


def grade_submission(
    keys: Keys,
    released: Mapping[str, Notebook],
    folder: Path,
    *,
    assignment: str,
    student: str,
    lang: Lang,
    faults: Mapping[str, Text] | None = None,
) -> Graded:
    """Read a submission and mark every item in it; see `read_submission`.

    Args:
        keys: the instructor's keys.
        released: see `read_submission`, as all that is not named here.
        folder: the handed-in folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        lang: the course's language.
        faults: the items that cannot be graded, as `checks.faults_of` has found them.
    """
    del assignment
    reading = _Reading(keys, released, folder, student, lang)
    read = reading.read()
    marks = {
        item: stopped(item, faults[item])
        if faults and item in faults
        else _marked(keys, item, read.answers, points, bare=item in reading.missing)
        for notebook in released.values()
        for item, points in items_in(notebook)
    }
    told = [
        _of_mark(student, title_of(keys, item), item, marked, read.answers)
        for item, marked in marks.items()
        if marked.problem is not None
    ]
    waiting = {trouble.item: trouble.found[lang] for trouble in told if trouble.waits}
    troubles = [*read.troubles, *told]
    return Graded(
        _named(read.notebooks, troubles, lang),
        troubles,
        {**read.waiting, **waiting},
        read.answers,
        read.first,
        marks,
    )


def read_submission(
    keys: Keys | None,
    released: Mapping[str, Notebook],
    folder: Path,
    *,
    assignment: str,
    student: str,
    lang: Lang,
) -> ReadSubmission:
    """Read what a student handed in. Nothing in it makes this raise.

    Args:
        keys: the instructor's keys; None where they cannot be had.
        released: by name, the assignment's released notebooks as plain data in notebook format 4,
            each cell's source one string; they are not changed.
        folder: the handed-in folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        lang: the course's language.
    """
    del assignment  # what was handed in is known by its content, not by what it is called
    read = _Reading(keys, released, folder, student, lang).read()
    return replace(read, notebooks=_named(read.notebooks, read.troubles, lang))


def items_in(notebook: Notebook) -> Iterator[tuple[str, float]]:
    """The items of a released notebook that are scored, each with its cell's points."""
    for cell in notebook["cells"]:
        about = nbgrader_of(cell)
        if cell["cell_type"] == "code" and about.get("grade") and not about.get("solution"):
            yield str(about["grade_id"]), max(0.0, float(about.get("points", 0)))


def _marked(keys: Keys, item: str, answers: Answers, points: float, *, bare: bool) -> Marked:
    """The mark of an item; where answers have been left behind, none is no answer."""
    marked = mark(keys, item, answers, points)
    if not bare or marked.stopped or marked.waiting or marked.outcome is not None:
        return marked
    return replace(marked, message=WORDS.bare_message[keys.lang], waiting=True)


def _named(
    notebooks: dict[str, Notebook], troubles: Iterable[Trouble], lang: Lang
) -> dict[str, Notebook]:
    """The first notebook names what a person must look at."""
    told = [trouble for trouble in troubles if trouble.waits]
    if not told or not notebooks:
        return notebooks
    first = next(iter(notebooks))
    lines = [f"- {in_text(f'{one.found[lang]} {one.done[lang]}')}" for one in told]
    text = "\n".join([f"**{WORDS.head[lang]}**", "", *lines])
    note = {"cell_type": "markdown", "id": "kit-troubles", "metadata": {}, "source": text}
    cells = [note, *notebooks[first]["cells"]]
    return {**notebooks, first: {**notebooks[first], "cells": cells}}


class _Reading:
    """One submission while it is read."""

    def __init__(
        self,
        keys: Keys | None,
        released: Mapping[str, Notebook],
        folder: Path,
        student: str,
        lang: Lang,
    ) -> None:
        self._keys, self._released, self._lang = keys, released, lang
        self._handed = look_into(folder)
        self._items, self._essays = _asked_in(released)
        every = [essay for some in self._essays.values() for essay in some]
        self._cells = [*every, *self._items]  # who reads an essay sees what comes with it
        self.missing = frozenset(self._left_out())
        self._telling = _Telling(student, folder, lang, self._cells[0] if self._cells else "")

    def read(self) -> ReadSubmission:
        answers, left = answers_in(self._handed, self._cells)
        matched, strange = match_notebooks(self._handed, self._released)
        self._tell_folder(self._handed)
        self._tell_answers(answers, left)
        self._tell_strange(strange)
        made = {}
        for name, notebook in self._released.items():
            fields = read_fields(self._keys, self._essays[name], answers, self._lang)
            found = matched.get(name, Matched())
            rebuilt = put_together(notebook, found.submitted, self._lang, fields)
            self._tell_notebook(found)
            self._tell_texts(found, rebuilt)
            self._tell_fields(fields)
            made[name] = rebuilt.notebook
        self._tell_bare(matched.values(), answers)
        telling = self._telling
        for item in self.missing:
            telling.waiting.setdefault(item, WORDS.left_out[self._lang])
        return ReadSubmission(made, telling.troubles, telling.waiting, answers, telling.cell)

    def _left_out(self) -> Iterator[str]:
        """The items whose answers were handed in and not brought here, as collect has told."""
        for name in self._handed.left_out:
            parts = name.casefold().split("/")
            if not any(part.startswith(RESPONSES) for part in parts):
                continue
            stem = plain_name(parts[-1])
            yield from (item for item in self._items if stem == item or len(parts) == 1)

    def _tell_folder(self, handed: Handed) -> None:
        tell = self._telling
        for name in handed.links:
            tell.look("refused", WORDS.link.format(file=name), WORDS.link_done, file=name, cells=())
        for name, why in (*handed.closed, *handed.shut):
            found = WORDS.closed.format(file=name, detail=why)
            tell.look("unread", found, WORDS.graded_rest, WORDS.ask_again, file=name)
        for file in handed.archives:
            tell.look("unmatched", WORDS.archive.format(file=file.name), WORDS.kept, file=file.name)
        if handed.more:
            tell.look("unwhole", WORDS.too_many, WORDS.graded_rest)

    def _tell_answers(self, answers: Answers, left: list[Left]) -> None:
        if answers.found:
            place = next(iter(answers.found.values())).relative_to(self._handed.folder)
            found = WORDS.answers_elsewhere.format(
                n=len(answers.found), folder=legible(place.parent.as_posix())
            )
            file = legible(place.as_posix())
            self._telling.done("unmatched", found, WORDS.answer_taken, file=file)
        for one in left:
            file, item = one.file.name, one.item
            title = title_of(self._keys, item)
            if one.readable:
                found = WORDS.answer_twice.format(file=file, item=title)
                self._telling.look("unmatched", found, WORDS.later_taken, file=file, item=item)
            else:
                found = WORDS.answer_unread.format(file=file, item=title)
                self._telling.look("unread", found, WORDS.kept, file=file, item=item)

    def _tell_strange(self, strange: list[Opened]) -> None:
        for one in strange:
            words = WORDS.strange if one.submitted.readable else WORDS.strange_unread
            file = one.file.name
            self._telling.look("unmatched", words.format(file=file), WORDS.kept, file=file)

    def _tell_notebook(self, found: Matched) -> None:
        for one in found.opened:
            file, again = one.file.name, WORDS.ask_again
            if one.size:
                told = WORDS.notebook_large.format(file=file, size=f"{one.size / 1e6:.1f}")
                self._telling.look("unwhole", told, WORDS.answers_graded, again, file=file)
            elif one.why:
                told = WORDS.closed.format(file=file, detail=one.why)
                self._telling.look("unread", told, WORDS.answers_graded, again, file=file)
            elif not one.submitted.readable:
                told = WORDS.notebook_broken.format(file=file, n=len(one.submitted.cells))
                self._telling.look("unread", told, WORDS.answers_graded, again, file=file)
            elif not one.named:
                told = WORDS.renamed.format(file=file)
                self._telling.done("unmatched", told, WORDS.by_content, file=file)

    def _tell_texts(self, found: Matched, rebuilt: Rebuilt) -> None:
        tell, file = self._telling, found.opened[-1].file.name if found.opened else ""
        for cell, words in rebuilt.loose.items():
            told = WORDS.loose.format(n=words)
            tell.look("unmatched", told, WORDS.before_grader, WORDS.read_it, file=file, item=cell)
        for cell, size in rebuilt.cut.items():
            told = WORDS.cut.format(n=size)
            tell.look("unwhole", told, WORDS.first_shown, WORDS.read_file, file=file, item=cell)
        if rebuilt.hidden and not rebuilt.cut:
            told = WORDS.hidden.format(n=rebuilt.hidden)
            tell.done("unwhole", told, WORDS.first_cells, file=file)

    def _tell_fields(self, fields: dict[str, Field]) -> None:
        for essay, one in fields.items():
            file = f"{RESPONSES}/{essay}.json"
            if one.unread is not None:
                told = WORDS.field_unread.format(file=file, problem=one.unread)
                self._telling.look(
                    "unread", told, WORDS.before_grader, WORDS.read_it, file=file, item=essay
                )
            elif one.size > max(len(one.text), len(one.raw)):
                told = WORDS.cut.format(n=one.size)
                self._telling.look(
                    "unwhole", told, WORDS.first_shown, WORDS.read_file, file=file, item=essay
                )

    def _tell_bare(self, matched: Iterable[Matched], answers: Answers) -> None:
        """Say that answers may have been left behind: a notebook alone, without their folder."""
        handed = self._handed
        if handed.has_answers or answers.found or handed.closed or not self._items:
            return
        # The whole folder with nothing run in it: nothing was answered.
        if handed.has_faces and not any(one.has_outputs for one in matched):
            return
        self.missing = frozenset(self._items)
        self._telling.look(
            "unwhole", WORDS.bare, WORDS.bare_done, WORDS.ask_again, cells=self._items
        )


@made_once
def _asked_in(released: Mapping[str, Notebook]) -> tuple[list[str], dict[str, list[str]]]:
    """The items that are scored, and by notebook the essays: the same for a whole class."""
    items = [item for notebook in released.values() for item, _ in items_in(notebook)]
    return items, {name: list(essays_in(nb["cells"])) for name, nb in released.items()}


class _Telling:
    """The troubles of one submission, and the cells by which a person is called."""

    def __init__(self, student: str, folder: Path, lang: Lang, cell: str) -> None:
        self._student, self._folder, self._lang, self.cell = student, folder, lang, cell
        self.troubles: list[Trouble] = []
        self.waiting: dict[str, str] = {}

    def look(
        self,
        what: What,
        found: Text,
        done: Text,
        todo: Text | None = None,
        *,
        file: str = "",
        item: str = "",
        cells: Sequence[str] | None = None,
    ) -> None:
        """Tell what a person must look at.

        Args:
            what: what went wrong.
            found: what there was.
            done: what was done with it.
            todo: what is to be done; to look, where nothing else is said.
            file: the file.
            item: the graded cell that it goes with.
            cells: the graded cells by which a person is called; by default that of ``item``, or
                the one that a person looks at first.
        """
        called = cells if cells is not None else [item or self.cell]
        for cell in called:
            self.waiting.setdefault(cell, found[self._lang])
        one = item or (called[0] if len(called) == 1 else "")
        self._put_down(what, found, done, todo or WORDS.look, file, one, waits=True)

    def done(self, what: What, found: Text, done: Text, *, file: str, item: str = "") -> None:
        """Tell what was put right by itself."""
        self._put_down(what, found, done, WORDS.nothing, file, item, waits=False)

    def _put_down(
        self,
        what: What,
        found: Text,
        done: Text,
        todo: Text,
        file: str,
        item: str,
        *,
        waits: bool,
    ) -> None:
        self.troubles.append(
            Trouble(
                student=self._student,
                what=what,
                file=file,
                item=item,
                found=found,
                done=done,
                todo=todo,
                waits=waits,
                digest=digest_of(self._folder / file) if file else "",
            )
        )


def title_of(keys: Keys | None, item: str) -> Text:
    """What an exercise is called; its id where nobody knows."""
    try:
        if keys is not None and item in keys:
            title: Text = keys.asked(item).item.title
            return title
    except KeysError:
        pass  # told where the item is graded
    return Text(item, item)


def _of_mark(student: str, title: Text, item: str, marked: Marked, answers: Answers) -> Trouble:
    """The trouble of an answer that was not judged."""
    path = answers.path(item)
    file = legible(path.relative_to(answers.home.parent).as_posix())
    found = WORDS.answer_waits.format(item=title, problem=marked.problem)
    done = WORDS.no_points if marked.waiting else WORDS.no_answer
    todo = WORDS.score_it if marked.waiting else WORDS.nothing
    return Trouble(
        student=student,
        what="unread",
        file=file,
        item=item,
        found=found,
        done=done,
        todo=todo,
        waits=marked.waiting,
        digest=digest_of(path),
    )


def link_trouble(student: str, name: str) -> Trouble:
    """The trouble of a link or a device that was taken out of a submission."""
    return Trouble(
        student=student,
        what="refused",
        file=legible(name),
        found=WORDS.link.format(file=legible(name)),
        done=WORDS.link_done,
        todo=WORDS.look,
    )


def digest_of(path: Path) -> str:
    """What tells a file's content from another's, as far as it can be read and is no giant."""
    try:
        return hashlib.sha256(read_bounded(path, 64_000_000)).hexdigest()[:12]
    except OSError:
        return ""

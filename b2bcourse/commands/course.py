"""The commands `b2bcourse course …` around grading: a new course, students, dates."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from msgspec import Struct
from rich.table import Table

from b2bcourse.commands.progress_bar import bar
from b2bcourse.commands.telling import err, language, out, refusals, tell
from b2bcourse.context import default_language
from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    import datetime as dt

    from b2bcourse.facts import Lang
    from b2bcourse.grading.holding.exchange import InForce
    from b2bcourse.grading.opening import Course


class CourseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    made: Text
    next: Text
    fault: Text
    sound: Text
    course_id: Text
    handout: Text
    handout_file: Text
    handout_no_wheel: Text
    handout_exchange: Text
    handout_lms: Text
    students: Text
    students_new: Text
    students_changed: Text
    head_assignment: Text
    head_due: Text
    head_extensions: Text
    none: Text
    due: Text
    due_stale: Text
    due_utc: Text
    not_due: Text
    extended: Text
    not_extended: Text
    zone_utc: Text


WORDS: Final = read_words(__package__, CourseWords, name="course")

_NAMES: Final = 8
"""So many students are named."""

CourseOption = Annotated[Path, typer.Option("--course", help="The course folder.")]
ZoneOption = Annotated[
    str, typer.Option("--zone", help="Such as Asia/Seoul; else the machine's own.")
]


def register(app: typer.Typer) -> None:
    """Put these commands beside the others of `b2bcourse course`."""
    app.command("new")(new)
    app.command("check")(check)
    app.command("for-students")(for_students)
    app.command("students")(students)
    app.command("due")(due)
    app.command("extend")(extend)


def new(
    folder: Annotated[Path, typer.Argument(help="The new course's folder.")],
    lang: Annotated[str, typer.Option("--lang", help="ko or en; else by the machine.")] = "",
    origin: Annotated[
        Path | None, typer.Option("--from", help="A checkout of the kit with its solutions.")
    ] = None,
    exchange: Annotated[
        Path | None,
        typer.Option(help="The folder through which students fetch and hand in; made if missing."),
    ] = None,
    course_id: Annotated[
        str, typer.Option("--id", help="What the course is called there; else as its folder.")
    ] = "",
) -> None:
    """Make an instructor's course folder, ready for nbgrader and formgrader."""
    from b2bcourse.grading.course import assignments_in, new_course
    from b2bcourse.grading.opening import open_course

    spoken = language(lang, default_language())
    with refusals(spoken):
        made = new_course(folder, spoken, origin, exchange, course_id)
        course = open_course(made)
    tell(WORDS.made[spoken].format(folder=made, course_id=course.directory.course_id))
    _tell_exchange(course)
    known = assignments_in(made / "source")
    first = "a3-benefit-matrix" if "a3-benefit-matrix" in known else known[0]
    tell(WORDS.next[spoken].format(quoted=shlex.quote(str(made)), assignment=first))


def check(
    folder: Annotated[Path, typer.Argument(help="The course folder.")] = Path(),
) -> None:
    """Tell which exchange is in force and whether students can use it; exit status 1 if not."""
    course = _opened(folder)
    tell(WORDS.course_id[course.lang].format(id=course.directory.course_id))
    if _tell_exchange(course):
        raise typer.Exit(1)


def for_students(
    folder: Annotated[Path, typer.Argument(help="The course folder.")] = Path(),
    *,
    to: Annotated[Path | None, typer.Option("--out", help="Where; else for-students/.")] = None,
    wheel: Annotated[
        Path | None, typer.Option(help="The kit's wheel; else the one in the clone's dist/.")
    ] = None,
    assignment: Annotated[
        list[str] | None, typer.Option(help="A released assignment to pack; may stand often.")
    ] = None,
) -> None:
    """Write the folder that students get: how to begin, settings, the kit; no key is in it."""
    from b2bcourse.grading.holding.handout import for_students as write

    course = _opened(folder)
    lang = course.lang
    with refusals(lang), bar(err) as on_step:
        made = write(course, to, wheel, assignment or (), on_step)
    tell(WORDS.handout[lang].format(folder=made.folder))
    for name in made.files:
        tell(WORDS.handout_file[lang].format(name=name))
    if not made.wheel:
        tell(WORDS.handout_no_wheel[lang])
    how = WORDS.handout_exchange if made.exchange else WORDS.handout_lms
    tell(how[lang])


def students(
    file: Annotated[Path, typer.Argument(help="A class list as CSV, from an LMS or a table.")],
    folder: CourseOption = Path(),
) -> None:
    """Bring names, e-mail addresses and ids of students into the gradebook."""
    from b2bcourse.grading.holding.roster import read_roster, take_in

    course = _opened(folder)
    lang = course.lang
    with refusals(lang):
        done = take_in(course, read_roster(file))
    added, changed = len(done.added), len(done.changed)
    tell(WORDS.students[lang].format(all=done.all, added=added, changed=changed))
    for sentence, ids in (
        (WORDS.students_new, done.added),
        (WORDS.students_changed, done.changed),
    ):
        if ids:
            more = " …" if len(ids) > _NAMES else ""
            tell(sentence[lang].format(ids=", ".join(ids[:_NAMES]) + more))


def due(
    assignment: Annotated[str, typer.Argument(help="The assignment; none: show all.")] = "",
    when: Annotated[
        str, typer.Argument(help='2026-12-07, "2026-12-07 18:00"; "never" takes it back.')
    ] = "",
    *,
    folder: CourseOption = Path(),
    zone: ZoneOption = "",
) -> None:
    """Set when an assignment is due, in your own time; or show all dates and extensions."""
    from b2bcourse.grading.holding import dates

    course = _opened(folder)
    with refusals(course.lang):
        where = dates.zone_named(zone)
        if not when:
            _tell_dates(course, assignment, where)
            return
        moment = None if when == "never" else dates.when(when, where)
        stale = dates.set_due(course, assignment, moment)
    for where_not, why in stale:
        tell(WORDS.due_stale[course.lang].format(folder=where_not, detail=why))
    if moment is None:
        tell(WORDS.not_due[course.lang].format(assignment=assignment))
        return
    _tell_moment(course.lang, WORDS.due, moment, where, assignment=assignment)


def extend(
    assignment: Annotated[str, typer.Argument(help="An assignment with a due date.")],
    student: Annotated[str, typer.Argument(help="The student's id.")],
    until: Annotated[
        str, typer.Argument(help='2026-12-09, "2026-12-09 18:00"; "never" takes it back.')
    ],
    folder: CourseOption = Path(),
    zone: ZoneOption = "",
) -> None:
    """Give one student more time, before or after handing in."""
    from b2bcourse.grading.holding import dates

    course = _opened(folder)
    with refusals(course.lang):
        where = dates.zone_named(zone)
        moment = None if until == "never" else dates.when(until, where)
        dates.extend(course, assignment, student, moment)
    about = {"assignment": assignment, "student": student}
    if moment is None:
        tell(WORDS.not_extended[course.lang].format(**about))
        return
    _tell_moment(course.lang, WORDS.extended, moment, where, **about)


def _opened(folder: Path) -> Course:
    from b2bcourse.grading.opening import open_course

    with refusals(default_language()):
        return open_course(folder)


def _tell_exchange(course: Course) -> bool:
    """Tell the exchange in force and what is wrong with it; whether anything is."""
    from b2bcourse.grading.holding.exchange import faults, in_force

    found: InForce = in_force(course.root, course.directory.course_id)
    tell(found.told()[course.lang])
    wrong = faults(found, course.root)
    for fault in wrong:
        tell(WORDS.fault[course.lang].format(fault=fault[course.lang]))
    if found.root is not None and not wrong:
        tell(WORDS.sound[course.lang])
    return bool(wrong)


def _tell_dates(course: Course, assignment: str, zone: dt.tzinfo | None) -> None:
    from b2bcourse.grading.holding.dates import dates_of, local

    lang = course.lang
    heads = (WORDS.head_assignment, WORDS.head_due, WORDS.head_extensions)
    table = Table(*(head[lang] for head in heads), box=None, header_style="dim", pad_edge=False)
    for each in dates_of(course):
        if assignment in {"", each.assignment}:
            told = [f"{who} {local(until, zone)}" for who, until in sorted(each.extensions.items())]
            when = local(each.due, zone) if each.due else WORDS.none[lang]
            table.add_row(each.assignment, when, "\n".join(told))
    out.print(table)


def _tell_moment(
    lang: Lang, sentence: Text, moment: dt.datetime, zone: dt.tzinfo | None, **about: str
) -> None:
    """A time as it was meant and as nbgrader keeps it, so that a wrong zone is seen at once."""
    from b2bcourse.grading.holding.dates import local

    told = local(moment, zone)
    tell(sentence[lang].format(when=told, **about))
    if told.endswith(" UTC"):
        if zone is None:
            tell(WORDS.zone_utc[lang])
    else:
        tell(WORDS.due_utc[lang].format(utc=f"{moment:%Y-%m-%d %H:%M}"))

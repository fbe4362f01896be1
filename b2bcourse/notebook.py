"""What a notebook's cells call. Each is one readable line, and none ever shows a traceback."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from msgspec import Struct

from b2bcourse.facts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.items.authored import ItemBase
    from b2bcourse.items.base import FaceBase
    from b2bcourse.items.response import Try
    from b2bcourse.responses import Loaded, Store


class NotebookWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    titles: dict[Literal["pre", "post"], Text]
    no_such: Text
    no_debrief: Text
    not_shown: Text
    answers_elsewhere: Text
    two_sets: Text


@cache
def _words() -> NotebookWords:
    """Read when something is said, and not when a notebook imports the kit."""
    from b2bcourse.facts.reading import read_words

    return read_words("b2bcourse", NotebookWords, "notebook")


def practice(item: str) -> Any:
    """Show a practice exercise, with Check, Hint and Show answer.

    Args:
        item: the id of an item of the practice bank, such as ``"mx-cells"``, or of a bank of your
            own: a folder ``bank`` or ``items`` beside the notebook or above it.
    """
    return _told(lambda folder: _practice(folder, str(item)), "practice", item)


def _practice(folder: Path, item: str) -> Any:
    from b2bcourse.context import answers_home, language, practice_item
    from b2bcourse.items import kind_of
    from b2bcourse.responses import Store
    from b2bcourse.widgets.exercise import exercise_for

    authored, home = practice_item(item, folder), answers_home(folder)
    face = kind_of(authored.kind).face(authored, language(folder))
    exercise = exercise_for(face, Store(home, face, authored), authored)
    exercise.beside = folder
    exercise.is_early = lambda: _is_early(authored.id, home)
    exercise.comes_back = lambda: _comes_back(authored.id, home, face.lang)
    told = [note[face.lang] for note in _where(folder, home)]
    if told:
        exercise.view.notes = [*exercise.view.notes, *told]
    return exercise


def _where(folder: Path, home: Path) -> Iterator[Text]:
    """What a learner must know of where the answers lie."""
    from b2bcourse.context import read_index, second_answers

    if home != folder:
        yield _words().answers_elsewhere.format(folder=home)
    index, second = read_index(home), second_answers(folder)
    if second is not None and not (index and index.assignment):
        yield _words().two_sets.format(second=second, folder=home)


def more(lesson: str) -> Any:
    """Show the list of a lesson's further practice; one exercise opens at a time.

    Args:
        lesson: the lesson's name, such as ``"02-decision-unit"``.
    """
    return _told(lambda folder: _more(folder, str(lesson)), "more", lesson)


def _more(folder: Path, name: str) -> Any:
    from b2bcourse.context import answers_home, language, practice_item
    from b2bcourse.facts.lessons import lessons
    from b2bcourse.widgets.lists import Listing

    known = {lesson.id: lesson for lesson in lessons()}
    if name not in known:
        _no_such(name, known)
    items = [practice_item(item) for item in known[name].more]
    return Listing(answers_home(folder), items, language(folder))


def again(lesson: str) -> Any:
    """Ask once more what earlier lessons taught, from a blank page.

    Args:
        lesson: the name of the lesson that asks, such as ``"03-vendor-and-customer"``.
    """
    return _told(lambda folder: _again(folder, str(lesson)), "again", lesson)


def _again(folder: Path, name: str) -> Any:
    from datetime import datetime

    from b2bcourse.context import answers_home, language, practice_item
    from b2bcourse.facts.lessons import lessons
    from b2bcourse.learner.day_words import WORDS
    from b2bcourse.widgets.day import Card, DayList

    known = {lesson.id: lesson for lesson in lessons() if lesson.again}
    if name not in known:
        _no_such(name, known)
    items, lang = known[name].again, language(folder)
    said = Card(WORDS.again[lang], WORDS.again_told[lang], WORDS.review[lang], "")
    rows = [practice_item(item) for item in items]
    return DayList(answers_home(folder), rows, items, said, lang, datetime.now().astimezone())


def test(when: str) -> Any:
    """Show the test before the course or after it: no verdict until it is finished.

    Args:
        when: ``"pre"`` or ``"post"``.
    """
    return _told(lambda folder: _test(folder, str(when)), "test", when)


def _test(folder: Path, when: str) -> Any:
    from b2bcourse.context import answers_home, language, practice_item
    from b2bcourse.facts.lessons import form, gains
    from b2bcourse.learner.forms import goes_on_with_earlier, taken
    from b2bcourse.responses import histories
    from b2bcourse.widgets.lists import Questions

    titles = _words().titles
    asked = next((one for one in titles if one == when), None)
    if asked is None:
        _no_such(when, titles)
    lang, home = language(folder), answers_home(folder)
    tries = histories(home)
    earlier = goes_on_with_earlier(gains(), tries)
    last = form(gains(), "post", earlier=earlier)
    reasons = earlier or asked == "post" or taken(last, tries)
    items = [practice_item(item) for item in form(gains(), asked, earlier=earlier)]
    return Questions(home, items, lang, titles[asked][lang], reasons=reasons)


def _no_such(name: str, known: Iterable[str]) -> NoReturn:
    from b2bcourse.context import ContextError
    from b2bcourse.facts.korean import quoted
    from b2bcourse.facts.near import meant

    names = list(known)
    told = {"name": quoted(name), "meant": meant(name, names), "known": ", ".join(names)}
    raise ContextError(_words().no_such.format(**told))


def gain() -> Any:
    """Draw what was right before the course and what is right after it, objective by objective."""
    return _told(_gain, "gain")


def _gain(folder: Path) -> Any:
    from b2bcourse.context import answers_home, language
    from b2bcourse.facts.lessons import gains
    from b2bcourse.learner import gain_page as page
    from b2bcourse.learner.gain import measured
    from b2bcourse.responses import histories

    lang = language(folder)
    found = measured(gains(), histories(answers_home(folder)))
    return _Page(page.html(found, lang), page.text(found, lang))


def answer(item: str) -> Any:
    """Show a graded exercise; each change is saved beside the notebook.

    Under nbgrader the cell yields the points instead: a plain float, 0.0 where anything is amiss.

    Args:
        item: the id of an item of this assignment.
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        from b2bcourse.grading.execute import points_when_executed

        return points_when_executed(item)
    return _told(lambda folder: _answer(folder, str(item)), "answer", item)


def _answer(folder: Path, item: str) -> Any:
    from b2bcourse.context import read_index, released_face, source_face
    from b2bcourse.responses import Store
    from b2bcourse.widgets.exercise import exercise_for

    index = read_index(folder)
    # Beside the lessons lies an index too, with no faces in it: of a copied assignment all is left.
    if index is None or not (index.assignment or index.items):
        shown = exercise_for(source_face(folder, item), None)
        return _with_record(shown, folder, lambda other: source_face(folder, other))
    face = released_face(folder, index, item)
    shown = exercise_for(face, Store(folder, face))
    return _with_record(shown, folder, lambda other: released_face(folder, index, other))


def _with_record(shown: Any, folder: Path, face_of: Callable[[str], Any]) -> Any:
    """The exercise, and with it the case that its notebook tells above."""
    from b2bcourse.widgets.record import above

    shown.view.record = above(folder, shown.face.id, face_of)
    return shown


def figure(name: str) -> Any:
    """Show one of the course's figures in the notebook's language.

    Args:
        name: the figure's name, such as ``"benefit-matrix"``.
    """
    return _told(lambda folder: _figure(folder, str(name)), "figure", name)


def _figure(folder: Path, name: str) -> Any:
    from b2bcourse.context import language
    from b2bcourse.figures import show

    return show(name, language(folder))


def debrief(item: str) -> Any:
    """Show the debrief of a game: what was believed and what is so, and which decisions mattered.

    Args:
        item: the id of a game, such as ``"sim-software"``.
    """
    return _told(lambda folder: _debrief(folder, str(item)), "debrief", item)


def _debrief(folder: Path, item: str) -> Any:
    from b2bcourse.context import ContextError
    from b2bcourse.render import debrief as page

    _, face, authored = _typed(folder, item)
    if face.kind != "simulation":
        raise ContextError(_words().no_debrief.format(item=item))
    response = _store(folder, face, authored).read().response
    value = response.value if response else {}
    return _Page(page.html(face, value), page.text(face, value))


def progress() -> Any:
    """Show how far one has come: lessons, objectives, items, and what to do next."""
    return _told(_progress, "progress")


def _progress(folder: Path) -> Any:
    from datetime import datetime

    from b2bcourse.context import answers_home, language
    from b2bcourse.facts.lessons import form, gains, lessons
    from b2bcourse.learner import page
    from b2bcourse.learner.both import tries_of_both
    from b2bcourse.learner.forms import as_today
    from b2bcourse.learner.progress import progress as told

    lang = language(folder)
    tries = as_today(gains(), tries_of_both(answers_home(folder)))
    asked = [*form(gains(), "pre"), *form(gains(), "post")]
    found = told(lessons(), tries, answered=tries, measuring=asked)
    return _Page(page.html(found, lang, datetime.now().astimezone()), page.text(found, lang))


def today() -> Any:
    """Show the day's card: what comes back, one small decision, and what is next."""
    return _told(_today, "today")


def _today(folder: Path) -> Any:
    from datetime import datetime

    from b2bcourse.context import answers_home, language, practice_item
    from b2bcourse.learner.both import tries_of_both
    from b2bcourse.learner.day import day
    from b2bcourse.learner.day_words import WORDS, told
    from b2bcourse.widgets.day import Card, DayList

    home, lang, now = answers_home(folder), language(folder), datetime.now().astimezone()
    found = day(tries_of_both(home), now)
    reviews = [one.item for one in found.reviews]
    rows = [*reviews, *([found.decision.item] if found.decision else [])]
    said = Card(WORDS.title[lang], told(found, lang, now), WORDS.review[lang], WORDS.decision[lang])
    return DayList(home, [practice_item(row) for row in rows], reviews, said, lang, now)


class _Page:
    """A page in a notebook: HTML, and text where there is no HTML."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def template(item: str) -> None:
    """Print a form of an exercise to fill in and hand to `respond`.

    Args:
        item: the id of an item of this assignment or of the practice bank.
    """
    _told(lambda folder: print(_typed(folder, str(item))[0]), "template", item)  # noqa: T201 - printing is what it is for


def respond(item: str, value: Mapping[str, Any] | str) -> None:
    """Answer an exercise without its widget, with the names a person would type.

    Args:
        item: the id of an item of this assignment or of the practice bank.
        value: for a matrix ``{"비용절감 효과": ["CFO", "COO"]}``; see `template`. For an essay
            its text.
    """
    told = partial(_respond, item=str(item), value=value)
    _told(lambda folder: print(told(folder)), "respond", item)  # noqa: T201 - that is what it is for


def _typed(folder: Path, item: str) -> tuple[str, Any, Any]:
    """The form to fill in, the face, and the authored item where it is practice."""
    from b2bcourse.context import language, practice_item, read_index, released_face, source_face
    from b2bcourse.items import kind_of
    from b2bcourse.learner.whereabouts import Call, is_beside

    index = read_index(folder)
    authored = None
    if index is not None and item in index.items:
        face = released_face(folder, index, item)
    elif is_beside(folder, Call("answer", item)) and (index is None or not index.assignment):
        face = source_face(folder, item)  # which tells what a copied one lacks
    else:
        authored = practice_item(item, folder)
        face = kind_of(authored.kind).face(authored, language(folder))
    return kind_of(face.kind).template(face), face, authored


def _respond(folder: Path, item: str, value: Mapping[str, Any] | str) -> str:
    from b2bcourse import render
    from b2bcourse.context import practice_item
    from b2bcourse.items import agreement, kind_of, staging
    from b2bcourse.items.judging import judge
    from b2bcourse.responses import values

    _, face, authored = _typed(folder, item)
    kind = kind_of(face.kind)
    typed = kind.parse(face, value)
    store = _store(folder, face, authored)
    before = store.read()
    was = before.response.value if before.response else {}
    saved = store.save(kind.replacing(face, typed), was=was)
    assert saved.response is not None
    feedback, told_of_guess = None, ""
    if authored is not None:
        key = kind.key(authored)
        others = [practice_item(name, folder) for name in agreement.wanted(key)]
        said = values(store.path.parent, others)
        outcome = judge(kind, face, key, saved.response.value, others, said)
        if _is_whole(kind, saved.response.value):
            tries = _tries(store.save({}, tried=outcome))
            home = store.path.parent.parent
            if _is_early(authored.id, home):
                told_of_guess = staging.kept(face).text + "\n"
            elif not _is_withheld(item, home):
                feedback = staging.told(kind, face, key, outcome, saved.response.value, tries)
    told = _set_aside(face, before) + _kept(face, typed, saved.response.value)
    return told + render.text(face, saved.response.value, feedback) + told_of_guess


def _tries(saved: Loaded) -> tuple[Try, ...]:
    return saved.response.tries if saved.response else ()


def _comes_back(item: str, home: Path, lang: Lang) -> str:
    """On which day the fact that an item asks is asked again; empty where nothing asks it."""
    from datetime import datetime

    from b2bcourse.facts.reviews import reviews
    from b2bcourse.learner.both import tries_of_both
    from b2bcourse.learner.day_words import coming
    from b2bcourse.learner.reviews import comes_back

    asking = next((items for items in reviews().facts.values() if item in items), ())
    now = datetime.now().astimezone()
    when = comes_back(asking, tries_of_both(home), now.tzinfo) if asking else None
    return coming(when, lang, now) if when else ""


def _is_early(item: str, home: Path) -> bool:
    """Whether an item asks for a guess whose lesson is still to come."""
    from b2bcourse.facts.lessons import lessons
    from b2bcourse.learner.guessing import is_early
    from b2bcourse.responses import histories

    if not any(item in lesson.guesses for lesson in lessons()):
        return False  # what most are: no file is read for them
    return is_early(lessons(), item, {name for name, tries in histories(home).items() if tries})


def _is_withheld(item: str, home: Path) -> bool:
    """Whether an item is a question of a test whose reasons are not told yet."""
    from b2bcourse.facts.lessons import gains
    from b2bcourse.learner.forms import is_withheld
    from b2bcourse.responses import histories

    return is_withheld(gains(), item, histories(home))


def _set_aside(face: FaceBase, found: Loaded) -> str:
    """What is told to who answers by typing of a version that was set aside, and that version."""
    from b2bcourse import render

    notes = [note[face.lang] for note in found.notes]
    if found.offer:
        notes += [found.offer.text[face.lang], render.text(face, found.offer.kept.value)]
    return "".join(f"{note}\n\n" for note in notes)


def _is_whole(kind: Any, value: Mapping[str, Any]) -> bool:
    """Whether an answer can be judged: a game when it is over, anything else at once."""
    from b2bcourse.items.kind import Played

    states = kind.states(value) if isinstance(kind, Played) else ()
    return not states or bool(states[-1].over)


def _kept(face: FaceBase, typed: Mapping[str, Any], saved: Mapping[str, Any]) -> str:
    """What is told to who has typed a turn of a game otherwise than it was played."""
    if face.kind != "simulation":
        return ""
    from b2bcourse.render.simulation import kept_otherwise

    told = kept_otherwise(typed, saved, face.lang)
    return f"{told}\n\n" if told else ""


def _store(folder: Path, face: FaceBase, authored: ItemBase | None = None) -> Store:
    from b2bcourse.context import answers_home
    from b2bcourse.responses import Store

    # A practice answer may lie further up in the working copy, a graded one never does.
    return Store(answers_home(folder) if authored else folder, face, authored)


def _told(do: Callable[[Path], Any], verb: str, what: object = "") -> Any:
    """What ``do`` returns; what goes wrong is told in a sentence of the notebook's language.

    Args:
        do: takes the notebook's folder.
        verb: what the cell calls.
        what: what it calls it with.
    """
    from b2bcourse.context import ContextError, language
    from b2bcourse.items import ItemError, ResponseError
    from b2bcourse.learner.whereabouts import Call, ElsewhereError, notebook_folder
    from b2bcourse.responses import SaveError

    folder = Path.cwd()
    try:
        folder = notebook_folder(Call(verb, str(what)))
        return do(folder)
    except ElsewhereError as error:
        print(error.text[error.lang])  # noqa: T201 - the student reads it under the cell
    except (ContextError, SaveError, ResponseError) as error:
        print(error.text[language(folder)])  # noqa: T201
    except (ItemError, OSError) as error:
        print(f"{_words().not_shown[language(folder)]}: {error}")  # noqa: T201
    return None

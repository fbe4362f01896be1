"""Every kind of exercise in a real JupyterLab: its samples given by keys alone, kept, judged, seen.

The matrix has a file of its own. One notebook a language shows one exercise after the other.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from alone import axe, words
from lab import (
    artefacts,
    context_of,
    restart_kernel,
    run_all,
    set_theme,
    wait_idle,
    write_notebook,
)
from playwright.sync_api import expect

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.responses import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

FORMS = {
    "ordering": "or-dmp5",
    "matching": "ma-roles",
    "matching, several": "ma-roles-two",
    "matching, two sides": "ma-flow",
    "matching, evidence": "ev-bakery",
    "choice": "ch-dmu-centre",
    "choice, several": "ch-feedback",
    "allocation": "al-portfolio",
    "allocation, numbers": "al-visits",
    "allocation, schedule": "al-packaging",
    "essay": "es-meeting",
}
ONE_EACH = {
    form: FORMS[form]
    for form in (
        "ordering",
        "matching",
        "matching, evidence",
        "choice, several",
        "allocation",
        "allocation, schedule",
        "essay",
    )
}


QUICK_FORMS = [
    pytest.param(item, id=form, marks=() if form in ONE_EACH else pytest.mark.slow)
    for form, item in FORMS.items()
]


class Exercise:
    """A bank item in one language, with what its kind says about it."""

    def __init__(self, item: str, lang: str = "ko") -> None:
        authored = load_item(bank_folder() / f"{item}.yaml")
        self.item, self.name, self.kind = item, authored.kind, kind_of(authored.kind)
        self.words = words(lang, self.name)
        self.face, self.key = self.kind.face(authored, lang), self.kind.key(authored)
        self.samples = {sample.name: sample for sample in self.kind.samples(authored)}

    def score(self, value: Any) -> Any:
        return self.kind.score(self.face, self.key, value)

    def told(self, value: Any) -> dict[str, Any]:
        """What Check must say of a value."""
        return msgspec.to_builtins(self.kind.explain(self.face, self.key, self.score(value), value))

    def sample(self, *names: str) -> Any:
        return next(self.samples[name] for name in names if name in self.samples)


class Desk:
    """One notebook in JupyterLab, whose cell shows one exercise after the other."""

    def __init__(self, lab: Lab, page: Page, name: str, lang: str) -> None:
        self.page, self.lang = page, lang
        path = f"tests/{name}/one.ipynb"
        self.folder = lab.root / "tests" / name
        write_notebook(lab.root / path, "import b2bcourse as b2b", "")
        context_of(self.folder, lang)
        lab.open(page, path)
        run_all(page)

    def show(self, exercise: Exercise, value: dict[str, Any] | None = None) -> Shown:
        """The exercise, unanswered or with an answer that was given before."""
        file = self.folder / "responses" / f"{exercise.item}.json"
        file.unlink(missing_ok=True)
        if value is not None:
            store = Store(self.folder, exercise.face)
            store.save(value)
        self.page.evaluate(
            """async (source) => {
              const notebook = window.jupyterapp.shell.currentWidget.content;
              notebook.activeCellIndex = 1;
              notebook.activeCell.model.sharedModel.setSource(source);
              await window.jupyterapp.commands.execute("notebook:run-cell");
            }""",
            f'b2b.practice("{exercise.item}")',
        )
        return Shown(self.page, exercise, file)


class Shown:
    """An exercise on the page: keys go to whatever has the focus, never to an element."""

    def __init__(self, page: Page, exercise: Exercise, file: Path) -> None:
        self.page, self.exercise, self.file = page, exercise, file
        self.root: Locator = page.locator(f'.b2b-exercise[data-item="{exercise.item}"]')
        expect(self.root).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def at(self) -> str:
        """The data-at of what has the focus."""
        return self.page.evaluate("document.activeElement.dataset.at ?? ''")

    def tab_to(self, selector: str) -> None:
        """Press Tab or Shift+Tab until the focus is there."""
        for _ in range(80):
            way = self.page.evaluate(_WAY, [self.exercise.item, selector])
            if way == "":
                return
            self.press(way)
        pytest.fail(f"the Tab key never reaches {selector}; it is at {self.at()!r}")

    def tab_into(self) -> None:
        """From the cell into the exercise."""
        self.page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCell.node.focus()")
        self.tab_to("[data-at]:is([tabindex='0'], input, textarea)")

    def value(self) -> dict[str, Any]:
        return json.loads(self.file.read_bytes())["value"]

    def tries(self) -> list[float]:
        return [one["fraction"] for one in json.loads(self.file.read_bytes())["tries"]]

    def wait_on_disk(self, value: Any) -> None:
        """Until the file holds this value, and the widget says that it is saved."""
        expect(self.root.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
        wait_until(
            lambda: self.file.exists() and without_empty(self.value()) == without_empty(value)
        )

    def check(self) -> None:
        self.tab_to('[data-do="main"]')
        self.press("Enter")
        expect(self.root.locator(".b2b-task.is-result")).to_be_visible()

    def retry(self) -> None:
        self.tab_to('[data-do="main"]')
        self.press("Enter")
        expect(self.root.locator(".b2b-task.is-result")).to_have_count(0)

    def expect_points(self, value: Any) -> None:
        """The widget's score is the pure function's, in its words and in the history on disk."""
        told = self.exercise.told(value)
        expect(self.root.locator(".b2b-task")).to_contain_text(told["text"])
        expect(self.root.locator(".b2b-big")).to_have_text(told["big"])
        wait_until(lambda: self.tries()[-1] == pytest.approx(self.exercise.score(value).fraction))


# Which key brings the focus nearer to the first element of a selector; "" when it is at one of them.
_WAY = """([item, selector]) => {
  const target = document.querySelector(`.b2b-exercise[data-item="${item}"]`).querySelector(selector);
  if (!target) throw new Error(`nothing is ${selector}`);
  const here = document.activeElement;
  if (here.matches(selector)) return "";
  const follows = here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows ? "Tab" : "Shift+Tab";
}"""


def without_empty(value: Any) -> Any:
    """A value without empty branches: {} and nothing at all are the same answer."""
    if not isinstance(value, dict):
        return value
    pruned = {key: without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in pruned.items() if inner not in ({}, None, "")}


def wait_until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.02)


# ---------------------------------------------------------------- how each kind is answered by keys


def give_ordering(shown: Shown, value: Any) -> None:
    """Cards not yet placed go to the first empty place, one after the other."""
    given = without_empty(shown.value())["order"].values() if shown.file.exists() else ()
    for card in value["order"].values():
        if card not in given:
            to_tray_card(shown, f"card/{card}")
            shown.press("Space", "Space")


def to_tray_card(shown: Shown, wanted: str) -> None:
    """Arrows lead from anywhere in the body to a card of the tray."""
    if not shown.at():
        shown.tab_to('[data-at][tabindex="0"]')
    tray = (
        "[...document.activeElement.closest('.b2b-exercise').querySelectorAll('.b2b-tray [data-at]')]"
        ".map(node => node.dataset.at)"
    )
    for _ in range(3):  # a column of cards for each side may lie between
        if shown.at() not in shown.page.evaluate(tray):
            shown.press("ArrowRight")
    cards = shown.page.evaluate(tray)
    steps = cards.index(wanted) - cards.index(shown.at())
    shown.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
    assert shown.at() == wanted


def give_matching(shown: Shown, value: Any) -> None:
    given = shown.value()["places"] if shown.file.exists() else {}
    if shown.exercise.face.evidence:
        give_evidence(shown, value)
        return
    for card, places in value["places"].items():
        for place in places:
            if place not in given.get(card, {}):
                to_tray_card(shown, f"{card}@")
                shown.press("Space")
                aim_at(shown, place)
                shown.press("Space")
                assert shown.at().startswith(f"{card}@"), "the focus stays with the card"


def give_evidence(shown: Shown, value: Any) -> None:
    """Each group of buttons is one stop; arrows lead to a name or a line, Space presses it."""
    given = shown.value() if shown.file.exists() else {"places": {}, "lines": {}}
    for card in (card.id for card in shown.exercise.face.cards):
        for asked, sign in (("places", ""), ("lines", "#")):
            for name in value[asked].get(card, {}):
                if name not in given[asked].get(card, {}):
                    press_chip(shown, card, f"{card}@{sign}{name}")


def press_chip(shown: Shown, card: str, wanted: str) -> None:
    lines = "#" in wanted
    stop = f'[data-at^="{card}@#"]' if lines else f'[data-at^="{card}@"]:not([data-at*="#"])'
    shown.tab_to(f"{stop}[tabindex='0']")
    chips = shown.root.evaluate(
        "(root, stop) => [...root.querySelectorAll(stop)].map(node => node.dataset.at)", stop
    )
    steps = chips.index(wanted) - chips.index(shown.at())
    shown.press(*["ArrowRight" if steps > 0 else "ArrowLeft"] * abs(steps), "Space")
    assert shown.at() == wanted, "the focus stays with what was pressed"


def aim_at(shown: Shown, place: str) -> None:
    """Arrows lead to the row, then across; a cell that the source leaves open is gone around."""
    category, _, side = place.partition("/")
    face = shown.exercise.face
    rows, sides = [row.id for row in face.categories], [column.id for column in face.sides]
    for _ in range(3 * len(rows)):
        before = aimed(shown)
        if before == place:
            return
        here, _, at_side = before.partition("/")
        if at_side != side:
            shown.press("ArrowRight" if sides.index(side) > sides.index(at_side) else "ArrowLeft")
            if aimed(shown) == "":
                shown.press("ArrowLeft")  # the tray lies where the cell is open
            elif aimed(shown) != before:
                continue
        shown.press("ArrowUp" if rows.index(here) > rows.index(category) else "ArrowDown")
    pytest.fail(f"the arrows never reach {place}")


def aimed(shown: Shown) -> str:
    """Where a lifted card would go: a place, or "" for the tray."""
    return shown.page.evaluate(
        "document.querySelector('[data-zone].is-target')?.dataset.zone ?? ''"
    )


def give_choice(shown: Shown, value: Any) -> None:
    options = [option.id for option in shown.exercise.face.options]
    if shown.exercise.face.several:
        for option in options:
            ticked = shown.root.locator(f'[data-at="{option}"]').is_checked()
            if ticked != bool(value["chosen"].get(option)):
                shown.tab_to(f'[data-at="{option}"]')
                shown.press("Space")
    for chosen in () if shown.exercise.face.several else value["chosen"]:
        shown.tab_to("[data-at]")
        steps = options.index(chosen) - options.index(shown.at())
        shown.press("Space", *["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))


def give_allocation(shown: Shown, value: Any) -> None:
    face = shown.exercise.face
    for row in face.rows:
        for field in face.fields:
            put_number(
                shown, f"{row.id}/{field.id}", value["numbers"].get(row.id, {}).get(field.id, 0)
            )
    if face.line:
        put_in_line(shown, list(value["order"].values()))
    if "worth" in value:
        put_number(shown, "worth", value["worth"])


def put_number(shown: Shown, at: str, number: float) -> None:
    box = shown.root.locator(f'[data-at="{at}"]')
    if box.get_attribute("type") == "checkbox":
        if box.is_checked() != bool(number):
            shown.tab_to(f'[data-at="{at}"]')
            shown.press("Space")
    elif float(box.input_value() or 0) != number:
        shown.tab_to(f'[data-at="{at}"]')
        shown.press("Control+a", *str(number))


def put_in_line(shown: Shown, wanted: list[str]) -> None:
    """Jobs are accepted as the table shows them, then moved by their buttons."""
    rows = [row.id for row in shown.exercise.face.rows]
    for row in rows:
        put_number(shown, f"{row}/accept", row in wanted)
    buttons = (
        f"[...document.querySelectorAll('[data-item={shown.exercise.item}] [data-at$=\"/up\"]')]"
        ".map(node => node.dataset.at.split('/')[0])"
    )
    for place, job in enumerate(wanted):
        for _ in range(shown.page.evaluate(buttons).index(job) - place):
            shown.tab_to(f'[data-at="{job}/up"]')
            shown.press("Enter")
    assert shown.page.evaluate(buttons) == wanted


def give_essay(shown: Shown, value: Any) -> None:
    """A text, then the comparison, then a level for each criterion that has none."""
    if not shown.root.locator("textarea").input_value():
        shown.tab_to("textarea")
        shown.press("d", "d", "Shift+Enter", "Control+a")  # no shortcut of the notebook's
        shown.page.keyboard.insert_text(value["text"])
    shown.check()
    given = shown.value()["self"]
    for criterion, level in value["self"].items():
        if criterion not in given:
            shown.tab_to(f'[data-at^="{criterion}-"]')
            steps = level - int(shown.at().rpartition("-")[2])
            shown.press("Space", *["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
            wait_until(lambda at=criterion: at in shown.value()["self"])
    shown.wait_on_disk(value)
    shown.retry()


GIVE = {
    "ordering": give_ordering,
    "matching": give_matching,
    "choice": give_choice,
    "allocation": give_allocation,
    "essay": give_essay,
}


# ---------------------------------------------------------------- one page a language


def desk_of(lab: Lab, chromium: Any, lang: str, width: int, theme: str) -> Iterator[Desk]:
    """A desk of its own for this module, high enough for whole pictures; its page goes at the end."""
    context = chromium.new_context(viewport={"width": width, "height": 1900}, color_scheme=theme)
    context.set_default_timeout(15_000)
    try:
        desk = Desk(lab, context.new_page(), f"kinds-{lang}", lang)
        set_theme(desk.page, theme)
        desk.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        yield desk
    finally:
        set_theme(desk.page, "light")  # the server keeps it for the tests that follow
        context.close()


@pytest.fixture(scope="module")
def korean(lab: Lab, chromium: Any) -> Iterator[Desk]:
    yield from desk_of(lab, chromium, "ko", 1280, "light")


@pytest.fixture(scope="module")
def english(lab: Lab, chromium: Any) -> Iterator[Desk]:
    yield from desk_of(lab, chromium, "en", 800, "dark")


@pytest.mark.parametrize("item", QUICK_FORMS)
def test_its_samples_given_by_keys_alone_get_the_points_they_must(korean: Desk, item: str) -> None:
    exercise = Exercise(item)
    cells = korean.page.locator(".jp-Cell").count()
    shown = korean.show(exercise)
    shown.tab_into()
    for sample in (
        exercise.sample("one part missing", "one row missing"),
        exercise.sample("right"),
    ):
        assert exercise.score(sample.value).fraction == pytest.approx(
            sample.fraction, abs=sample.tolerance
        )
        GIVE[exercise.name](shown, sample.value)
        if not without_empty(sample.value):  # the one option of a single choice is missing
            expect(shown.root.locator('[data-do="main"]')).to_have_attribute(
                "aria-disabled", "true"
            )
            continue
        shown.wait_on_disk(sample.value)
        assert exercise.score(shown.value()).fraction == pytest.approx(
            sample.fraction, abs=sample.tolerance
        )
        shown.check()
        shown.expect_points(sample.value)
        if sample.name != "right":
            shown.retry()
    assert korean.page.locator(".jp-Cell").count() == cells, "a key reached the notebook"


@pytest.mark.slow
@pytest.mark.parametrize("item", FORMS.values(), ids=FORMS)
def test_every_sample_that_a_widget_can_give_gets_its_points(korean: Desk, item: str) -> None:
    exercise = Exercise(item)
    given = {
        name: sample
        for name, sample in exercise.samples.items()
        if can_be_given(exercise, sample.value)
    }
    assert {"right"} < given.keys()
    for name, sample in given.items():
        shown = korean.show(exercise)
        shown.tab_into()
        GIVE[exercise.name](shown, sample.value)
        shown.wait_on_disk(sample.value)
        shown.check()
        shown.expect_points(sample.value)
        assert shown.tries()[-1] == pytest.approx(sample.fraction, abs=sample.tolerance), name


def can_be_given(exercise: Exercise, value: Any) -> bool:
    """Whether a widget lets somebody answer so: not nothing, and nothing that is no answer."""
    if exercise.score(value).notes or not without_empty(value):
        return False
    if exercise.name == "matching" and not exercise.face.several:
        return all(len(places) < 2 for places in value["places"].values())
    if exercise.name == "choice" and not exercise.face.several:
        return len(value["chosen"]) == 1
    # Check waits for a text that is long enough, and one that is not compared is no try yet.
    return exercise.name != "essay" or exercise.score(value).fraction > 0


# ---------------------------------------------------------------- half answered, partly wrong


def half_ordering(exercise: Exercise) -> dict[str, Any]:
    """The first two cards the wrong way round, the last one missing."""
    first, second, *others = exercise.sample("right").value["order"].values()
    cards = [second, first, *others[:-1]]
    return {"order": {str(n): card for n, card in enumerate(cards, start=1)}}


def half_matching(exercise: Exercise) -> dict[str, Any]:
    """Half the cards where they belong, one of them where another belongs."""
    right = list(exercise.sample("right").value["places"].items())
    half = dict(right[: len(right) // 2])
    half[right[0][0]] = next(at for _, at in right if at != right[0][1])
    if not exercise.face.evidence:
        return {"places": half}
    return {"places": half, "lines": {card: {"4": 1} for card in half}}


def half_choice(exercise: Exercise) -> dict[str, Any]:
    right = exercise.sample("right").value["chosen"]
    wrong = next(option.id for option in exercise.face.options if option.id not in right)
    return {"chosen": dict.fromkeys([*list(right)[: len(right) // 2], wrong], 1)}


def half_allocation(exercise: Exercise) -> dict[str, Any]:
    """The best plan without its last row, its jobs in another order, its worth not worked out."""
    less = exercise.sample("one row missing").value
    jobs = list(less.get("order", {}).values())[::-1]
    return {
        "numbers": less.get("numbers", {}),
        "order": {str(n): job for n, job in enumerate(jobs, start=1)},
    }


def half_essay(exercise: Exercise) -> dict[str, Any]:
    right = exercise.sample("right").value
    model = exercise.told(right)["model"]
    text = "\n\n".join(model) if isinstance(model, list) else model
    return {"text": text, "self": dict.fromkeys(right["self"], 1)}


HALF = {
    "ordering": half_ordering,
    "matching": half_matching,
    "choice": half_choice,
    "allocation": half_allocation,
    "essay": half_essay,
}


@pytest.mark.parametrize("item", ONE_EACH.values(), ids=ONE_EACH)
@pytest.mark.parametrize("desk", ["korean", pytest.param("english", marks=pytest.mark.slow)])
def test_axe_finds_nothing_half_answered_and_checked(
    request: pytest.FixtureRequest, desk: str, item: str
) -> None:
    at: Desk = request.getfixturevalue(desk)
    exercise = Exercise(item, at.lang)
    half = HALF[exercise.name](exercise)
    shown = at.show(exercise, half)
    shown.root.evaluate("node => node.scrollIntoView({block: 'start'})")
    theme = "dark" if at.lang == "en" else "light"
    picture(shown, f"live-{item}-half-{at.lang}-{theme}")
    shown.root.locator('[data-do="main"]').click()
    expect(shown.root.locator(".b2b-task.is-result")).to_be_visible()
    shown.expect_points(half)
    assert axe(at.page) == []
    picture(shown, f"live-{item}-checked-{at.lang}-{theme}")
    cut = shown.root.evaluate("node => node.scrollWidth - node.clientWidth")
    assert cut <= 0, "something runs over the exercise's edge"


def picture(shown: Shown, name: str) -> None:
    """The exercise as it stands, all of it."""
    shown.root.screenshot(path=artefacts() / f"{name}.png")


def test_after_a_restart_each_kind_says_not_saved_and_running_again_saves_all_of_it(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page(1280, 1000)
    path = "tests/kinds-restart/all.ipynb"
    exercises = [Exercise(item, "en") for item in ONE_EACH.values()]
    write_notebook(
        lab.root / path,
        "import b2bcourse as b2b",
        *(f'b2b.practice("{each.item}")' for each in exercises),
    )
    folder = (lab.root / path).parent
    context_of(folder, "en")
    lab.open(page, path)
    run_all(page)
    all_shown = [
        Shown(page, each, folder / "responses" / f"{each.item}.json") for each in exercises
    ]
    for shown in all_shown:
        one_step(shown, 0)
        wait_until(lambda at=shown: at.file.exists() and without_empty(at.value()) != {})
    answers = [shown.value() for shown in all_shown]
    restart_kernel(page)
    for shown in all_shown:
        one_step(shown, 1)
    for shown in all_shown:
        expect(shown.root.locator(".b2b-saved")).to_have_text(
            shown.exercise.words["not_saved"], timeout=8_000
        )
    assert [shown.value() for shown in all_shown] == answers
    page.screenshot(path=artefacts() / "live-kinds-not-saved-en-light.png")
    run_all(page)
    wait_idle(page)
    for shown, answer in zip(all_shown, answers, strict=True):
        # What the dead kernel could not save is taken over by the new widget.
        wait_until(lambda at=shown, old=answer: at.value() != old)
        expect(shown.root.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
        assert shows(shown) == without_empty(shown.value()), shown.exercise.item


def one_step(shown: Shown, number: int) -> None:
    """The first or second step of an answer, whichever it is, by a click or by typing."""
    kind, root = shown.exercise.name, shown.root
    root.scroll_into_view_if_needed()
    if kind == "ordering":
        root.locator(".b2b-tray [data-card]").first.dblclick()
    elif root.locator(".b2b-chip").count():
        root.locator(".b2b-chip").nth(number).click()
    elif kind == "matching":
        root.locator(".b2b-tray .b2b-card").first.click()
        root.locator("[data-zone]").nth(number).click()
    elif kind == "essay":
        root.locator("textarea").fill(f"words number {number}")
        root.locator("textarea").blur()
    else:
        root.locator("input[type=checkbox]").nth(number).click()


# What stands on the screen, as the value that it stands for.
_READ = {
    "ordering": """root => ({order: Object.fromEntries([...root.querySelectorAll("ol .b2b-room")].flatMap(
      (room, n) => [...room.querySelectorAll("[data-card]")].map((card) => [n + 1, card.dataset.card])))})""",
    "evidence": """root => ({places: Object.fromEntries([...root.querySelectorAll('.b2b-chip[aria-pressed="true"]')]
      .map((chip) => chip.dataset.at.split("@")).map(([card, place]) => [card, {[place]: 1}]))})""",
    "matching": """root => ({places: Object.fromEntries([...root.querySelectorAll(".b2b-card")]
      .map((card) => card.dataset.at.split("@")).filter(([, place]) => place)
      .map(([card, place]) => [card, {[place]: 1}]))})""",
    "choice": """root => ({chosen: Object.fromEntries([...root.querySelectorAll("input:checked")]
      .map((input) => [input.dataset.at, 1]))})""",
    "allocation": """root => {
      const ticked = [...root.querySelectorAll("input:checked")].map((input) => input.dataset.at.split("/"));
      const jobs = [...root.querySelectorAll('[data-at$="/up"]')].map((button) => button.dataset.at.split("/")[0]);
      if (jobs.length) return {order: Object.fromEntries(jobs.map((job, n) => [n + 1, job]))};
      return {numbers: Object.fromEntries(ticked.map(([row, field]) => [row, {[field]: 1}]))};
    }""",
    "essay": """root => ({text: root.querySelector("textarea").value})""",
}


def shows(shown: Shown) -> dict[str, Any]:
    look = "evidence" if getattr(shown.exercise.face, "evidence", False) else shown.exercise.name
    return without_empty(shown.root.evaluate(_READ[look]))


@pytest.mark.slow
def test_keys_in_quick_succession_end_where_the_last_one_led(korean: Desk) -> None:
    """A kernel handles messages in any order: one in eight of these answers ended with an earlier key."""
    exercise = Exercise("ch-dmu-centre")
    options = [option.id for option in exercise.face.options]
    for _ in range(30):
        shown = korean.show(exercise)
        shown.tab_into()
        shown.press("Space", *["ArrowDown"] * (len(options) - 1))
        shown.wait_on_disk({"chosen": {options[-1]: 1}})

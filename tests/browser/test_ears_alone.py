"""Every kind of exercise as a screen reader gets it: read through Chromium's accessibility tree.

What is spoken is short, in order and complete: names and headings are there, nothing long is said again and
again, and of two exercises on a page none borrows the other's words. `B2BCOURSE_EARS=FOLDER` writes the
transcripts into a folder, to be read.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import alone
import msgspec
import pytest
from alone import axe, words

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item

pytestmark = pytest.mark.browser

ITEMS = {
    "matrix": "mx-cells",
    "matrix, left": "mx-left",
    "matrix, right": "mx-right",
    "matrix, both": "mx-both",
    "matching": "ex-departments",
    "matching, several": "ma-roles-two",
    "evidence": "ev-bakery",
    "ordering": "or-dmp5",
    "choice": "dmp-next-move",
    "choice, several": "ch-channels",
    "allocation": "al-portfolio",
    "allocation, numbers": "al-visits",
    "allocation, line": "al-schedule",
    "allocation, outcomes": "sel-cash",
    "essay": "es-meeting",
}
STATES = ["empty", "half answered", "checked", "answer shown"]
MOST_STATES = [
    pytest.param(one, marks=() if one == "checked" else pytest.mark.slow) for one in STATES
]

NAME = 80
"""Characters of a name: some five seconds of speech at a usual pace. A card or an option is itself a sentence
of the exercise; to such a sentence a name may add as much."""
SPEECH = 9_000
"""Characters of the largest matrix, of 160 cells that are each heard only when gone to."""

CONTROLS = {"button", "checkbox", "radio", "textbox", "combobox", "gridcell", "option", "link"}
NAMED = CONTROLS | {
    "image",
    "toolbar",
    "heading",
    "region",
    "table",
    "grid",
    "list",
    "group",
    "radiogroup",
}
QUIET = {"generic", "none", "InlineTextBox", "LineBreak", "paragraph", "ListMarker", "rowgroup"}
ITS_NAME = {"heading", *CONTROLS}  # of which the name is all that is spoken


class Node:
    """A node of the accessibility tree as it is spoken."""

    def __init__(self, raw, depth):
        said = lambda part: str((raw.get(part) or {}).get("value") or "")  # noqa: E731
        self.role, self.depth = said("role"), depth
        self.name = said("name").strip() if self.role in {*NAMED, "StaticText"} else ""
        self.value, self.description = said("value"), said("description")
        self.states = {p["name"]: p["value"].get("value") for p in raw.get("properties", [])}

    @property
    def words(self):
        return " ".join(part for part in (self.name, self.value, self.description) if part)

    def __str__(self):
        role = "" if self.role == "StaticText" else f"[{self.role}] "
        shown = ("checked", "pressed", "expanded", "disabled", "invalid", "level")
        states = [
            f"{s}={self.states[s]}"
            for s in shown
            if self.states.get(s) not in {None, False, "false"}
        ]
        described = f"<{self.description}>" if self.description else ""
        return "  " * self.depth + " ".join(
            filter(None, [role + self.name, self.value, described, *states])
        )


def spoken(page, within="region"):
    """What a screen reader says of the page's exercises, in order."""
    session = page.context.new_cdp_session(page)
    raw = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = {node["nodeId"]: node for node in raw}
    found = []

    def holds_text(node):
        inner = [nodes[child] for child in node.get("childIds", []) if child in nodes]
        return any(child["role"]["value"] == "StaticText" or holds_text(child) for child in inner)

    def walk(node, depth, in_label=False):
        inner = [nodes[child] for child in node.get("childIds", []) if child in nodes]
        role = node["role"]["value"]
        in_label = in_label or role == "LabelText"
        silent = node.get("ignored") or role in QUIET or role == "LabelText"
        if not silent and not (in_label and role == "StaticText"):  # a label is its control's name
            spoken = Node(node, depth)
            if role == "gridcell" and holds_text(node):
                spoken.name = ""  # a cell that holds sentences is read as these
            if spoken.words or role != "StaticText":
                found.append(spoken)
            depth += 1
        if silent or role not in ITS_NAME or (role == "gridcell" and holds_text(node)):
            for child in inner:
                walk(child, depth, in_label)

    tops = [node for node in raw if node["role"]["value"] == within and not node.get("ignored")]
    for top in tops:
        walk(top, 0)
    return found


def face_of(item, lang):
    authored = load_item(bank_folder() / f"{item}.yaml")
    kind = kind_of(authored.kind)
    return kind, kind.face(authored, lang), kind.key(authored)


def look_of(face):
    return "evidence" if getattr(face, "evidence", False) else face.kind


def half(value):
    """The first half of each part of an answer."""
    return {
        part: dict(list(inner.items())[: (len(inner) + 1) // 2])
        if isinstance(inner, dict)
        else inner
        for part, inner in value.items()
    }


def page_html(item, lang, state, **more):
    kind, face, key = face_of(item, lang)
    model = kind.model_answer(face, key)
    value = kind.blank(face) if state == "empty" else half(model)
    told = kind.explain(face, key, kind.score(face, key, value), value)
    feedback = msgspec.to_builtins(told)
    data = msgspec.to_builtins(face)
    return alone.html(data, value, kind=look_of(face), feedback=feedback, answer=model, **more)


@pytest.fixture(scope="module")
def bench(chromium):
    return alone.Bench(chromium)


@pytest.fixture(scope="module")
def known():
    """What was heard before: one hearing serves several tests."""
    return {}


@pytest.fixture
def heard(bench, known):
    """What is spoken of an item in a state; None where the kind has no such state."""

    def listen(*asked):
        if asked not in known:
            known[asked] = listen_to(*asked)
        return known[asked]

    def listen_to(item, lang, state):
        page = bench.show(page_html(item, lang, state))
        if state in STATES[2:]:
            page.locator('[data-do="main"]').click()
            page.wait_for_function("document.querySelector('.b2b-task.is-result')")
        answer = page.locator('[data-do="answer"]')
        if state == STATES[3]:
            if not answer.is_visible():
                return None
            answer.click()
            page.wait_for_function("!document.querySelector('.b2b-task.is-result')")
        found = spoken(page)
        keep(found, f"{item}-{lang}-{state}")
        return found

    yield listen
    assert bench.errors == []


def keep(found, name):
    folder = os.environ.get("B2BCOURSE_EARS")
    if folder:
        text = "\n".join(str(node) for node in found)
        Path(folder, f"{name.replace(' ', '-')}.txt").write_text(text + "\n", encoding="utf-8")


def sentences(item, lang):
    """The texts of an item that stand on its cards, options and levels, the longest first."""

    def texts(data):
        if isinstance(data, str):
            yield data.rstrip(".。")
        elif isinstance(data, dict):
            yield from (text for inner in data.values() for text in texts(inner))
        elif isinstance(data, list | tuple):
            yield from (text for inner in data for text in texts(inner))

    return sorted(texts(msgspec.to_builtins(face_of(item, lang)[1])), key=len, reverse=True)


def added(name, known):
    """What a name says beside the sentence that stands on the control."""
    found = next((text for text in known if len(text) > 20 and text in name), "")
    return name.replace(found, "", 1)


def headings(found):
    return [(node.name, node.states["level"]) for node in found if node.role == "heading"]


@pytest.mark.parametrize("state", MOST_STATES)
@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_every_control_has_a_name_and_a_short_one(heard, item, lang, state):
    found = heard(item, lang, state)
    if found is None:
        pytest.skip("this kind shows no answer")
    told = sentences(item, lang)
    controls = [
        node for node in found if node.role in CONTROLS and (node.role != "gridcell" or node.name)
    ]
    assert controls
    assert [str(node) for node in controls if not node.name] == []
    assert [node.name for node in controls if len(added(node.name, told)) > NAME] == []
    cells = [node.name for node in found if node.role == "gridcell"]
    assert [name for name in cells if len(name) > NAME] == []


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_after_check_the_score_is_told_once(heard, item, lang):
    kind, face, key = face_of(item, lang)
    value = half(kind.model_answer(face, key))
    told = kind.explain(face, key, kind.score(face, key, value), value).text
    said = [node for node in heard(item, lang, STATES[2]) if told in node.words]
    assert len(said) == 1


@pytest.mark.parametrize(
    ("item", "lang"),
    [
        pytest.param(
            item, lang, id=f"{name}-{lang}", marks=() if (at + n) % 2 else pytest.mark.slow
        )
        for at, (name, item) in enumerate(ITEMS.items())
        for n, lang in enumerate(["ko", "en"])
    ],
)
def test_tables_lists_and_groups_say_what_they_are(heard, item, lang):
    for state in STATES[:3]:
        found = heard(item, lang, state)
        parts = [
            node for node in found if node.role in {"table", "grid", "group", "radiogroup", "image"}
        ]
        assert [str(node) for node in parts if not node.name] == []


@pytest.mark.parametrize("state", STATES)
def test_the_largest_matrix_says_a_customers_sentence_in_its_rows_head_only(heard, lang, state):
    found = heard("mx-both", lang, state)
    assert sum(len(node.words) for node in found) < SPEECH
    face = face_of("mx-both", lang)[1]
    for row in face.rows:
        card = row.card.rstrip(".")
        assert not [node.name for node in found if node.role == "gridcell" and card in node.name]
        telling = [node for node in found if card in node.words]
        assert telling
        assert len(telling) <= 2  # as text, and describing the button beside it
        assert any(card in node.description for node in found if node.role == "button")


def test_a_line_of_evidence_is_heard_by_how_it_begins(heard, lang):
    face = face_of("ev-bakery", lang)[1]
    found = heard("ev-bakery", lang, "half answered")
    wanted = words(lang, "evidence")["line_n"]
    for number, line in enumerate(face.case, 1):
        name = re.escape(wanted.format(n=number))
        named = [node.name for node in found if re.match(f"{name}: ", node.name)]
        assert len(named) == len(face.cards)
        beginning = named[0].partition(": ")[2].rstrip("…")
        assert line.startswith(beginning)
        assert len(beginning) >= min(len(line), 20)


def test_after_check_only_the_evidence_given_is_spoken(heard, lang):
    before = [node for node in heard("ev-bakery", lang, "half answered") if node.role == "button"]
    after = [node for node in heard("ev-bakery", lang, "checked") if node.role == "button"]
    assert len(after) < len(before) / 2
    chips = [node for node in after if "pressed" in node.states]
    assert chips
    verdicts = [words(lang)[name] for name in ("right", "wrong", "missed")]
    assert all(any(verdict in node.name for verdict in verdicts) for node in chips)


PARTS = {
    ("or-dmp5", "empty"): 2,
    ("ex-departments", "empty"): 1,
    ("ma-roles-two", "half answered"): 2,
    ("al-schedule", "half answered"): 1,
    ("sel-cash", "half answered"): 1,
    ("es-meeting", "empty"): 1,
    ("es-meeting", "checked"): 4,
}


@pytest.mark.parametrize(("item", "state"), PARTS)
def test_the_parts_of_an_exercise_have_headings(heard, item, lang, state):
    parts = [name for name, level in headings(heard(item, lang, state)) if level == 4]
    assert len(parts) == PARTS[item, state]
    assert all(parts)


def test_the_two_texts_of_an_essay_are_parted_by_their_headings(heard, lang):
    said = words(lang, "essay")
    names = [name for name, _level in headings(heard("es-meeting", lang, "checked"))]
    assert [name for name in names if name in {said["own"], said["model"]}] == [
        said["own"],
        said["model"],
    ]


def test_an_exercises_title_is_a_heading(heard, lang):
    face = face_of("or-dmp5", lang)[1]
    assert (face.title, 3) in headings(heard("or-dmp5", lang, "empty"))


# ---- several on a page

# A second exercise as another release has it: loaded by another loader, with a model of its own.
BESIDE = """async ([traits, sources]) => {
  const { default: widget } = await import("./built/loader.js?beside");
  const layout = {};
  const manager = {get_model: async (name) => ({get: (trait) => fake.source(sources, name, trait)})};
  const model = {get: (name) => (name === "layout" ? layout : traits[name]), set() {}, on() {}, off() {},
    send() {}, save_changes() {}, widget_manager: manager};
  await widget.initialize?.({model});
  await widget.render({model, el: document.getElementById("two")});
}"""


def show_beside(page, kind, traits, lang):
    sources = {name: alone.source(name, lang) for name in ("common", kind)}
    sources = {name: source | {"key": f"{name}, another"} for name, source in sources.items()}
    traits |= {"common": "IPY_MODEL_common", "kind": f"IPY_MODEL_{kind}"}
    page.evaluate(BESIDE, [json.loads(json.dumps(traits)), sources])


# References that lead out of their exercise, and ids that stand twice.
BORROWED = """() => {
  const names = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"];
  const ids = [...document.querySelectorAll("[id]")].map(({id}) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const away = [...document.querySelectorAll(".b2b-exercise *")].flatMap((node) => names.flatMap((name) =>
    (node.getAttribute(name) ?? "").split(" ").filter(Boolean).filter((id) =>
      document.getElementById(id)?.closest(".b2b-exercise") !== node.closest(".b2b-exercise"))));
  const radios = new Set([...document.querySelectorAll("input[type=radio]")].map((radio) =>
    `${radio.name} ${radio.closest(".b2b-exercise").parentNode.id}`));
  const groups = [...radios].map((group) => group.split(" ")[0]);
  return {twice, away, shared: groups.filter((name, at) => groups.indexOf(name) !== at)};
}"""


def beside(page, item, lang, state="half answered"):
    kind, face, key = face_of(item, lang)
    value = half(kind.model_answer(face, key)) if state != "empty" else kind.blank(face)
    traits = {
        "face": msgspec.to_builtins(face),
        "value": value,
    }
    traits |= {"mode": "practice", "saved": "", "notes": []}
    show_beside(page, look_of(face), traits, lang)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_of_two_of_a_kind_on_a_page_each_has_its_own_words(bench, item):
    page = bench.show(page_html(item, "en", "half answered", built=True))
    beside(page, item, "ko")
    assert page.locator(".b2b-exercise").count() == 2
    assert page.evaluate(BORROWED) == {"twice": [], "away": [], "shared": []}
    page.locator('#one [data-do="main"]').click()
    page.locator("#one .b2b-task.is-result").wait_for()
    assert page.evaluate(BORROWED) == {"twice": [], "away": [], "shared": []}
    assert bench.errors == []


def test_an_essays_compare_is_told_with_its_own_reason(bench):
    page = bench.show(page_html("es-meeting", "en", "empty", built=True))
    beside(page, "es-reference", "en", "empty")
    said = words("en", "essay")
    reasons = [
        said["check_closed"].format(min=face_of(item, "en")[1].words.min)
        for item in ("es-meeting", "es-reference")
    ]
    compares = [
        node for node in spoken(page) if node.name == said["check"] and node.role == "button"
    ]
    assert [node.description for node in compares] == reasons


# ---- a list of exercises


def list_traits(part, lang):
    entries = [
        {"id": "a", "title": "첫 문제", "note": "떠올리기", "state": "done"},
        {"id": "b", "title": "둘째 문제", "note": "써 보기", "state": "answered"},
        {"id": "c", "title": "셋째 문제", "note": "", "state": ""},
    ]
    said = words(lang, "lists")
    title = "" if part == "foot" else said["more"]
    return {"part": part, "lang": lang, "title": title, "told": said["later"]} | {
        "entries": entries,
        "opened": "b",
    }


@pytest.mark.parametrize("part", ["list", "numbers", "foot"])
def test_a_list_of_exercises_is_told_in_order(bench, part, lang):
    page = bench.show(page_html("or-dmp5", lang, "empty"))
    show_beside(page, "lists", list_traits(part, lang), lang)
    page.evaluate("document.getElementById('two').setAttribute('role', 'main')")
    page.locator("main").first.evaluate("node => node.setAttribute('role', 'presentation')")
    found = spoken(page, "main")
    keep(found, f"lists-{part}-{lang}")
    buttons = [node for node in found if node.role == "button"]
    assert all(node.name and len(node.name) <= NAME for node in buttons)
    said = words(lang, "lists")
    if part != "foot":
        assert headings(found) == [(said["more"], 3)]
    if part == "list":
        assert buttons[0].name == f"1 첫 문제 떠올리기 {said['state_done']}"
    assert axe(page) == []

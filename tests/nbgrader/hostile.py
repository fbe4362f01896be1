"""What students hand in that is broken, misplaced or meant to harm, with what each must get.

Data and makers: `nbgrader autograde` and `b2bcourse grade` are both run over all of them in one
class. A maker writes one student's submission into a course (`held.Course`).
"""

import base64
import copy
import json
import os
import random
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import tiny
from held import write_essay, write_in_field

ESSAY = "한 사람에게는 재고를, 한 사람에게는 품질을 말하겠습니다."
SECOND = "그리고 세 번째 사람에게는 납기를 약속하겠습니다."
FULL = {tiny.CELLS: 10.0, tiny.BOTH: 6.0}


@dataclass(frozen=True)
class Case:
    """One submission and what it must get.

    Attributes:
        make: writes it, given the course and the student's name.
        points: by item, the points in the gradebook; None is none.
        waits: the graded cells that a person is called to.
        essay: the points of the essay that nobody has graded: 0 where nothing was written.
        says: what can be read in the notebook that was graded.
        troubles: what went wrong, in the words of `grading.troubles`, of all that waits.
        told: the same of what was put right by itself.
    """

    make: Callable
    points: dict = field(default_factory=lambda: dict(FULL))
    waits: frozenset = frozenset({tiny.ESSAY})
    essay: float | None = None
    says: tuple = (ESSAY,)
    troubles: tuple = ()
    told: tuple = ()


def notebook_of(folder):
    return folder / "tiny.ipynb"


def edited(change, essay=ESSAY):
    """A submission whose notebook was changed; the answers in the widgets are the model's."""

    def make(course, name):
        folder = course.submission(name)
        if essay:
            write_essay(folder, essay)
        notebook = json.loads(notebook_of(folder).read_text("utf-8"))
        change(notebook)
        notebook_of(folder).write_text(json.dumps(notebook), "utf-8")

    return make


def cell_of(notebook, name):
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def place_of(notebook, name):
    return notebook["cells"].index(cell_of(notebook, name))


def new_cell(source, kind="markdown", **more):
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": f"own{zlib.crc32(repr(source).encode())}",
        "metadata": {},
        "source": source,
        **code,
        **more,
    }


# --- a notebook that was tampered with


def tampered_points(notebook):
    cell_of(notebook, tiny.CELLS)["metadata"]["nbgrader"]["points"] = 1000


def doubled_cells(notebook):
    notebook["cells"] += [dict(cell) for cell in notebook["cells"]]


def deleted_cells(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] in {"title", tiny.ESSAY}]


def no_metadata(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def odd_metadata(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "evil", "display_name": 3}
    for cell in notebook["cells"]:
        cell["metadata"] = {"nbgrader": [1, 2]} if cell["id"] != tiny.ESSAY else cell["metadata"]


def other_cell_types(notebook):
    for cell in notebook["cells"]:
        cell["cell_type"] = "raw"


def own_outputs(notebook):
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cell_of(notebook, tiny.CELLS)["outputs"] = [result | {"data": {"text/plain": "10.0"}}]


def thousand_cells(notebook):
    notebook["cells"] += [new_cell(f"import os; os.abort()  # {n}", "code") for n in range(1000)]


def wrong_shapes(notebook):
    notebook["cells"] += [None, 3, {"cell_type": ["x"], "source": {"a": 1}, "id": {"b": 2}}]


def edited_code(source):
    def change(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["source"] = source

    return edited(change)


CODE = {
    "exits": "import os; os._exit(0)",
    "loops": "while True: pass",
    "forks": "import os\nwhile True: os.fork()",
    "floods": "while True: print('x' * 10**6)",
    "patches": "import b2bcourse.grading.marking as m; m.mark = lambda *a: 10.0",
    "reads-keys": "import os; print(open(os.environ['B2BCOURSE_KEYS']).read())",
    "writes-gradebook": "import sqlite3; sqlite3.connect('../../../gradebook.db').execute('x')",
    "edits-cells": "open('tiny.ipynb', 'w').write('')",
}


def nested(notebook):
    deep = "x"
    for _ in range(200):
        deep = {"a": deep}
    notebook["metadata"]["deep"] = deep


def format_three(notebook):
    """As a tool of long ago writes it: worksheets, ``input`` for code, no ids."""
    cells = copy.deepcopy(notebook["cells"])
    for cell in cells:
        del cell["id"]
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"], cell["prompt_number"] = "python", None
    notebook["worksheets"] = [{"cells": cells, "metadata": {}}]
    notebook["nbformat"], notebook["nbformat_minor"] = 3, 0
    del notebook["cells"]


def format_four_without_ids(notebook):
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        del cell["id"]


TAMPERED = {
    "tampered-points": edited(tampered_points),
    "doubled-cells": edited(doubled_cells),
    "deleted-cells": edited(deleted_cells),
    "no-metadata": edited(no_metadata),
    "odd-metadata": edited(odd_metadata),
    "other-types": edited(other_cell_types),
    "own-outputs": edited(own_outputs),
    "wrong-shapes": edited(wrong_shapes),
    "nested": edited(nested),
    "format-3": edited(format_three),
    "format-4-2": edited(format_four_without_ids),
    **{f"code-{name}": edited_code(source) for name, source in CODE.items()},
}


# --- text that stands elsewhere than in its cell


def below(kind):
    def change(notebook):
        notebook["cells"].insert(place_of(notebook, tiny.ESSAY) + 1, new_cell(ESSAY, kind))

    return change


def retyped(notebook):
    place = place_of(notebook, tiny.ESSAY)
    notebook["cells"][place] = new_cell(ESSAY)


def split(notebook):
    cell = cell_of(notebook, tiny.ESSAY)
    cell["source"] = ESSAY
    notebook["cells"].insert(place_of(notebook, tiny.ESSAY) + 1, new_cell(SECOND))


def split_released(notebook):
    cell = cell_of(notebook, "ask")
    notebook["cells"].insert(place_of(notebook, "ask"), new_cell(cell["source"]))
    cell["source"] = ""


def doubled_and_edited(notebook):
    other = copy.deepcopy(cell_of(notebook, tiny.ESSAY))
    notebook["cells"].append(other | {"source": ESSAY, "id": "other"})


def in_the_question(notebook):
    cell = cell_of(notebook, "ask")
    cell["source"] = "글을 쓰는 문제입니다.\n\n" + ESSAY


def no_names_at_all(notebook):
    cell_of(notebook, tiny.ESSAY)["source"] = ESSAY
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]


def in_a_comment(notebook):
    notebook["cells"].append(new_cell(f"# {ESSAY} {SECOND}", "code"))


def as_a_picture(notebook):
    picture = {"photo.png": {"image/png": photo(400)}}
    notebook["cells"].append(new_cell("![photo.png](attachment:photo.png)", attachments=picture))


def in_both(notebook):
    cell_of(notebook, tiny.ESSAY)["source"] = ESSAY
    notebook["cells"].append(new_cell(SECOND))


LOOSE = {
    "below-markdown": (edited(below("markdown"), ""), (ESSAY,)),
    "below-raw": (edited(below("raw"), ""), (ESSAY,)),
    "below-code": (edited(below("code"), ""), (ESSAY,)),
    "retyped": (edited(retyped, ""), (ESSAY,)),
    "split": (edited(split, ""), (ESSAY, SECOND)),
    "in-the-question": (edited(in_the_question, ""), (ESSAY,)),
    "no-names-at-all": (edited(no_names_at_all, ""), (ESSAY,)),
    "in-a-comment": (edited(in_a_comment, ""), (ESSAY, SECOND)),
    "as-a-picture": (edited(as_a_picture, ""), ("data:image/png;base64,",)),
    "in-both": (edited(in_both, ""), (ESSAY, SECOND)),
}


# --- a notebook under another name, in another place, or more than one


def moved(to, keep_placeholder=False):
    """The notebook lies elsewhere; nbgrader finds none under its name."""

    def make(course, name):
        folder = course.submission(name)
        write_essay(folder, ESSAY)
        target = folder / to
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(notebook_of(folder), target)

    return make


def everything_moved(to):
    """The whole folder lies in another one, answers too."""

    def make(course, name):
        folder = course.submission(name)
        write_essay(folder, ESSAY)
        inside = folder / to
        inside.mkdir()
        for path in list(folder.iterdir()):
            if path.name in {"tiny.ipynb", "responses", "items"}:
                shutil.move(path, inside / path.name)

    return make


def answers_in(to):
    def make(course, name):
        folder = course.submission(name)
        write_essay(folder, ESSAY)
        (folder / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "responses", folder / to)

    return make


def flattened(course, name):
    """All files in one folder, as some LMS hand them out."""
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    for path in (folder / "items").iterdir():
        shutil.move(path, folder / path.name)
    for path in (folder / "responses").iterdir():
        shutil.move(path, folder / path.name.replace(".json", " (1).json"))
    shutil.rmtree(folder / "responses")
    shutil.rmtree(folder / "items")


def with_a_copy(course, name):
    folder = course.submission(name)
    shutil.copyfile(notebook_of(folder), folder / "copy.ipynb")
    write_essay(folder, ESSAY)
    shutil.move(notebook_of(folder), folder / "tiny-Copy1.ipynb")
    shutil.move(folder / "copy.ipynb", notebook_of(folder))


def with_same_copy(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    shutil.copyfile(notebook_of(folder), folder / "tiny-Copy1.ipynb")


def zipped_inside(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    with zipfile.ZipFile(folder / "제출.zip", "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".zip":
                archive.write(path, f"tiny/{path.relative_to(folder)}")
    notebook_of(folder).unlink()
    shutil.rmtree(folder / "responses")
    shutil.rmtree(folder / "items")


def field_elsewhere(course, name):
    folder = course.submission(name)
    write_in_field(course, folder, ESSAY)
    shutil.move(folder / "responses", folder / "responses (1)")


RENAMED = {
    "renamed": moved("tiny-kim.ipynb"),
    "renamed-copy": moved("tiny-Copy1.ipynb"),
    "renamed-number": moved("tiny (1).ipynb"),
    "renamed-hangul": moved(unicodedata.normalize("NFD", "과제 김한결.ipynb")),
    "renamed-capitals": moved("TINY.IPYNB"),
    "renamed-txt": moved("tiny.ipynb.txt"),
    "in-a-folder": moved("과제/tiny.ipynb"),
    "with-a-copy": with_a_copy,
}
PLACED = {
    "all-in-a-folder": everything_moved("tiny (2)"),
    "responses-1": answers_in("responses (1)"),
    "responses-below": answers_in("work/responses"),
    "flattened": flattened,
    "zipped-inside": zipped_inside,
    "field-elsewhere": field_elsewhere,
}


def two_answers(course, name):
    """A later answer lies in a second folder; it is graded, and the first one is told."""
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    shutil.copytree(folder / "responses", folder / "responses (1)")
    old = tiny.response(course.keys, tiny.CELLS, {"cells": {"quality": {"sora": 1}}})
    tiny.write_response(folder, tiny.CELLS, old | {"time": "2026-11-20T00:00:00+00:00"})


def foreign_notebook(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    cells = [new_cell("# 다른 과제"), new_cell("다른 과제에 쓴 글입니다.")]
    other = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "other.ipynb").write_text(json.dumps(other), "utf-8")


def only_the_notebook(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    shutil.rmtree(folder / "responses")
    shutil.rmtree(folder / "items")


def shown_and_left_behind(course, name):
    """The exercises were on the screen, the whole folder came, and no answer with it."""
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    notebook = json.loads(notebook_of(folder).read_text("utf-8"))
    own_outputs(notebook)
    notebook_of(folder).write_text(json.dumps(notebook), "utf-8")
    shutil.rmtree(folder / "responses")


# --- sizes


def photo(size, seed=1):
    """A picture that cannot be made smaller, as base64: a PNG of noise of about ``size`` bytes."""
    import io

    from PIL import Image

    side = max(4, int((size / 3) ** 0.5))
    noise = random.Random(seed).randbytes(side * side * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(out, "PNG", compress_level=0)
    return base64.b64encode(out.getvalue()).decode()


def photo_inside(size):
    def change(notebook):
        cell = cell_of(notebook, tiny.ESSAY)
        cell["source"] = f"{ESSAY}\n\n![](attachment:p.png)"
        cell["attachments"] = {"p.png": {"image/png": photo(size)}}

    return edited(change, "")


def giant_notebook(notebook):
    cell_of(notebook, tiny.ESSAY)["source"] = ESSAY
    notebook["metadata"]["fill"] = "x" * 21_000_000


def long_text(notebook):
    cell_of(notebook, tiny.ESSAY)["source"] = ESSAY + " 글" * 60_000


def long_elsewhere(notebook):
    notebook["cells"].append(new_cell(ESSAY + " 글" * 60_000))


def long_field(course, name):
    write_in_field(course, course.submission(name), ESSAY + " text" * 30_000)


def too_long_field(course, name):
    write_in_field(course, course.submission(name), ESSAY + " 글" * 70_000)


# --- files that are none


def truncated_notebook(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    text = notebook_of(folder).read_text("utf-8")
    notebook_of(folder).write_text(text[: len(text) - 120], "utf-8")


def replaced_notebook(data):
    def make(course, name):
        notebook_of(course.submission(name)).write_bytes(data)

    return make


def linked_notebook(course, name):
    path = notebook_of(course.submission(name))
    path.unlink()
    path.symlink_to(course.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb")


def linked_key(course, name):
    folder = course.submission(name)
    (folder / "notes.html").symlink_to(course.root / "items" / f"{tiny.CELLS}.yaml")
    (folder / "gone").symlink_to("/nowhere/at/all")


def pipe(course, name):
    os.mkfifo(course.submission(name) / "pipe")


def bad_timestamp(course, name):
    (course.submission(name) / "timestamp.txt").write_text("yesterday or so", "utf-8")


def own_index(course, name):
    index = course.submission(name) / "items" / "index.json"
    index.write_text('{"schema":1,"lang":"en","assignment":"x","items":{}}', "utf-8")


def odd_names(course, name):
    folder = course.submission(name)
    for odd in ("a\nb.txt", "$(reboot).ipynb", "a'b\"c.json", "%s{0}.md", "\u202egpj.exe"):
        (folder / odd).write_text("{}", "utf-8")


def in_another_encoding(course, name):
    """Names as an old Korean Windows packs them, and one that is a command to a terminal."""
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    notebook_of(folder).rename(folder / os.fsdecode("과제.ipynb".encode("euc-kr")))
    (folder / "\x1b[2J\u202e.ipynb").write_text("{", "utf-8")


def deep_folders(course, name):
    folder = course.submission(name)
    folder.joinpath(*["d"] * 60).mkdir(parents=True)


def bad_zip(course, name):
    folder = course.submission(name)
    (folder / "work.zip").write_bytes(b"PK\x03\x04 and nothing more")


def zip_that_leads_out(course, name):
    folder = course.submission(name)
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("../../escaped.txt", "x")


def zip_bomb(course, name):
    folder = course.submission(name)
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 50_000_000)


BROKEN = {
    "no-notebook": replaced_notebook(b""),
    "a-list": replaced_notebook(b"[1, 2]"),
    "bytes": replaced_notebook(b"\xff\xfe\x00" * 5000),
    "deep": replaced_notebook(b'{"cells":' + b"[" * 100_000),
}
LINKS = {"linked-notebook": linked_notebook, "pipe": pipe}
HARMLESS = {"bad-timestamp": bad_timestamp, "own-index": own_index}
PACKED = {"bad-zip": bad_zip, "zip-leads-out": zip_that_leads_out, "zip-bomb": zip_bomb}


# --- answers


def with_bytes(data):
    def make(course, name):
        folder = course.submission(name)
        (folder / "responses" / f"{tiny.CELLS}.json").write_bytes(data)

    return make


def with_value(value):
    def make(course, name):
        course.submission(name, {tiny.CELLS: tiny.response(course.keys, tiny.CELLS, value)})

    return make


def of_another_item(course, name):
    course.submission(name, {tiny.CELLS: tiny.model_response(course.keys, tiny.BOTH)})


def linked_response(course, name):
    folder = course.submission(name, {tiny.CELLS: None})
    good = tiny.write_response(
        course.root, "elsewhere", tiny.model_response(course.keys, tiny.CELLS)
    )
    (folder / "responses" / f"{tiny.CELLS}.json").symlink_to(good)


def folder_for_response(course, name):
    folder = course.submission(name, {tiny.CELLS: None})
    (folder / "responses" / f"{tiny.CELLS}.json").mkdir()


def others_responses(course, name):
    """Another student's answers: what they are worth, for nobody can tell from the files."""
    shutil.copytree(course.folder("submitted", "zoe") / "responses", _bare(course, name))


def _bare(course, name):
    folder = course.submission(name)
    shutil.rmtree(folder / "responses")
    return folder / "responses"


def another_language(course, name):
    """Answered with the English faces: the same ids, another face."""
    from b2bcourse.items import face_hash

    content = {}
    for item in (tiny.CELLS, tiny.BOTH):
        question = course.keys.question(item)
        face = question.kind.face(question.item, "en")
        content[item] = tiny.model_response(course.keys, item) | {"face": face_hash(face)}
    course.submission(name, content)


def saved_otherwise(**changes):
    """An answer that another release could have saved."""

    def make(course, name):
        content = tiny.model_response(course.keys, tiny.CELLS) | changes
        course.submission(name, {tiny.CELLS: content})

    return make


NOT_READ = {
    "nan": b'{"schema":1,"item":"tiny-cells","kind":"matrix","value":{"cells":{"quality":{"miru":NaN}}},'
    b'"revision":1,"time":"","face":"","tries":[]}',
    "ten-megabytes": b'"' + b"x" * 10_000_000 + b'"',
    "not-json": b"{",
    "not-utf8": b"\xff\xfe",
    "deep-json": b"[" * 100_000,
    "a-number": b"3",
    "no-schema": b'{"schema":0}',
    "cut-off": b'{"schema":1,"item":"tiny-cells","kind":"matrix","value":{"cells":{"qua',
}
NOT_UNDERSTOOD = {
    "newer-shape": with_bytes(b'{"schema":7}'),
    "newer-schema": saved_otherwise(schema=3, value={"cells": {"quality": {"miru": 1}}}),
    "other-meaning": saved_otherwise(schema=2, face="0" * 64, meaning="1" * 64),
    "ids-gone": saved_otherwise(face="0" * 64, value={"cells": {"was-a-row": {"miru": 1}}}),
    "another-item": of_another_item,
    "folder-for-response": folder_for_response,
}
BAD_VALUES = {
    "thousand-marks": {"cells": {f"r{n}": {f"c{n}": 1} for n in range(1000)}},
    "all-ticked": {
        "cells": {
            row: dict.fromkeys(("hangyeol", "sora", "miru", "garam"), 1)
            for row in ("cost_saving", "near_factory", "quality")
        }
    },
    "unknown-ids": {"cells": {"quality": {"nobody": 1}, "nothing": {"miru": 1}}},
    "out-of-range": {"cells": {"quality": {"miru": 99, "garam": -5}}},
    "wrong-types": {"cells": {"quality": [1, 2], "near_factory": "x"}, "rows": 7, "columns": None},
    "booleans": {"cells": {"quality": {"miru": True, "garam": True}}},
    "huge-number": {"cells": {"quality": {"miru": 10**400}}},
}


NOTHING_WRITTEN = {"waits": frozenset(), "essay": 0.0, "says": ()}
"""Of a submission whose essay is empty: nobody is called to it."""
CALLED = {"essay": 0.0, "says": ()}
"""Of one whose essay is empty, and a person is called to its cell for another reason."""
NONE = {tiny.CELLS: None, tiny.BOTH: 6.0}


def _cases():
    quiet = ("unmatched",)
    yield from ((name, Case(make)) for name, make in TAMPERED.items())
    for name, (make, says) in LOOSE.items():
        yield name, Case(make, says=says, troubles=("unmatched",))
    yield from ((name, Case(make, told=quiet)) for name, make in RENAMED.items())
    yield from ((name, Case(make)) for name, make in PLACED.items())
    yield "split-released", Case(edited(split_released))
    yield "doubled-and-edited", Case(edited(doubled_and_edited, ""))
    yield "same-copy", Case(with_same_copy)
    yield "thousand-cells", Case(edited(thousand_cells), told=("unwhole",))
    yield (
        "two-answers",
        Case(two_answers, waits=frozenset({tiny.ESSAY, tiny.CELLS}), troubles=quiet),
    )
    yield "foreign-notebook", Case(foreign_notebook, troubles=quiet)
    none = {tiny.CELLS: None, tiny.BOTH: None}
    every = frozenset({tiny.ESSAY, tiny.CELLS, tiny.BOTH})
    for name, make in (
        ("bare-notebook", only_the_notebook),
        ("left-behind", shown_and_left_behind),
    ):
        yield name, Case(make, points=none, waits=every, troubles=("unwhole",))
    yield from _sizes()
    yield from _broken()
    yield from _answers()


def _sizes():
    picture = ("data:image/png;base64,", ESSAY)
    yield "photo-7mb-inside", Case(photo_inside(7_000_000), says=picture)
    yield "giant-notebook", Case(edited(giant_notebook, ""), troubles=("unwhole",), **CALLED)
    for name, make in (
        ("long-text", edited(long_text, "")),
        ("long-field", long_field),
    ):
        yield name, Case(make, troubles=("unwhole",))
    yield "too-long-field", Case(too_long_field, troubles=("unread",))
    yield "long-elsewhere", Case(edited(long_elsewhere, ""), troubles=("unmatched", "unwhole"))


def _broken():
    yield "truncated", Case(truncated_notebook, troubles=("unread",))
    for name, make in BROKEN.items():
        yield name, Case(make, troubles=("unread",), **CALLED)
    for name, make in LINKS.items():
        yield name, Case(make, troubles=("refused",), **NOTHING_WRITTEN)
    yield "linked-key", Case(linked_key, troubles=("refused", "refused"), **NOTHING_WRITTEN)
    yield from ((name, Case(make, **NOTHING_WRITTEN)) for name, make in HARMLESS.items())
    for name, make in PACKED.items():
        yield name, Case(make, troubles=("unmatched",), **CALLED)
    yield "odd-names", Case(odd_names, troubles=("unmatched",), **CALLED)
    yield (
        "another-encoding",
        Case(in_another_encoding, troubles=("unmatched",), told=("unmatched",)),
    )
    yield "deep-folders", Case(deep_folders, troubles=("unwhole",), **CALLED)


def _answers():
    waits = frozenset({tiny.CELLS})
    unread = {"points": NONE, "troubles": ("unread",), "essay": 0.0, "says": (), "waits": waits}
    for name, data in NOT_READ.items():
        yield name, Case(with_bytes(data), **unread)
    yield from ((name, Case(make, **unread)) for name, make in NOT_UNDERSTOOD.items())
    nothing = {tiny.CELLS: 0.0, tiny.BOTH: 6.0}
    for name, value in BAD_VALUES.items():
        yield name, Case(with_value(value), nothing, **NOTHING_WRITTEN)
    yield "empty", Case(with_bytes(b""), nothing, told=("unread",), **NOTHING_WRITTEN)
    yield (
        "linked-response",
        Case(linked_response, nothing, troubles=("refused",), **NOTHING_WRITTEN),
    )
    yield "others-responses", Case(others_responses, **NOTHING_WRITTEN)
    yield "another-language", Case(another_language, **NOTHING_WRITTEN)


CASES = {"zoe": Case(edited(lambda _: None)), **dict(_cases())}
"""By student's name; zoe is honest."""

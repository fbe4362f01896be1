"""An exercise's widget alone on a page: a stand-in for anywidget, without JupyterLab and without a kernel.

The page is served from disk by the browser's own routing, so no port is opened. `window.fake` is the
kernel's side: it keeps what the widget sent and replies as the test tells it to.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from b2bcourse.facts import Lang
from b2bcourse.widgets.words import words

PACKAGE = Path(__file__).parents[2] / "b2bcourse"
WIDGETS = PACKAGE / "widgets"
ORIGIN = "http://widget.test"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The variables of JupyterLab's two themes that the widget leans on.
THEMES = {
    "light": {"--jp-layout-color0": "#ffffff", "--jp-layout-color1": "#ffffff"},
    "dark": {"--jp-layout-color0": "#111111", "--jp-layout-color1": "#212121"},
}

PAGE = """<!doctype html>
<html lang="LANG"><head><meta charset="utf-8"><title>KIND</title>
STYLES
<style>
  :root { VARIABLES;
    --jp-ui-font-family: system-ui, -apple-system, "Segoe UI", helvetica, arial, sans-serif; }
  body { margin: 0; background: var(--jp-layout-color0); font-family: var(--jp-ui-font-family); }
  main { padding: 12px 14px 24px 60px; }
  pre { margin: 0 0 4px 4px; padding: 7px 9px; border: 1px solid GREY; background: CODE; color: INK;
    font: 13px/1.2 monospace; }
</style></head>
<body data-jp-theme-light="IS_LIGHT"><main>
  <h1 style="position:absolute;clip-path:inset(50%)">KIND</h1>
  <h2 style="position:absolute;clip-path:inset(50%)">a section of a lesson</h2>
  <pre>b2b.practice("ITEM")</pre>
  <div class="jp-OutputArea">
    <div class="jp-OutputArea-child" id="static"><table class="b2b-static" data-item="ITEM">
      <tbody><tr><td>static</td></tr></tbody></table></div>
    <div class="jp-OutputArea-child"><div id="one"></div></div>
  </div>
  <div id="two"></div>
</main>
<script type="module">
  import widget from "./MODULE.js";
  const traits = TRAITS;
  const sources = SOURCES;
  const words = SAID;
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt()).buffer);
  const handlers = {};
  const fire = (name, ...data) => [...(handlers[name] ?? [])].forEach((handler) => handler(...data));
  const shared = {};
  const proxy = () => ({
    get: (name) => (name === "layout" ? shared : traits[name]),
    set: (name, data) => { traits[name] = data; fire("change:" + name); },
    on: (name, handler) => (handlers[name] ??= new Set()).add(handler),
    off: (name, handler) => handlers[name]?.delete(handler),
    send: (message) => fake.hear(JSON.parse(JSON.stringify(message))),
    save_changes: () => {},
    widget_manager: { get_model: async (name) => ({ get: (trait) => fake.source(sources, name, trait) }) },
  });
  const merge = (value, patch) => {
    for (const [key, data] of Object.entries(patch)) {
      if (data === null) delete value[key];
      else if (typeof data === "object" && !Array.isArray(data)) merge((value[key] ??= {}), data);
      else value[key] = data;
    }
  };
  const fake = (window.fake = {
    sent: [], heard: [], kernel: "well", delay: 0, at: "14:03", disk: structuredClone(traits.value),
    script: SCRIPT,
    source: (all, name, trait) => (trait === "packed" ? bytes(all[name].packed) : all[name][trait]),
    reply: (message) => fire("msg:custom", message),
    set: (name, data) => proxy().set(name, data),
    hear(message) {
      fake.sent.push(message);
      if (fake.kernel === "dead") throw new Error("comm is closed");
      if (fake.kernel === "gone") return;
      setTimeout(() => fake.answer(message), fake.delay);
    },
    answer({ do: what, n, patch }) {
      const script = fake.script;
      if (what === "change" && fake.kernel === "full") {
        fake.reply({ did: "failed", n, text: script.failed });
      } else if (what === "change") {
        merge(fake.disk, patch);
        fake.reply({ did: "saved", n, at: fake.at, value: structuredClone(fake.disk), notes: [] });
      } else if (what === "check") fake.reply({ did: "checked", n, feedback: script.feedback });
      else if (what === "hint") {
        const text = script.hints.shift();
        fake.reply({ did: "hint", n, text, more: script.hints.length > 0 });
      } else if (what === "answer") {
        fake.reply({ did: "answer", n, value: script.answer, feedback: script.feedback });
      } else fake.reply({ did: "retry", n });
    },
    async show(id) {
      fake.cleanups[id] = await widget.render({ model: proxy(), el: document.getElementById(id), words });
    },
    cleanups: {},
  });
  for (const name of ["keydown", "keyup", "keypress"]) {
    document.addEventListener(name, (event) => fake.heard.push(name + " " + event.key));
  }
  await widget.initialize?.({ model: proxy(), words });
  await fake.show("one");
  window.ready = true;
</script></body></html>"""

Face = dict[str, Any]
Value = dict[str, Any]


def source(name: str, lang: Lang) -> dict[str, str]:
    """A built module and its style, as a kernel offers them to a page."""
    from b2bcourse.widgets.base import _packed

    key, packed = _packed(name, lang)
    return {"key": key, "packed": base64.b64encode(packed).decode()}


def missing() -> str:
    """What a browser test lacks here; empty when nothing."""
    for package in ("playwright", "axe_core_python"):
        if importlib.util.find_spec(package) is None:
            return f"{package} is not installed"
    return "" if CHROMIUM else "chromium is not installed"


def required() -> bool:
    """Are browser tests to fail rather than to be skipped?"""
    return os.environ.get("B2BCOURSE_REQUIRE_BROWSER") == "1"


@contextmanager
def browser() -> Iterator[Any]:
    """One chromium, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


def html(
    face: Face,
    value: Value,
    theme: str = "light",
    mode: str = "practice",
    kind: str = "",
    built: bool = False,
    **script: Any,
) -> str:
    """The page for one face of a kind (else the face's own kind), from its modules or as built.

    `script` holds feedback, hints, answer and failed for the fake kernel.
    """
    lang, kind = face["lang"], kind or face["kind"]
    saved = "14:03" if any(value.values()) else ""
    traits = {"face": face, "value": value, "mode": mode}
    traits |= {"saved": script.pop("saved", saved), "notes": script.pop("notes", [])}
    traits |= script.pop("traits", {})  # of a kind that has more
    light = theme == "light"
    # The data last: what stands in it is not to be replaced.
    written = "".join(f'<link rel="stylesheet" href="{it}.css">' for it in ("common", kind))
    parts = {
        "STYLES": "" if built else written,  # those that are built come with their modules
        "VARIABLES": "; ".join(f"{name}: {data}" for name, data in THEMES[theme].items()),
        "IS_LIGHT": "true" if light else "false",
        "GREY": "#d0d0d0" if light else "#616161",
        "CODE": "#f5f5f5" if light else "#212121",
        "INK": "#212121" if light else "#e4e4e4",
        "ITEM": face["id"],
        "LANG": lang,
        "MODULE": "built/loader" if built else kind,
        "KIND": kind,
        "SAID": json.dumps(words(lang, kind)),
        "SCRIPT": json.dumps({"hints": [], "failed": "", "feedback": {}, "answer": {}} | script),
        "SOURCES": json.dumps(
            {name: source(name, lang) for name in ("common", kind)} if built else {}
        ),
        "TRAITS": json.dumps(traits | {"common": "IPY_MODEL_common", "kind": f"IPY_MODEL_{kind}"}),
    }
    page = PAGE
    for name, text in parts.items():
        page = page.replace(name, text)
    return page


class Bench:
    """One page of a browser, which shows one widget after the other.

    `files` are modules and style sheets by name that are not on disk, such as a test's own kind.
    Zoomed to 200 % a window of the screen has half as many of CSS' px, each `scale` 2 of the screen's.
    """

    def __init__(
        self,
        chromium: Any,
        *,
        touch: bool = False,
        scale: int = 1,
        files: dict[str, str] | None = None,
    ) -> None:
        self.context = chromium.new_context(has_touch=touch, device_scale_factor=scale)
        self.context.set_default_timeout(5000)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self._html = ""
        self._files = files or {}
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route(f"{ORIGIN}/**", self._serve)

    def show(self, page_html: str, width: int = 1280, height: int = 900) -> Any:
        """Shows a page anew and waits until its widget stands."""
        self._html = page_html
        self.errors.clear()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.mouse.move(0, 0)
        self.page.goto(f"{ORIGIN}/widgets/index.html")
        self.page.wait_for_function("window.ready === true")
        return self.page

    def _serve(self, route: Any) -> None:
        path = route.request.url.removeprefix(f"{ORIGIN}/").split("?")[0]
        name = path.rsplit("/", 1)[-1]
        if name == "index.html":
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
            return
        body = self._files.get(name) or asset(path)
        if body is None:
            route.fulfill(status=204)
            return
        route.fulfill(body=body, content_type=f"{TYPES[Path(name).suffix]}; charset=utf-8")


TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


def asset(path: str) -> str | None:
    """A file of the package that a widget needs, as it is written; None for any other."""
    file = PACKAGE / path
    return file.read_text(encoding="utf-8") if file.suffix in TYPES and file.is_file() else None


def axe(page: Any) -> list[Any]:
    """What axe finds in the widget of a page; the mouse goes away and tints fade in first."""
    if not page.evaluate("'axe' in window"):
        found = importlib.util.find_spec("axe_core_python")
        assert found is not None
        assert found.origin is not None
        page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
    page.mouse.move(1, 1)
    page.wait_for_timeout(150)
    run = "axe.run(document.querySelector('.b2b-exercise')).then(r => r.violations)"
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in page.evaluate(run)
        for node in rule["nodes"]
    ]


# ---- faces: names are those of the course, patterns and sentences are made up for these tests

PEOPLE = {
    "ceo": ("executives", "CEO", "CEO"),
    "cfo": ("executives", "CFO", "CFO"),
    "coo": ("executives", "COO", "COO"),
    "cto": ("executives", "CTO", "CTO"),
    "cio": ("executives", "CIO", "CIO"),
    "scm_head": ("supply", "SCM 책임자", "SCM head"),
    "purch_lead": ("supply", "구매팀장", "Purchasing lead"),
    "purch_staff": ("supply", "구매 담당자", "Purchasing rep"),
    "finance": ("supply", "재무팀", "Finance team"),
    "tech_head": ("technology", "기술부서 책임자", "Technical head"),
    "rnd_head": ("technology", "연구소장", "Research head"),
    "pd_head": ("technology", "제품개발 책임자", "Product dev. head"),
    "pm": ("technology", "프로젝트 매니저", "Project manager"),
    "it_mgr": ("technology", "IT 관리자", "IT manager"),
    "prod_head": ("production", "생산부서 책임자", "Production head"),
    "prod_staff": ("production", "생산 담당자", "Production rep"),
    "plant_mgr": ("production", "공장장", "Plant manager"),
    "qa_head": ("production", "품질보증 책임자", "QA head"),
}
GROUPS = {
    "executives": ("경영진", "Executives"),
    "supply": ("조달·재무", "Supply, finance"),
    "technology": ("기술·개발", "Technology"),
    "production": ("생산·품질", "Production, quality"),
}
BENEFITS = {
    "cost": ("비용절감 효과", "Cost saving"),
    "price": ("저렴한 가격", "Low price"),
    "tech": ("첨단 기술", "Advanced technology"),
    "office": ("가까운 연락사무소", "Liaison office nearby"),
    "factory": ("가까운 위치의 공장", "Factory nearby"),
    "quality": ("최고의 품질관리", "Top quality control"),
    "digital": ("디지털화 오더·배송", "Digital order, delivery"),
    "custom": ("맞춤 제조·배송", "Custom make, delivery"),
    "date": ("정확한 납기", "Exact delivery date"),
    "support": ("365일 24시간 고객대응", "Support 24 h, 365 days"),
}
CARDS = {
    "cost": ("나가는 돈이 줄어야 이번 분기 계획이 섭니다.", "We need to spend less this quarter."),
    "price": ("견적 세 장을 놓고 비교해서 고릅니다.", "I put three quotes side by side."),
    "tech": (
        "남들이 아직 못 만드는 것을 먼저 내놓아야 합니다.",
        "We want to launch what nobody else can build yet.",
    ),
    "office": (
        "문제가 나면 한 시간 안에 누군가 와 주어야 합니다.",
        "If something fails, someone should be here within the hour.",
    ),
    "factory": (
        "자재를 쌓아 둘 자리가 없어 그날그날 받아야 합니다.",
        "We have no room for stock, so parts must come day by day.",
    ),
    "quality": ("불량 하나가 우리 이름을 깎습니다.", "One defect hurts our name."),
    "digital": (
        "주문이 어디까지 왔는지 화면에서 바로 보고 싶습니다.",
        "I want to see on a screen how far an order has come.",
    ),
    "custom": ("기성품은 우리 라인에 맞지 않습니다.", "Standard parts do not fit our line."),
    "date": ("하루만 늦어도 출시일이 밀립니다.", "One day late and our launch slips."),
    "support": ("새벽에 멈춰도 전화를 받아 주어야 합니다.", "Someone must pick up at night too."),
}
DECOYS = {
    "rows": {"brand": ("높은 지명도", "Famous brand"), "gift": ("넉넉한 사은품", "Generous gifts")},
    "columns": {"hr": ("인사팀장", "HR lead"), "legal": ("법무팀", "Legal team")},
}
# A made-up key, only to draw with.
PATTERN: dict[str, dict[str, int]] = {
    "cost": {"ceo": 1, "pm": 1},
    "price": {"finance": 1, "purch_staff": 1, "it_mgr": 2},
    "tech": {"tech_head": 1, "pd_head": 1, "plant_mgr": 2},
    "office": {"cfo": 1, "scm_head": 1, "rnd_head": 1, "qa_head": 1},
    "factory": {"purch_lead": 1, "prod_head": 1},
    "quality": {"cio": 1, "qa_head": 1, "finance": 2},
    "digital": {"cto": 1, "it_mgr": 1},
    "custom": {"coo": 1, "prod_staff": 1, "rnd_head": 2},
    "date": {"ceo": 1, "pm": 1, "scm_head": 1},
    "support": {"cfo": 1, "plant_mgr": 1, "purch_lead": 2},
}

TEXTS = {
    "cells": (
        ("혜택을 사람에 잇기", "각 혜택에 가장 관심이 큰 사람을 모두 표시하십시오."),
        ("Benefits to people", "For each benefit, mark everyone who cares about it most."),
    ),
    "left": (
        ("어떤 혜택의 줄인가", "표시된 사람들을 보고 줄마다 혜택을 고르십시오."),
        ("Which benefit is it?", "Look who is marked and choose the benefit of each row."),
    ),
    "right": (
        ("누구의 열인가", "표시된 혜택을 보고 열마다 사람을 고르십시오."),
        ("Whose column is it?", "Look which benefits are marked and choose each person."),
    ),
    "both": (
        (
            "양쪽이 모두 빈 매트릭스",
            "카드마다 혜택을 고르고, 관심 있는 사람을 열에 놓은 뒤 표시하십시오.",
        ),
        (
            "Both sides blank",
            "Choose the benefit behind each card, place people on the columns, then mark.",
        ),
    ),
}


def pick(pair: tuple[str, str], lang: str) -> str:
    """One of (Korean, English)."""
    return pair[0] if lang == "ko" else pair[1]


def choices(side: str, lang: str) -> list[dict[str, str]]:
    """Names with decoys in a fixed order that is not the table's."""
    names = {key: (data if side == "rows" else data[1:]) for key, data in _named(side).items()}
    names |= DECOYS[side]
    order = sorted(names, key=lambda key: key[::-1])
    return [{"id": key, "name": pick(names[key], lang)} for key in order]


def _named(side: str) -> dict[str, Any]:
    return dict(BENEFITS if side == "rows" else PEOPLE)


def face(form: str, lang: str, people: int = 18, slots: int = 14, marks: int = 2) -> Face:
    """A face of one form."""
    title, task = TEXTS[form][0 if lang == "ko" else 1]
    made: Face = {"schema": 1, "id": f"mx-{form}", "kind": "matrix", "lang": lang, "form": form}
    made |= {"marks": marks, "title": title, "task": task, "case": [], "given": {}, "groups": []}
    made["rows"] = [
        {"id": key, "name": pick(name, lang), "card": ""} for key, name in BENEFITS.items()
    ]
    chosen = list(PEOPLE.items())[:people]
    made["columns"] = [
        {"id": key, "name": pick(names, lang), "group": group} for key, (group, *names) in chosen
    ]
    made["groups"] = [{"id": key, "name": pick(name, lang)} for key, name in GROUPS.items()]
    if form in {"left", "both"}:
        made["rows"] = [{"id": f"r{n}", "name": "", "card": ""} for n in range(1, 11)]
        made["row_choices"] = choices("rows", lang)
    if form in {"right", "both"}:
        count = people if form == "right" else slots
        made["columns"] = [{"id": f"c{n}", "name": "", "group": ""} for n in range(1, count + 1)]
        made["column_choices"] = choices("columns", lang)
        made["groups"] = []
    if form == "both":
        for row, card in zip(made["rows"], CARDS.values(), strict=True):
            row["card"] = pick(card, lang)
    if form in {"left", "right"}:
        made["given"] = given(made)
    return made


def given(made: Face) -> dict[str, dict[str, int]]:
    """The pattern of a left or right form, by the ids that the face shows."""
    rows = dict(zip(PATTERN, (row["id"] for row in made["rows"]), strict=True))
    columns = dict(zip(PEOPLE, (column["id"] for column in made["columns"]), strict=False))
    return {
        rows[row]: {columns[who]: level for who, level in marked.items() if who in columns}
        for row, marked in PATTERN.items()
    }


def answer(made: Face, rows: int = 10) -> Value:
    """A good answer to the first rows (or, where only columns are asked, to as many columns)."""
    form = made["form"]
    keys = list(PATTERN)
    if form == "cells":
        shown = {column["id"] for column in made["columns"]}
        return {
            "cells": {k: {w: v for w, v in PATTERN[k].items() if w in shown} for k in keys[:rows]}
        }
    if form == "left":
        return {"rows": {f"r{n + 1}": keys[n] for n in range(rows)}}
    if form == "right":
        people = list(PEOPLE)[: round(len(made["columns"]) * rows / 10)]
        return {"columns": {f"c{n + 1}": who for n, who in enumerate(people)}}
    return both_answer(made, keys[:rows])


def both_answer(made: Face, keys: list[str]) -> Value:
    """People in the order in which the rows need them, as far as the slots reach."""
    people = list(dict.fromkeys(who for key in keys for who in PATTERN[key]))
    people = people[: len(made["columns"])]
    place = {who: f"c{n + 1}" for n, who in enumerate(people)}
    cells = {
        f"r{n + 1}": {place[w]: level for w, level in PATTERN[key].items() if w in place}
        for n, key in enumerate(keys)
    }
    rows = {f"r{n + 1}": key for n, key in enumerate(keys)}
    return {"cells": cells, "rows": rows, "columns": {c: who for who, c in place.items()}}


LINES = {
    "ko": [
        {
            "lead": "COO를 빠뜨렸습니다.",
            "text": "이 자리에는 그 사람이 무엇을 걱정하고 무엇을 바라는지 알려 주는 문장이 옵니다. "
            "길면 두 줄로 넘어갑니다.",
        },
        {"lead": "공장장은 여기가 아닙니다.", "text": "이 사람이 살피는 것은 다른 행에 있습니다."},
    ],
    "en": [
        {
            "lead": "You missed the COO.",
            "text": "Here stands a sentence that tells what this person worries about and hopes "
            "for. A long one runs on to a second line.",
        },
        {"lead": "The plant manager does not belong here.", "text": "See another row for that."},
    ],
}
READ = {
    "ko": {"label": "04 혜택 매트릭스, 3절", "href": "04-benefit-matrix.ipynb#section"},
    "en": {"label": "04 Benefit matrix, section 3", "href": "04-benefit-matrix.ipynb#section"},
}
RESULT = {
    "ko": ("28 / 31", "맞음. 틀림 2, 빠뜨림 3. 점수 8.5 / 10점.", "2번째 시도 · 첫 시도 6.4점"),
    "en": ("28 / 31", "right. 2 wrong, 3 missed. Score 8.5 of 10.", "2nd try · first try 6.4"),
}


def feedback(made: Face) -> dict[str, Any]:
    """Made-up feedback that uses every verdict: row 4 partly, row 6 wrong, row 9 not attempted."""
    lang = made["lang"]
    big, text, tries = RESULT[lang]
    rows = [row["id"] for row in made["rows"]]
    columns = [column["id"] for column in made["columns"]]
    fair = dict.fromkeys(rows, "right") | {rows[3]: "partly", rows[5]: "wrong"}
    fair[rows[8]] = "not attempted"
    told: dict[str, Any] = {"fraction": 0.85, "big": big, "text": text, "tries": tries}
    told["cells"], told["columns"], told["heads"] = {}, {}, {}
    told["rows"] = {row: _row_feedback(state, lang) for row, state in fair.items()}
    if made["form"] in {"cells", "both"}:
        told["cells"] = _cell_verdicts(made, rows, columns)
    if made["form"] in {"left", "both"}:
        told["heads"] = fair | {rows[3]: "right"}
    if made["form"] in {"right", "both"}:
        told["columns"] = {c: {"state": "right", "lines": []} for c in columns}
        told["columns"][columns[2]] = {"state": "wrong", "lines": LINES[lang][:1]}
        told["columns"][columns[-1]] = {"state": "not attempted", "lines": []}
    if made["form"] == "right":
        told["rows"] = {}
    return told


def _row_feedback(state: str, lang: str) -> dict[str, Any]:
    score = {"right": "3 / 3", "partly": "3 / 4", "wrong": "0 / 3"}.get(state, "")
    lines = LINES[lang] if state in {"partly", "wrong"} else []
    return {"score": score, "state": state, "lines": lines, "read": READ[lang]}


def _cell_verdicts(made: Face, rows: list[str], columns: list[str]) -> dict[str, dict[str, str]]:
    marked = answer(made)["cells"]
    verdicts = {row: dict.fromkeys(marked.get(row, {}), "right") for row in rows}
    verdicts[rows[0]][columns[6]] = "accepted"
    verdicts[rows[3]][columns[2]] = "missed"
    verdicts[rows[3]][columns[4]] = "wrong"
    verdicts[rows[5]][columns[0]] = "wrong"
    verdicts[rows[5]][columns[1]] = "partly"
    verdicts[rows[8]] = {columns[3]: "missed"}
    return verdicts


def patches(page: Any) -> list[dict[str, Any]]:
    """What was new in each change: a change carries along whatever no reply has confirmed yet."""
    sent: dict[tuple[str, ...], Any] = {}
    news = []
    for message in page.evaluate("fake.sent"):
        if message["do"] == "change":
            told = dict(_leaves(message["patch"]))
            news.append(
                _nested(
                    {
                        path: data
                        for path, data in told.items()
                        if path not in sent or sent[path] != data
                    }
                )
            )
            sent |= told
    return news


def _leaves(patch: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    for name, data in patch.items():
        if isinstance(data, dict):
            yield from _leaves(data, (*above, name))
        else:
            yield (*above, name), data


def _nested(leaves: dict[tuple[str, ...], Any]) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    for (*above, name), data in leaves.items():
        inner = patch
        for key in above:
            inner = inner.setdefault(key, {})
        inner[name] = data
    return patch

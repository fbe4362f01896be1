"""The table of one's progress, half way through the course: pictures for people, and axe."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import alone
import pytest
from lab import artefacts

from b2bcourse.facts.lessons import lessons
from b2bcourse.items.response import Try
from b2bcourse.learner import page as report
from b2bcourse.learner.progress import progress

axe_core_python = pytest.importorskip("axe_core_python")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Progress</title>
<style>:root {{ {variables} }} body {{ margin: 0; padding: 12px 14px 24px 60px;
background: var(--jp-layout-color0); font-family: system-ui, sans-serif; }}</style></head>
<body data-jp-theme-light="{light}"><h1 style="position:absolute;clip-path:inset(50%)">b2b</h1>
<main><div class="jp-RenderedHTMLCommon">{table}</div></main></body></html>"""


def tries(*fractions: float) -> list[Try]:
    return [Try(time="2026-11-20T09:00:00+00:00", fraction=one) for one in fractions]


def half_way() -> dict[str, list[Try]]:
    """Four lessons done, some at the second try, one item to look at again; the fifth begun."""
    done = [item for lesson in lessons()[:4] for item in lesson.items]
    found = {item: tries(0.6, 1.0) if n % 4 == 1 else tries(1.0) for n, item in enumerate(done)}
    found[done[-1]] = tries(0.4)
    return found | {item: tries(1.0) for item in lessons()[4].items[:3]}


def shown(chromium: Any, lang: str, theme: str, width: int) -> Any:
    known = half_way()
    told = progress(lessons(), known, answered=known)
    table = report.html(told, lang, datetime(2026, 11, 22, 14, 44, tzinfo=UTC))
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    variables = "; ".join(f"{name}: {data}" for name, data in alone.THEMES[theme].items())
    light = "true" if theme == "light" else "false"
    page.set_content(PAGE.format(lang=lang, variables=variables, light=light, table=table))
    return page


@pytest.mark.parametrize(
    ("lang", "theme", "width"),
    [("ko", "light", 1280), ("en", "dark", 800), ("ko", "dark", 800), ("en", "light", 1280)],
)
def test_the_whole_course_is_one_calm_table(
    chromium: Any, lang: str, theme: str, width: int
) -> None:
    page = shown(chromium, lang, theme, width)
    try:
        page.screenshot(path=artefacts() / f"progress-{lang}-{theme}-{width}.png")
        assert page.locator("tbody tr").count() == len(lessons())
        assert page.locator("tbody a").count() == 1, "one place to go on, not eleven"
        lines = page.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => new Set([...row.querySelectorAll('svg')]"
            ".map(shape => shape.getBoundingClientRect().top)).size)"
        )
        assert set(lines) == {1}, "the shapes of one lesson stand in one line"
        cut = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert cut <= 0, "the table runs over the page's edge"
        page.add_script_tag(path=str(Path(axe_core_python.__file__).parent / "axe.min.js"))
        assert page.evaluate("axe.run('.b2b-progress').then(r => r.violations)") == []
    finally:
        page.close()

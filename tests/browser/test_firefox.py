"""The quick part in Firefox: Debian's firefox-esr, driven by npm's puppeteer-core (tests/firefox)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import alone
import pytest
from kinds import FILE_NAME, KINDS
from lab import context_of, write_notebook

from b2bcourse.authoring.cells import source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests" / "firefox"
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
OLDEST_NODE = 20
PATIENCE = 540  # seconds; the whole takes one to two minutes


def lacking() -> str:
    """What these tests lack here; empty when nothing."""
    node = shutil.which("node")
    if node is None:
        return "node is not installed (npm's or Debian's nodejs, 20 or newer)"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        return f"node is {version.strip()}, 20 or newer is needed"
    if not FIREFOX:
        return "firefox-esr is not installed"
    if not (ROOT / "browser" / "node_modules" / "puppeteer-core").is_dir():
        return "puppeteer-core is not installed (run `npm ci` in browser/)"
    return ""


@pytest.fixture(scope="module", autouse=True)
def _firefox() -> None:
    missing = lacking()
    if missing and alone.required():
        pytest.fail(f"browser tests are required, but {missing}")
    if missing:
        pytest.skip(f"Firefox's tests need more: {missing}")


def test_answers_survive_in_firefox(lab: Lab) -> None:
    notebooks = {}
    for name, app in (("LAB_NOTEBOOK", "lab"), ("PLAIN_NOTEBOOK", "notebook")):
        path = f"tests/firefox {app}/{FILE_NAME}"
        items = [item for kind in KINDS.values() for item in kind.items]
        write_notebook(lab.root / path, *(source("practice", item) for item in items))
        context_of((lab.root / path).parent, "ko")
        notebooks[name] = path
    places = {"LAB_URL": lab.url, "LAB_ROOT": str(lab.root)}
    in_firefox(sorted(TESTS.glob("*.test.mjs")), {**notebooks, **places})


def test_a_lesson_opens_alive_in_firefox(running: Lab) -> None:
    lesson = f"{running.url}/lab/tree/ko/01-decision-process.ipynb?reset"
    # What the script reads of a desk it does not use.
    desk = {"LAB_URL": running.url, "LAB_ROOT": str(running.root)}
    in_firefox([TESTS / "opens.mjs"], {"LESSON_URL": lesson, **desk})


def in_firefox(scripts: Sequence[Path], places: Mapping[str, str]) -> None:
    """Node runs these tests in Firefox, and all of them hold."""
    run = subprocess.run(
        ["node", "--test", "--test-reporter=spec", *map(str, scripts)],
        env={**os.environ, "FIREFOX": FIREFOX, **places},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"

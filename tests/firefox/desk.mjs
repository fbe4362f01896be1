/**
 * A notebook with two exercises of each kind, in Firefox: opened, answered by keys, looked at, closed.
 * The Python side (tests/browser/test_firefox.py) starts the server and says where all lies.
 */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import picture from "../browser/picture.mjs";

const { FIREFOX, LAB_URL, LAB_ROOT } = process.env;
const puppeteer = createRequire(new URL("../../browser/package.json", import.meta.url))("puppeteer-core");
const KEY = /^[A-Z][A-Za-z]+(\+[A-Za-z]+)?$/; // a key's name; all else is typed
const AS_BIDI_HAS_IT = { Space: " " };
const PATIENCE = 60_000; // ms for a page, a kernel
const SOON = 45_000; // ms; a page on a busy machine, whose kernel waits for its turn

/** Each kind's two items, and three steps that answer either: what gets the focus, then the keys. */
export const KINDS = JSON.parse(readFileSync(new URL("../browser/kinds.json", import.meta.url), "utf8"));

/** One Firefox with a profile of its own, for as long as `use` takes. */
export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "b2b-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    userDataDir: profile,
    // A notebook that is not saved asks whether one wants to leave: a page that is closed shall just go.
    extraPrefsFirefox: { "dom.disable_beforeunload": true },
  });
  const close = async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}

/** Until `look` returns something true; `told` says what was seen instead. */
export async function until(look, told, patience = SOON) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(30)) if (await look()) return;
  assert.fail(typeof told === "function" ? await told() : told);
}

export class Desk {
  /** `path` is the notebook's below the server's root, `app` "lab" or "notebook". */
  constructor(browser, path, app = "lab") {
    Object.assign(this, { browser, path, app, pictures: new Map() });
    this.items = Object.values(KINDS).flatMap(({ items }) => items);
    this.kindOf = Object.fromEntries(Object.values(KINDS).flatMap((kind) => kind.items.map((item) => [item, kind])));
  }

  async open() {
    const where = this.app === "lab" ? "lab/tree" : "notebooks";
    const reset = this.app === "lab" ? "?reset" : "";
    this.page = await this.browser.newPage();
    await this.page.setViewport({ width: 1280, height: 900 });
    await this.page.goto(encodeURI(`${LAB_URL}/${where}/${this.path}`) + reset, {
      waitUntil: "domcontentloaded",
      timeout: PATIENCE,
    });
    await this.idle();
  }

  /** As somebody who closes a tab: nothing is waited for. */
  close() {
    return this.page.close();
  }

  async reload() {
    await this.page.reload({ waitUntil: "domcontentloaded", timeout: PATIENCE });
    await this.idle();
  }

  idle() {
    const isIdle = () => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === "idle";
    return this.page.waitForFunction(isIdle, { timeout: PATIENCE, polling: 50 });
  }

  async run() {
    await this.page.evaluate(() => void window.jupyterapp.commands.execute("notebook:run-all-cells"));
    await pause(300);
    await this.idle();
    for (const item of this.items) await this.shown(item);
  }

  /** What a widget that could not save says: run this cell again. */
  async runCellOf(item) {
    await this.page.evaluate(async (at) => {
      window.jupyterapp.shell.currentWidget.content.activeCellIndex = at;
      await window.jupyterapp.commands.execute("notebook:run-cell");
    }, this.items.indexOf(item));
  }

  async restartKernel() {
    await this.page.evaluate(() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart());
    await this.idle();
  }

  /** With its outputs, which come back with it. */
  saveNotebook() {
    return this.page.evaluate(() => window.jupyterapp.shell.currentWidget.context.save());
  }

  // ---------------------------------------------------------------- answering

  async press(...keys) {
    const { keyboard } = this.page;
    for (const key of keys) {
      if (!KEY.test(key)) await keyboard.type(key);
      else {
        const [last, ...held] = key.split("+").reverse();
        const name = AS_BIDI_HAS_IT[last] ?? last;
        for (const other of held) await keyboard.down(other);
        await keyboard.press(name);
        for (const other of held) await keyboard.up(other);
      }
    }
  }

  async focus(item, selector) {
    const part = await (await this.shown(item)).waitForSelector(selector, { timeout: SOON });
    await part.focus();
    return part;
  }

  /** One step of the answer, by keys; whether it is saved is not waited for. */
  async step(item, number) {
    const [selector, ...keys] = this.kindOf[item].steps[number];
    await this.focus(item, selector);
    await this.press(...keys);
  }

  /** One step of the answer, until it is seen and on disk, and the page says so. */
  async savedStep(item, number) {
    const [before, looked] = [this.value(item), await this.picture(item)];
    await this.step(item, number);
    await this.savedSince(item, before);
    assert.notDeepEqual(await this.picture(item), looked, `${item}: no step is to be seen`);
  }

  async savedSince(item, before) {
    const old = JSON.stringify(before);
    await until(
      () => JSON.stringify(this.value(item)) !== old,
      () => `${item} stays ${old}`,
    );
    await until(
      async () => (await this.status(item)).kind === "saved",
      async () => JSON.stringify(await this.status(item)),
    );
  }

  // ---------------------------------------------------------------- looking

  /** The exercise; JupyterLab draws a cell far below only when it is scrolled to, or has nothing else to do. */
  async shown(item) {
    const selector = `.b2b-exercise[data-item="${item}"]`;
    const found = await this.page.$(selector);
    if (found) return found;
    const scroll = (at) => void window.jupyterapp.shell.currentWidget.content.scrollToItem(at);
    await this.page.evaluate(scroll, this.items.indexOf(item));
    return this.page.waitForSelector(selector, { timeout: SOON });
  }

  async status(item) {
    const read = (root) => {
      const line = root.querySelector(".b2b-saved");
      return { kind: line.dataset.kind, text: line.textContent };
    };
    return (await this.shown(item)).evaluate(read);
  }

  async picture(item) {
    return (await this.shown(item)).evaluate(picture);
  }

  async look() {
    for (const item of this.items) this.pictures.set(item, await this.picture(item));
  }

  /** The exercise looks as when it was last looked at, or will in a moment. */
  async expectPicture(item) {
    const wanted = this.pictures.get(item);
    const told = async () => {
      const seen = await this.picture(item);
      const only = (one, other) => JSON.stringify(one.filter((part) => !other.includes(part)));
      return `${item} shows ${only(seen, wanted)} in place of ${only(wanted, seen)}`;
    };
    await until(async () => JSON.stringify(await this.picture(item)) === JSON.stringify(wanted), told);
  }

  raw(item) {
    const file = join(LAB_ROOT, this.path, "..", "responses", `${item}.json`);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  value(item) {
    return JSON.parse(this.raw(item) || '{"value": {}}').value;
  }
}

/** Does an answer hold all that an earlier one held? A single choice holds another one. */
export function goesOn(now, before) {
  if (typeof before === "string") return now?.startsWith(before);
  if (before === null || typeof before !== "object") return now === before;
  if (Object.keys(before.chosen ?? {}).length === 1) return Object.keys(now.chosen).length > 0;
  return Object.entries(before).every(([key, inner]) => goesOn(now?.[key], inner));
}

/** A lesson opens alive in Firefox, without a click, and leads on to the next one and back. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./desk.mjs";

const { LESSON_URL } = process.env;
const PATIENCE = 90_000;
const ALIVE = `() => {
  const panel = document.querySelector(".jp-NotebookPanel.b2b-alive:not(.lm-mod-hidden)");
  return Boolean(panel?.querySelector(".b2b-exercise")) && !panel.querySelector(".b2b-waking");
}`;
let firefox;

before(async () => {
  firefox = await launch();
});
after(() => firefox?.close());

test("it is alive, the next lesson is, and back leads to the first", async () => {
  const page = await firefox.browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const until = (look) => page.waitForFunction(look, { timeout: PATIENCE, polling: 100 });
  const at = (number) =>
    until(
      `document.querySelector(".b2b-bar-title")?.textContent.startsWith("${number} ") && location.pathname.includes("/${number}-")`,
    );
  await page.goto(LESSON_URL, { waitUntil: "domcontentloaded", timeout: PATIENCE });
  await at("01");
  await until(`(${ALIVE})()`);
  await page.evaluate(() => document.querySelectorAll(".b2b-bar-way")[1].click());
  await at("02");
  await until(`(${ALIVE})()`);
  await page.goBack({ waitUntil: [], timeout: PATIENCE }).catch(() => {});
  await at("01");
  await until(`(${ALIVE})()`);
  assert.equal(await page.$$eval(".jp-Dialog", (found) => found.length), 0);
});

/**
 * Presses keys on a page in Firefox: node firefox_keys.mjs FIREFOX ADDRESS RUNS
 *
 * RUNS is JSON, for each run on the page opened anew a list of ["type", text], ["press", "Control+z"],
 * ["wait", ms] and ["read", expression]; what each run read is printed as JSON, a list of lists. Firefox is
 * driven by WebDriver BiDi.
 */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const tools = createRequire(new URL("../../browser/package.json", import.meta.url));
const { default: puppeteer } = await import(pathToFileURL(tools.resolve("puppeteer-core")));

const KEY_DELAY = 20; // ms between two keys of a text

async function press(page, keys) {
  const [last, ...held] = keys.split("+").reverse();
  for (const key of held.toReversed()) await page.keyboard.down(key);
  await page.keyboard.press(last);
  for (const key of held) await page.keyboard.up(key);
}

const ACTS = {
  type: (page, text) => page.keyboard.type(text, { delay: KEY_DELAY }),
  press,
  wait: (_page, ms) => new Promise((done) => setTimeout(done, ms)),
  read: (page, expression) => page.evaluate(expression),
};

async function run(page, address, steps) {
  await page.goto(address);
  await page.waitForFunction("window.ready === true");
  const found = [];
  for (const [act, data] of steps) {
    const result = await ACTS[act](page, data);
    if (act === "read") found.push(result ?? null);
  }
  return found;
}

const [firefox, address, runs] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
try {
  const page = await browser.newPage();
  const found = [];
  for (const steps of JSON.parse(runs)) found.push(await run(page, address, steps));
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}

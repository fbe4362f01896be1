/** An answer survives in Firefox too: two exercises of each kind on one page, by keys alone. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Desk, goesOn, KINDS, launch, until } from "./desk.mjs";

const { LAB_NOTEBOOK, PLAIN_NOTEBOOK } = process.env;
const ESSAYS = KINDS.essay.items;
let firefox;

before(async () => {
  firefox = await launch();
});
after(() => firefox?.close());

/** A reloaded page goes on from what is saved: both exercises look as before, a step joins, the other stays. */
async function goOn(desk, [one, other], number) {
  for (const item of [one, other]) await desk.expectPicture(item);
  const [old, untouched] = [desk.value(one), desk.raw(other)];
  await desk.savedStep(one, number);
  assert.ok(goesOn(desk.value(one), old), JSON.stringify([desk.value(one), old]));
  assert.equal(desk.raw(other), untouched);
  await desk.expectPicture(other);
}

const textOf = async (desk, item) => (await desk.focus(item, "textarea")).evaluate((field) => field.value);

/** Words are typed and the page is closed with the last key; opened again, nothing of them is missing. */
async function closeAfterKey(desk, item, words) {
  await desk.focus(item, "textarea");
  await desk.press("Control+End");
  const text = (await textOf(desk, item)) + words;
  await desk.press(words);
  await desk.close();
  await desk.open();
  await desk.run();
  await until(
    async () => desk.value(item).text === text && (await textOf(desk, item)) === text,
    async () => JSON.stringify([desk.value(item).text, await textOf(desk, item), text]),
  );
}

describe("in JupyterLab", () => {
  let desk;

  before(async () => {
    desk = new Desk(firefox.browser, LAB_NOTEBOOK);
    await desk.open();
    await desk.run();
  });

  for (const [name, { items }] of Object.entries(KINDS)) {
    test(`${name}: an answer by keys is on disk, and the other exercise is not touched`, async () => {
      const [one, other] = items;
      await desk.savedStep(one, 0);
      assert.equal(desk.raw(other), "");
      const untouched = desk.raw(one);
      await desk.savedStep(other, 0);
      assert.equal(desk.raw(one), untouched);
    });
  }

  test("two single choices are two groups, and keep their dots when all is run again", async () => {
    const [one, other] = KINDS.choice.items;
    const untouched = desk.raw(other);
    for (const key of ["ArrowDown", "ArrowUp", "ArrowUp"]) {
      const old = desk.value(one);
      await desk.focus(one, "input:checked");
      await desk.press(key);
      await desk.savedSince(one, old);
    }
    assert.equal(desk.raw(other), untouched);
    await desk.look();
    await desk.run();
    for (const item of [one, other]) {
      await desk.expectPicture(item);
      const dots = (root) => [...root.querySelectorAll("input:checked")].map((input) => input.dataset.at);
      assert.deepEqual(await (await desk.shown(item)).evaluate(dots), Object.keys(desk.value(item).chosen));
    }
  });

  describe("loaded again while the kernel lives", () => {
    before(async () => {
      await desk.look();
      await desk.saveNotebook();
      await desk.reload();
    });

    for (const [name, { items }] of Object.entries(KINDS)) {
      test(`${name}: the page shows what the file holds and goes on from there`, () => goOn(desk, items, 1));
    }
  });

  test("one Ctrl+Z in an essay takes back one burst of typing", async () => {
    const item = ESSAYS[1];
    const old = await textOf(desk, item);
    await desk.press("Control+End", "the first words ");
    await until(
      async () => (await desk.status(item)).kind === "saved",
      () => "not saved",
    );
    await desk.press("Home", "Control+End", "and the second");
    assert.equal(await textOf(desk, item), `${old}the first words and the second`);
    await desk.press("Control+z");
    const left = await textOf(desk, item);
    assert.ok([`${old}the first words `, old].includes(left), left);
    await until(
      () => desk.value(item).text === left,
      () => desk.value(item).text,
    );
  });

  test("a page closed with the last key of an essay loses nothing", async () => {
    for (const words of ["하나 ", "둘 "]) await closeAfterKey(desk, ESSAYS[0], words);
  });

  test("nor does one closed with the last key of a game's reason", async () => {
    const [game] = KINDS.simulation.items;
    const field = () => desk.focus(game, "[data-at='why']");
    const reason = async () => (await field()).evaluate((input) => input.value);
    const typed = "먼저 묻고 듣습니다";
    const words = `${await reason()}${typed}`;
    await desk.press("End", typed);
    await desk.close();
    await desk.open();
    await desk.run();
    await until(async () => (await reason()) === words, reason);
    await desk.press("Control+a", "Delete");
  });

  describe("the kernel is restarted, and each cell run again as it says", () => {
    const old = new Map();

    before(async () => {
      for (const item of desk.items) old.set(item, desk.value(item));
      await desk.restartKernel();
      for (const { items } of Object.values(KINDS)) await desk.step(items[0], 2);
    });

    for (const [name, { items }] of Object.entries(KINDS)) {
      test(`${name}: what the dead kernel did not hear is saved`, async () => {
        const [one, other] = items;
        const isTold = async () => (await desk.status(one)).text.includes("문제를 다시 불러");
        await until(isTold, async () => (await desk.status(one)).text);
        for (const item of items) await desk.runCellOf(item);
        await desk.savedSince(one, old.get(one));
        assert.ok(goesOn(desk.value(one), old.get(one)), JSON.stringify(desk.value(one)));
        assert.deepEqual(desk.value(other), old.get(other));
      });
    }
  });
});

describe("in Notebook 7", () => {
  let desk;

  before(async () => {
    desk = new Desk(firefox.browser, PLAIN_NOTEBOOK, "notebook");
    await desk.open();
    await desk.run();
    for (const item of desk.items) await desk.savedStep(item, 0);
    await desk.look();
    await desk.saveNotebook();
    await desk.reload();
  });

  for (const [name, { items }] of Object.entries(KINDS)) {
    test(`${name}: a reloaded page shows what the file holds and goes on from there`, () => goOn(desk, items, 1));
  }

  test("a page closed with the last key of an essay loses nothing", async () => {
    await closeAfterKey(desk, ESSAYS[0], "하나 ");
  });
});

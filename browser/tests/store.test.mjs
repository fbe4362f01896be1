/** The store: what is on the screen, what of it is on disk, and what is said of it. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Disk, drafts, Kernel, Page, timers } from "./desk.mjs";

let disk;
let kernel;

beforeEach(() => {
  timers();
  drafts.clear();
  disk = new Disk();
  kernel = new Kernel(disk);
});
afterEach(() => mock.timers.reset());

test("«saved» is said only of what the file holds", () => {
  const page = new Page(kernel);
  page.enter("text", "one");
  assert.equal(page.store.status.kind, "pending");
  kernel.settle();
  assert.equal(page.store.status.kind, "saved");
  assert.deepEqual(disk.value, { text: "one" });
});

test("typing is sent when it pauses, and at once when the field is left", () => {
  const page = new Page(kernel);
  page.enter("text", "o", "text");
  page.enter("text", "on", "text");
  assert.equal(kernel.toKernel.length, 0);
  mock.timers.tick(600);
  assert.equal(kernel.toKernel.length, 1);
  page.enter("text", "one", "text");
  page.store.release();
  assert.equal(kernel.toKernel.length, 2);
});

test("a run of typing is one step back", () => {
  const page = new Page(kernel);
  page.enter("text", "a");
  for (const text of ["ab", "abc"]) page.enter("text", text, "text");
  page.store.undo();
  assert.equal(page.store.value.text, "a");
});

test("each leaf says what was believed to stand there", () => {
  disk.value = { text: "before" };
  kernel = new Kernel(disk);
  const page = new Page(kernel);
  page.enter("text", "after");
  page.enter("cells\nr1\nc1", 1);
  assert.deepEqual(kernel.toKernel.at(-1).was, { text: "before", cells: { r1: { c1: null } } });
});

test("two tabs within one round trip: the later one's answer stands, the other is set aside", () => {
  const [one, two] = [new Page(kernel), new Page(kernel)];
  one.enter("text", "mine");
  two.enter("text", "yours");
  kernel.settle();
  assert.equal(disk.value.text, "yours");
  assert.deepEqual(disk.kept, [{ text: "mine" }]);
  assert.equal(one.store.value.text, "yours");
});

test("what one page sends twice before a reply comes is never set aside", () => {
  const page = new Page(kernel);
  page.enter("text", "one");
  page.enter("text", "two");
  kernel.settle();
  assert.equal(disk.value.text, "two");
  assert.deepEqual(disk.kept, []);
});

test("a kernel that died: the next page hands on what was not saved", () => {
  const page = new Page(kernel);
  kernel.alive = false;
  page.enter("text", "lost?");
  assert.equal(page.store.status.kind, "failed");
  const next = new Kernel(disk);
  new Page(next);
  next.settle();
  assert.equal(disk.value.text, "lost?");
  assert.equal(drafts.size, 0);
});

test("a draft whose first half was saved unheard still fits", () => {
  const page = new Page(kernel);
  page.enter("text", "first");
  kernel.handle(0); // saved, but the reply never comes
  kernel.alive = false;
  page.enter("text", "first and second");
  const next = new Kernel(disk);
  const again = new Page(next);
  assert.deepEqual(again.store.unsent, []);
  next.settle();
  assert.equal(disk.value.text, "first and second");
});

test("a draft that no longer fits waits for the student's word", () => {
  const page = new Page(kernel);
  kernel.alive = false;
  page.enter("text", "mine");
  disk.value = { text: "theirs" };
  const next = new Kernel(disk);
  const again = new Page(next);
  next.settle();
  assert.equal(disk.value.text, "theirs");
  assert.equal(again.store.unsent.length, 1);
  again.store.settleDraft(true);
  next.settle();
  assert.equal(disk.value.text, "mine");
  assert.deepEqual(disk.kept, []); // she had seen it
  assert.equal(drafts.size, 0);
});

test("two tabs keep drafts of their own", () => {
  const [one, two] = [new Page(kernel), new Page(kernel)];
  one.enter("text", "typing", "text"); // not sent yet
  two.enter("cells\nr1\nc1", 1);
  kernel.settle();
  assert.equal(drafts.size, 1);
  assert.equal(one.store.value.cells.r1.c1, 1);
});

test("where the browser allows no storage, a draft lasts as long as the page", () => {
  const { setItem } = window.localStorage;
  window.localStorage.setItem = () => {
    throw new Error("denied");
  };
  const page = new Page(kernel);
  kernel.alive = false;
  page.enter("text", "kept");
  window.localStorage.setItem = setItem;
  const next = new Kernel(disk);
  new Page(next);
  next.settle();
  assert.equal(disk.value.text, "kept");
});

test("a late reply still counts, and until then it is said what to do", () => {
  const page = new Page(kernel);
  page.enter("text", "slow");
  mock.timers.tick(3000);
  assert.equal(page.store.status.kind, "failed");
  kernel.settle();
  assert.equal(page.store.status.kind, "saved");
});

test("another kernel that holds the file is waited for", () => {
  const page = new Page(kernel);
  page.enter("text", "slow");
  const { n } = kernel.toKernel[0];
  page.model.fire("msg:custom", { did: "waiting", n });
  mock.timers.tick(3000);
  assert.equal(page.store.status.kind, "saving");
});

test("a first guess that is kept stays as it is, and one sentence says so", () => {
  const page = new Page(kernel);
  page.enter("text", "a guess");
  kernel.settle();
  page.store.onChecked({ stage: "kept", text: "Your guess is kept." });
  assert.equal(page.store.editing, true);
  assert.equal(page.store.told, "Your guess is kept.");
  assert.deepEqual(page.store.value, { text: "a guess" });
  page.enter("text", "another guess");
  assert.equal(page.store.told, "");
});

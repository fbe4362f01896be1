/**
 * Random sequences of what happens to pages and kernels: whatever was once shown as saved is on disk or was set
 * aside, unless the page that replaced it had shown it; and what was entered last is never gone.
 */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import fc from "fast-check";
import { part } from "../../b2bcourse/widgets/shared/patch.js";
import { Disk, drafts, Kernel, PATHS, Page, timers } from "./desk.mjs";

const RUNS = Number(process.env.B2B_MODEL_RUNS ?? 300);

const named = (path, data) => `${path}=${JSON.stringify(data ?? null)}`;

class World {
  constructor() {
    drafts.clear();
    this.disk = new Disk();
    this.kernel = new Kernel(this.disk);
    this.pages = [new Page(this.kernel)];
    this.gone = []; // pages that were closed
    this.count = 0;
    /** What a student has replaced or taken back herself, on a page that showed it. */
    this.givenUp = new Set();
  }

  page(at) {
    return this.pages[at % this.pages.length];
  }

  /** A step of the student on a page: what it shows now she gives up, wherever it becomes another. */
  step(page, act) {
    const before = PATHS.map((path) => named(path, part(page.store.value, path)));
    act();
    const after = new Set(PATHS.map((path) => named(path, part(page.store.value, path))));
    for (const shown of before) if (!after.has(shown)) this.givenUp.add(shown);
  }

  reopen(at) {
    const [old] = this.pages.splice(at % this.pages.length, 1);
    this.gone.push(old);
    this.pages.push(new Page(this.kernel));
  }

  /** A page that says «saved» has nothing left to say: what its student entered has stood in the file. */
  check() {
    for (const { store, entered } of this.pages) {
      if (store.status.kind !== "saved" || store.unsaved.size) continue;
      for (const [path, data] of entered) {
        assert.ok(this.disk.ever.has(named(path, data)), `«saved», but ${path} never held ${data}`);
      }
    }
  }

  /** What was replaced in the file without being set aside had been shown by whoever replaced it. */
  checkReplaced() {
    const all = [...this.pages, ...this.gone];
    for (const [born, path, before] of this.disk.replaced) {
      const page = all.find(({ store }) => store.born === born);
      const had = page?.shown.get(path)?.has(JSON.stringify(before));
      assert.ok(had, `${path}: ${JSON.stringify(before)} was replaced by a page that never showed it`);
    }
  }

  /** In the end, with a kernel that answers, everything entered last on a page is somewhere. */
  checkNothingIsGone() {
    if (!this.kernel.alive) this.kernel = new Kernel(this.disk);
    const last = new Page(this.kernel);
    this.gone.push(last);
    this.kernel.settle();
    for (const { entered } of [...this.pages, ...this.gone]) {
      for (const [path, data] of entered) {
        const stood = this.disk.ever.has(named(path, data)) || this.givenUp.has(named(path, data));
        const offered = last.store.unsent.some(({ patch }) => JSON.stringify(part(patch, path)) === JSON.stringify(data));
        assert.ok(stood || offered || data === null, `${path}: ${JSON.stringify(data)} is nowhere`);
      }
    }
  }
}

const at = fc.nat(5);
const path = fc.constantFrom(...PATHS, "text", "text"); // most often the same, where pages meet

/** One thing that happens. */
const ACTIONS = {
  enter: fc.tuple(at, path, fc.boolean()),
  undo: fc.tuple(at),
  handle: fc.tuple(at),
  tell: fc.tuple(at),
  lose: fc.tuple(at),
  repeat: fc.tuple(at),
  look: fc.tuple(at),
  wait: fc.tuple(fc.constantFrom(100, 700, 3000)),
  reopen: fc.tuple(at),
  tab: fc.tuple(),
  die: fc.tuple(),
  rerun: fc.tuple(),
  elsewhere: fc.tuple(path),
};

const DO = {
  enter(world, n, where, typing) {
    world.count += 1;
    const data = where === "order" ? [world.count] : where === "text" ? `text ${world.count}` : world.count;
    world.step(world.page(n), () => world.page(n).enter(where, data, typing ? where : ""));
  },
  undo(world, n) {
    const { store, entered } = world.page(n);
    world.step(world.page(n), () => store.undo());
    for (const where of entered.keys()) entered.set(where, part(store.value, where) ?? null);
  },
  handle: ({ kernel }, n) => kernel.handle(n % Math.max(1, kernel.toKernel.length)),
  tell: ({ kernel }, n) => kernel.tell(n % Math.max(1, kernel.toPages.length)),
  lose: ({ kernel }, n) => kernel.toPages.splice(n % Math.max(1, kernel.toPages.length), 1),
  repeat({ kernel }, n) {
    const message = kernel.toKernel[n % Math.max(1, kernel.toKernel.length)];
    if (message) kernel.toKernel.push(structuredClone(message));
  },
  look: (world, n) => world.page(n).store.look(),
  wait: (_world, ms) => mock.timers.tick(ms),
  reopen: (world, n) => world.reopen(n),
  tab: (world) => world.pages.length < 3 && world.pages.push(new Page(world.kernel)),
  die(world) {
    world.kernel.alive = false;
    world.kernel.toKernel.length = 0;
    world.kernel.toPages.length = 0;
  },
  /** Every page runs the cell again, in a new kernel if the old one died. */
  rerun(world) {
    if (world.kernel.alive) return;
    world.kernel = new Kernel(world.disk);
    world.gone.push(...world.pages);
    world.pages = world.pages.map(() => new Page(world.kernel));
  },
  /** Another kernel, with a page of its own that is up to date. */
  elsewhere(world, where) {
    const other = new Kernel(world.disk);
    const page = new Page(other);
    world.gone.push(page);
    world.count += 1;
    page.enter(where, where === "order" ? [world.count] : `other ${world.count}`);
    other.settle();
  },
};

const OFTEN = new Set(["enter", "handle", "tell", "tab"]);
const step = fc.oneof(
  ...Object.entries(ACTIONS).map(([name, given]) => {
    return { weight: OFTEN.has(name) ? 4 : 1, arbitrary: given.map((data) => [name, ...data]) };
  }),
);

test("no sequence of pages, kernels and messages loses an answer", () => {
  const run = (steps) => {
    timers();
    try {
      const world = new World();
      for (const [name, ...data] of steps) {
        DO[name](world, ...data);
        world.check();
      }
      world.checkNothingIsGone();
      world.checkReplaced();
    } finally {
      mock.timers.reset();
    }
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 40, size: "max" }), run), { numRuns: RUNS });
});

/** A kernel, its disk and the pages on it, without a browser: what the store needs, and no more. */

import { mock } from "node:test";
import { leaves, part, put } from "../../b2bcourse/widgets/shared/patch.js";

const stored = new Map();

globalThis.window ??= {
  localStorage: {
    get length() {
      return stored.size;
    },
    key: (at) => [...stored.keys()][at] ?? null,
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, text) => void stored.set(key, text),
    removeItem: (key) => void stored.delete(key),
  },
};

export const drafts = stored;

const { storeOf } = await import("../../b2bcourse/widgets/shared/store.js");

export const KIND = { name: "probe", build: () => [], progress: () => ({}) };

const holds = (data) => data !== undefined && data !== null && data !== "";
const isEqual = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The file of one answer: its value, the versions set aside, and all that ever stood in it. */
export class Disk {
  value = {};
  kept = [];
  ever = new Set();
  /** Who replaced what by what without setting it aside: [page, path, before, after]. */
  replaced = [];

  /** As Store.save of responses/store.py: a leaf that its sender has not seen is set aside. */
  save(page, patch, was, own) {
    const before = structuredClone(this.value);
    const all = leaves(patch, {});
    const unseen = all.some(([path, data]) => {
      const now = part(before, path);
      const believed = [data, part(was, path), part(own, path)];
      return holds(now) && !believed.some((one) => isEqual(one, now));
    });
    if (unseen) this.kept.push(before);
    for (const [path, data] of all) {
      const now = part(before, path);
      if (!unseen && holds(now) && !isEqual(now, data)) this.replaced.push([page, path, now, data]);
      put(this.value, path, data);
      this.ever.add(`${path}=${JSON.stringify(data ?? null)}`);
    }
  }
}

/** A kernel that shows the answer: traits that every page on it shares, and messages in both directions. */
export class Kernel {
  alive = true;
  toKernel = [];
  toPages = [];
  applied = new Map();
  own = new Map();
  pages = new Set();

  constructor(disk) {
    this.disk = disk;
    this.traits = { value: structuredClone(disk.value), saved: "", notes: [], offer: {}, face: { id: "pr" } };
    Object.assign(this.traits, { mode: "practice", place: "here", feedback: {} });
  }

  /** A page's own model of the widget, as anywidget hands it on. */
  model() {
    const handlers = new Map();
    const page = {
      get: (name) => structuredClone((this.pageTraits.get(page) ?? this.traits)[name]),
      on: (event, handler) => handlers.set(event, [...(handlers.get(event) ?? []), handler]),
      off: () => {},
      send: (message) => {
        if (!this.alive) throw new Error("comm is closed");
        this.toKernel.push(structuredClone(message));
      },
      fire: (event, data) => (handlers.get(event) ?? []).forEach((handler) => handler(data)),
    };
    this.pageTraits.set(page, { ...this.traits });
    this.pages.add(page);
    return page;
  }

  pageTraits = new Map();

  /** Handles the message at a place of the queue: a kernel does not always take the oldest. */
  handle(at) {
    const [message] = this.toKernel.splice(at, 1);
    if (!message || !this.alive) return;
    const { do: what, from, n, patch = {}, was = {} } = message;
    if (what === "change" || what === "check") {
      const newest = this.applied.get(from) ?? -1;
      const own = this.own.get(from) ?? {};
      if (n > newest) {
        this.disk.save(from, patch, was, own);
        for (const [path, data] of leaves(patch, {})) put(own, path, data, true);
      }
      this.own.set(from, own);
      this.applied.set(from, Math.max(n, newest));
    }
    const value = structuredClone(this.disk.value);
    this.toPages.push({ reply: { did: "saved", n, from, at: "14:03", value, notes: [], offer: {} } });
    this.toPages.push({ traits: { value, saved: "14:03" } });
  }

  /** Every page hears every reply; what is said of traits likewise. */
  tell(at) {
    const [news] = this.toPages.splice(at, 1);
    if (!news) return;
    for (const page of this.pages) {
      if (news.reply) page.fire("msg:custom", structuredClone(news.reply));
      else this.changeTraits(page, news.traits);
    }
  }

  changeTraits(page, traits) {
    Object.assign(this.pageTraits.get(page), structuredClone(traits));
    for (const name of Object.keys(traits)) page.fire(`change:${name}`);
  }

  get busy() {
    return this.alive && (this.toKernel.length > 0 || this.toPages.length > 0);
  }

  settle() {
    for (let left = 1000; this.busy && left; left -= 1) {
      if (this.toKernel.length) this.handle(0);
      if (this.toPages.length) this.tell(0);
    }
  }
}

/** Every sentence is its own name. */
export const WORDS = new Proxy({}, { get: (_, name) => String(name) });

/** A page that shows the answer: the store, and all that it has ever shown at each path. */
export class Page {
  shown = new Map();
  entered = new Map();

  constructor(kernel) {
    this.kernel = kernel;
    this.model = kernel.model();
    this.store = storeOf(this.model, KIND, WORDS);
    this.store.views.add({ update: () => this.look(), rebuild: () => {} });
    this.look();
    this.store.recover();
  }

  look() {
    for (const path of PATHS) {
      const seen = this.shown.get(path) ?? new Set();
      seen.add(JSON.stringify(part(this.store.value, path) ?? null));
      this.shown.set(path, seen);
    }
  }

  enter(path, data, typing = "") {
    const patch = {};
    put(patch, path, data, true);
    this.store.change(patch, typing);
    this.entered.set(path, data);
  }

  close() {
    this.store.release();
    this.kernel.pages.delete(this.model);
  }
}

export const PATHS = ["text", "cells\nr1\nc1", "cells\nr1\nc2", "order"];

export const timers = () => mock.timers.enable({ apis: ["setTimeout"] });

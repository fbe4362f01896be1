/** Values and patches: what every change of an answer is made of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { copy, holdsAnswer, leaves, part, put, same } from "../../b2bcourse/widgets/shared/patch.js";

test("a patch is taken apart into its leaves, and lists and numbers are leaves", () => {
  const patch = { cells: { r1: { c1: 1, c2: null } }, order: ["a"], text: "" };
  assert.deepEqual(leaves(patch, {}), [
    ["cells\nr1\nc1", 1],
    ["cells\nr1\nc2", null],
    ["order", ["a"]],
    ["text", ""],
  ]);
});

test("taking away a branch takes away every leaf that it has", () => {
  const value = { cells: { r1: { c1: 1, c2: 2 } } };
  assert.deepEqual(leaves({ cells: { r1: null } }, value), [
    ["cells\nr1\nc1", null],
    ["cells\nr1\nc2", null],
  ]);
});

test("what is put at a path is found there, and null takes it away", () => {
  const value = {};
  put(value, "cells\nr1\nc/1", 2);
  assert.equal(part(value, "cells\nr1\nc/1"), 2);
  put(value, "cells\nr1\nc/1", null);
  assert.deepEqual(value, { cells: { r1: {} } });
  assert.equal(part(value, "rows\nr1\nc1"), undefined);
});

test("a patch itself keeps the null that says that something goes", () => {
  const patch = {};
  put(patch, "cells\nr1", null, true);
  assert.deepEqual(patch, { cells: { r1: null } });
});

test("an empty text, an empty list and a mark of 0 are no answer", () => {
  assert.equal(holdsAnswer({ text: "", order: [], cells: { r1: { c1: 0 } } }), false);
  assert.equal(holdsAnswer({ cells: { r1: { c1: 1 } } }), true);
  assert.equal(holdsAnswer({}), false);
});

test("nothing and null are the same; a copy shares nothing", () => {
  assert.ok(same(undefined, null));
  assert.ok(!same({ a: 1 }, { a: 2 }));
  const value = { a: { b: 1 } };
  copy(value).a.b = 2;
  assert.equal(value.a.b, 1);
});

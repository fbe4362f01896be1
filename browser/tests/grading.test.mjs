/** Grading an essay without a page: what is typed, what it sums to, who comes next. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ahead,
  beside,
  draftOf,
  isSame,
  isShort,
  levelAt,
  missing,
  pointsIn,
  pointsOf,
  progress,
  start,
  sum,
  told,
  withLine,
} from "../../b2bcourse/serving/pages/model.js";
import { localTimes, time } from "../../b2bcourse/serving/pages/server.js";

const criterion = (id, maximum, ...levels) => ({
  id,
  text: id,
  maximum,
  levels: levels.map((points) => ({ points, text: `${points}` })),
});
const RUBRIC = { criteria: [criterion("a", 7, 7, 4, 0), criterion("b", 12, 12, 6, 0), criterion("c", 0.5, 0.5, 0)] };
const place = (student, state = "waits") => ({ student, name: student, state, handed_in: "", total: null });
const QUEUE = [place("ann", "given"), place("bob"), place("cho", "empty"), place("dan"), place("eve")];
const open = (student) => ({ session: "x", by: "min", item: "e", student, at: "" });

test("a criterion of up to nine whole points is scored by one digit", () => {
  assert.deepEqual(RUBRIC.criteria.map(isShort), [true, false, false]);
  assert.ok(isShort(criterion("d", 9)));
  assert.ok(!isShort(criterion("d", 10)));
});

test("between the levels is allowed, beyond the criterion is not", () => {
  const [a] = RUBRIC.criteria;
  assert.deepEqual(
    ["0", "5", "7", "6.5", "6,5", "8", "7.01", "", "-1", "1e3", "NaN", " 5", undefined].map((text) => pointsIn(a, text)),
    [0, 5, 7, 6.5, 6.5, null, null, null, null, null, null, null, null],
  );
});

test("no points that do not fit are ever summed or sent", () => {
  const typed = fc.record({ a: fc.string(), b: fc.string(), c: fc.oneof(fc.string(), fc.constant("0.5")) });
  fc.assert(
    fc.property(typed, (points) => {
      const found = pointsOf(RUBRIC, { points, comment: "" });
      for (const { id, maximum } of RUBRIC.criteria) assert.ok(!(id in found) || (found[id] >= 0 && found[id] <= maximum));
      assert.equal(Object.keys(found).length + missing(RUBRIC, { points, comment: "" }).length, RUBRIC.criteria.length);
      assert.ok(sum(found) <= 19.5);
    }),
  );
});

test("a sum is shown as it is, and not as a computer adds", () => {
  assert.equal(sum({ a: 0.1, b: 0.2 }), 0.3);
  assert.equal(told(2.5), "2.5");
  assert.equal(told(20), "20");
});

test("the level reached is the best that was paid for", () => {
  const [a] = RUBRIC.criteria;
  assert.equal(levelAt(a, 7)?.points, 7);
  assert.equal(levelAt(a, 6)?.points, 4);
  assert.equal(levelAt(a, 0)?.points, 0);
  assert.equal(levelAt(a, null), null);
  assert.equal(levelAt(criterion("d", 5), 3), null);
});

test("who comes next waits, stands behind, and is open to nobody else", () => {
  const names = (at, others) => ahead(QUEUE, at, others).map((each) => each.student);
  assert.deepEqual(names(1, []), ["dan", "eve"]);
  assert.deepEqual(names(3, []), ["eve", "bob"]);
  assert.deepEqual(names(3, [open("eve")]), ["bob"]);
  assert.deepEqual(names(0, [open("bob"), open("dan"), open("eve")]), []);
});

test("one begins where one is sent, else with the first who waits, else with the first text", () => {
  assert.equal(start(QUEUE, "eve"), 4);
  assert.equal(start(QUEUE, "nobody"), 1);
  assert.equal(start([place("a", "empty"), place("b", "given")], ""), 1);
  assert.equal(start([], ""), 0);
});

test("going by keys passes over those who wrote nothing, and stops at the ends", () => {
  assert.equal(beside(QUEUE, 1, 1), 3);
  assert.equal(beside(QUEUE, 3, -1), 1);
  assert.equal(beside(QUEUE, 4, 1), 4);
  assert.equal(beside(QUEUE, 0, -1), 0);
});

test("the count is of texts, and what is on the screen is not left over", () => {
  assert.deepEqual(progress(QUEUE, 1), { done: 1, all: 4, left: 2, isHere: true });
  assert.deepEqual(progress(QUEUE, 0), { done: 1, all: 4, left: 3, isHere: false });
});

test("what was given comes back into the fields as it was typed", () => {
  const draft = draftOf({ points: { a: 4, b: 6.5 }, comment: "good" });
  assert.deepEqual(draft, { points: { a: "4", b: "6.5" }, comment: "good" });
  assert.ok(isSame(draft, { points: { a: "4", b: "6.5", c: "" }, comment: "good" }));
  assert.ok(!isSame(draft, { ...draft, comment: "" }));
  assert.ok(!isSame(draft, { ...draft, points: { a: "4" } }));
});

test("a line that was used before is added once, on a line of its own", () => {
  assert.equal(withLine("", "Say whom."), "Say whom.");
  assert.equal(withLine("Good.\n", "Say whom."), "Good.\nSay whom.");
  assert.equal(withLine("Good.\nSay whom.", "Say whom."), "Good.\nSay whom.");
});

test("times are the reader's: of today the clock alone", () => {
  const now = new Date(2026, 10, 30, 12);
  const then = new Date(2026, 10, 30, 9, 14);
  assert.equal(time(then.toISOString(), "ko", now), "09:14");
  assert.match(time(new Date(2026, 10, 27, 22, 40).toISOString(), "ko", now), /^11월 27일 22:40$/);
  assert.match(time(new Date(2026, 10, 27, 22, 40).toISOString(), "en", now), /^27 Nov 22:40$/);
  assert.equal(time("nothing", "en", now), "nothing");
});

test("times in a name of the kit's are the reader's too", () => {
  const written = new Date(Date.UTC(2026, 10, 27, 13, 40));
  const clock = `${written.getHours()}`.padStart(2, "0");
  assert.match(localTimes("set aside (2026-11-27 13:40 UTC)", "en"), new RegExp(`\\(2\\d Nov ${clock}:40\\)`));
});

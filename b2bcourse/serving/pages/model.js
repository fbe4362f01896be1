/** Grading an essay without a page: what is typed, what it sums to, and who comes next. */

/** @import { Criterion, Draft, Essay, Open, Place, Points, Rubric } from "./types.d.ts" */

/**
 * Is one digit all that can be typed for a criterion, so that it scores at once?
 * @param {Criterion} criterion
 */
export const isShort = ({ maximum }) => Number.isInteger(maximum) && maximum <= 9;

/**
 * The points that a field holds; null where it is empty or holds none that fit.
 * @param {Criterion} criterion
 * @param {string | undefined} text
 */
export function pointsIn({ maximum }, text) {
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(text ?? "")) return null;
  const points = Number((text ?? "").replace(",", "."));
  return points <= maximum ? points : null;
}

/** A number as it is shown: no more places than it has.
 * @param {number} points */
export const told = (points) => String(Math.round(points * 100) / 100);

/**
 * All points, by criterion; those that are missing are left out.
 * @param {Rubric} rubric
 * @param {Draft} draft
 * @returns {Points}
 */
export function pointsOf(rubric, draft) {
  /** @type {Points} */
  const points = {};
  for (const criterion of rubric.criteria) {
    const found = pointsIn(criterion, draft.points[criterion.id]);
    if (found !== null) points[criterion.id] = found;
  }
  return points;
}

/** @param {Points} points */
export const sum = (points) => Math.round(Object.values(points).reduce((all, one) => all + one, 0) * 100) / 100;

/**
 * The criteria without points that fit.
 * @param {Rubric} rubric
 * @param {Draft} draft
 */
export const missing = (rubric, draft) =>
  rubric.criteria.filter((criterion) => pointsIn(criterion, draft.points[criterion.id]) === null);

/**
 * What stands in the fields when an essay is opened.
 * @param {Essay} essay
 * @returns {Draft}
 */
export const draftOf = ({ points, comment }) => ({
  points: Object.fromEntries(Object.entries(points).map(([id, value]) => [id, told(value)])),
  comment,
});

/**
 * @param {Draft} one
 * @param {Draft} other
 */
export function isSame(one, other) {
  const ids = new Set([...Object.keys(one.points), ...Object.keys(other.points)]);
  return one.comment === other.comment && [...ids].every((id) => (one.points[id] ?? "") === (other.points[id] ?? ""));
}

/**
 * The level that was reached with so many points: the best one that they pay for.
 * @param {Criterion} criterion
 * @param {number | null} points
 */
export function levelAt({ levels }, points) {
  if (points === null) return null;
  const paid = levels.filter((level) => level.points <= points);
  return paid.reduce((best, level) => (best && best.points >= level.points ? best : level), paid[0] ?? null);
}

/**
 * Who waits, in the order in which they come after a place; whom another grader has open comes not.
 * @param {Place[]} queue
 * @param {number} at
 * @param {Open[]} others
 */
export function ahead(queue, at, others) {
  const taken = new Set(others.map((open) => open.student));
  const turned = [...queue.slice(at + 1), ...queue.slice(0, Math.max(0, at))];
  return turned.filter((place) => place.state === "waits" && !taken.has(place.student));
}

/**
 * The place to begin at: the one asked for, else the first that waits, else the first with a text.
 * @param {Place[]} queue
 * @param {string} student
 */
export function start(queue, student) {
  const wanted = [
    queue.findIndex((place) => place.student === student),
    queue.findIndex((place) => place.state === "waits"),
    queue.findIndex((place) => place.state !== "empty"),
  ];
  return wanted.find((at) => at >= 0) ?? 0;
}

/**
 * The neighbour with a text, before (-1) or behind (1) a place.
 * @param {Place[]} queue
 * @param {number} at
 * @param {1 | -1} by
 */
export function beside(queue, at, by) {
  for (let to = at + by; queue[to]; to += by) if (queue[to].state !== "empty") return to;
  return at;
}

/**
 * How far the class is: essays read, all with a text, and those that wait besides this one.
 * @param {Place[]} queue
 * @param {number} at
 */
export function progress(queue, at) {
  const texts = queue.filter((place) => place.state !== "empty");
  const waiting = texts.filter((place) => place.state === "waits");
  const isHere = waiting.includes(queue[at]);
  return { done: texts.length - waiting.length, all: texts.length, left: waiting.length - (isHere ? 1 : 0), isHere };
}

/**
 * A comment with a line that was used before; once is enough.
 * @param {string} comment
 * @param {string} line
 */
export function withLine(comment, line) {
  if (comment.split("\n").some((each) => each.trim() === line)) return comment;
  return comment.trim() ? `${comment.trimEnd()}\n${line}` : line;
}

/** Values of answers, and the patches that change them. Pure: no page, no kernel. */

/** @import { Json, Leaf, Patch, Value } from "./types.d.ts" */

const INTO = "\n"; // between the steps of a path: no id holds a line break, some hold a "/"

/**
 * @param {any} data
 * @returns {Value}
 */
export const copy = (data) => JSON.parse(JSON.stringify(data ?? {}));

/** @param {any} data */
const isBranch = (data) => data !== null && typeof data === "object" && !Array.isArray(data);

/**
 * @param {any} one
 * @param {any} other
 */
export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * The data at a path of a value; undefined where nothing is.
 * @param {Value} value
 * @param {string} path
 */
export function part(value, path) {
  return path.split(INTO).reduce((inner, key) => inner?.[key], value);
}

/**
 * Puts data at a path of a value; null takes it away.
 * @param {Value} value
 * @param {string} path
 * @param {Json} data
 * @param {boolean} [keepNull] in a patch null says that something goes
 */
export function put(value, path, data, keepNull = false) {
  const keys = path.split(INTO);
  const last = /** @type {string} */ (keys.pop());
  let inner = value;
  for (const key of keys) inner = inner[key] ??= {};
  if (data === null && !keepNull) delete inner[last];
  else inner[last] = data;
}

/**
 * A patch as its leaves; taking away a branch takes away every leaf it has in the value.
 * @param {Patch} patch
 * @param {Value | undefined} value
 * @param {string} [above]
 * @returns {Leaf[]}
 */
export function leaves(patch, value, above = "") {
  return Object.entries(patch).flatMap(([key, data]) => {
    const old = value?.[key];
    if (isBranch(data)) return leaves(data, old, `${above}${key}${INTO}`);
    if (data !== null || !isBranch(old)) return [/** @type {Leaf} */ ([above + key, data])];
    const none = Object.fromEntries(Object.keys(old).map((inner) => [inner, null]));
    return leaves(none, old, `${above}${key}${INTO}`);
  });
}

/**
 * Is there an answer anywhere in a value? An empty text or list and a mark of 0 are none.
 * @param {any} value
 * @returns {boolean}
 */
export function holdsAnswer(value) {
  if (isBranch(value)) return Object.values(value).some(holdsAnswer);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

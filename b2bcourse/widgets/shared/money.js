/** Sums of money as Koreans say them; `facts/korean.py` says them alike, and a test holds the two together. */

/** What a unit of an exercise is worth in won. */
const UNITS = new Map([
  ["천 원", 1e3],
  ["만 원", 1e4],
  ["백만 원", 1e6],
  ["천만 원", 1e7],
  ["억 원", 1e8],
]);

/** @type {[number, string][]} */
const STEPS = [
  [1e12, "조"],
  [1e8, "억"],
  [1e4, "만"],
];

/** @param {number} count */
const grouped = (count) => count.toLocaleString("en-US");

/**
 * 2,800만 원, 1억 1,300만 원, −50만 원, 9,500원.
 * @param {number} amount
 */
export function won(amount) {
  let rest = Math.round(Math.abs(amount));
  const sign = amount < 0 && rest ? "−" : "";
  const said = [];
  for (const [step, name] of STEPS) {
    const count = Math.floor(rest / step);
    rest -= count * step;
    if (count) said.push(`${grouped(count)}${name}`);
  }
  if (!rest && said.length) return `${sign}${said.join(" ")} 원`;
  return `${sign}${[...said, grouped(rest)].join(" ")}원`;
}

/**
 * A number of a Korean unit of money, said as one sum; "" where the unit is of another kind.
 * @param {number} number
 * @param {string} unit
 */
export function inWon(number, unit) {
  const worth = UNITS.get(unit);
  return worth ? won(Math.round(number * 1e9) * (worth / 1e9)) : "";
}

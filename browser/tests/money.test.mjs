/** Sums of money are said as the Python side says them: both read the same list of sums. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inWon, won } from "../../b2bcourse/widgets/shared/money.js";

const SUMS = JSON.parse(readFileSync(new URL("money.json", import.meta.url), "utf8"));

for (const [number, unit, said] of SUMS) {
  test(`${number} ${unit} is said ${said || "as it is written"}`, () => {
    assert.equal(inWon(Number(number), unit), said);
  });
}

test("a sum that is nothing has no sign", () => assert.equal(won(-0.2), "0원"));

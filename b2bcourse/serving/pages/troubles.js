/** The troubles' page: what could not be matched, read or kept whole, and a tick for what has been seen. */

/** @import { Row, TroublesPage } from "./types.d.ts" */

import { mark } from "../../widgets/shared/marks.js";
import { fill, h } from "../../widgets/shared/nodes.js";
import { ask, sent, time, why } from "./server.js";

const KINDS = /** @type {const} */ (["unmatched", "unread", "unwhole", "refused"]);

/** @type {TroublesPage} */
const page = sent();
const { words, rows, lang } = page;
const main = /** @type {HTMLElement} */ (document.getElementById("b2b-main"));
const said = h("p", { class: "saved", role: "status" });
const waits = h("p", { class: "counted", role: "status" });

function paint() {
  const n = rows.length;
  const head = n === 1 ? words.head_one : n ? words.head : words.head_none;
  const now = fill(words.as_of, { time: time(new Date().toISOString(), lang) });
  paintWaits();
  main.replaceChildren(
    h(
      "header",
      {},
      h(
        "div",
        { class: "top" },
        h("h1", {}, fill(head, { assignment: page.assignment, n })),
        h("span", { class: "saved" }, now),
      ),
      waits,
      said,
    ),
    n ? table() : "",
    h(
      "p",
      { class: "small after" },
      n ? `${words.after} ` : "",
      page.essays ? h("a", { href: page.essays }, words.essays) : "",
    ),
  );
}

function paintWaits() {
  const open = rows.filter((row) => row.waits).length;
  const count = open === 1 ? words.waiting_one : fill(words.waiting, { n: open });
  if (!rows.length) waits.replaceChildren(words.none);
  else waits.replaceChildren(...(open ? [h("b", {}, count), words.waiting_rest] : [words.none_waits]));
}

function table() {
  const heads = ["who", "found", "done", "todo"].map((name) =>
    h("th", { scope: "col", class: `w-${name}`, role: "columnheader" }, words[name]),
  );
  const groups = KINDS.filter((what) => rows.some((row) => row.what === what)).map((what) =>
    h(
      "tbody",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        h("th", { class: "group", colspan: 6, scope: "rowgroup", role: "rowheader" }, words[what]),
      ),
      rows.filter((row) => row.what === what).map(rowOf),
    ),
  );
  const row = h("tr", { role: "row" }, cell("sign"), heads, cell("w-tick"));
  // Roles, since on a phone what belongs together stands below one another and is no grid any more.
  return h("table", { class: "troubles", role: "table" }, h("thead", { role: "rowgroup" }, row), groups);
}

/**
 * @param {string} name
 * @param {...any} shown
 */
function cell(name, ...shown) {
  const head = name === "done" || name === "todo" ? { "data-head": words[name] } : {};
  return h("td", { class: name, role: "cell", ...head }, ...shown);
}

/** @param {Row} row */
function rowOf(row) {
  return h(
    "tr",
    { class: row.waits ? "is-waiting" : "is-seen", role: "row" },
    cell(
      "sign",
      mark(row.waits ? "also" : "right"),
      h("span", { class: "unseen" }, row.waits ? words.waits_mark : words.seen_mark),
    ),
    h("th", { scope: "row", role: "rowheader" }, row.name),
    cell("found", row.found),
    cell("done", row.done, kept(row)),
    cell("todo", row.todo, row.read && row.waits ? h("a", { class: "read", href: row.read }, words.read) : ""),
    cell("tick", tick(row)),
  );
}

/** @param {Row} row */
function kept(row) {
  if (!row.kept) return "";
  const where = row.download ? h("a", { href: row.download, download: "" }, row.kept) : row.kept;
  return h("div", { class: "kept" }, `${words.kept} `, h("code", {}, where));
}

/** @param {Row} row */
function tick(row) {
  if (row.seen)
    return h("span", { class: "small" }, fill(words.seen_by, { by: row.seen.by, time: time(row.seen.at, lang) }));
  const label = fill(words.see_label, row);
  const { student, id } = row;
  return h(
    "button",
    { type: "button", class: "link", "aria-label": label, onclick: () => void see(student, id) },
    words.see,
  );
}

/**
 * @param {string} student
 * @param {string} id
 */
async function see(student, id) {
  try {
    const { by, waiting } = await ask(page.here, { student, id });
    for (const row of rows)
      if (row.student === student && row.id === id)
        Object.assign(row, { waits: false, seen: { by, at: new Date().toISOString() } });
    said.className = "saved";
    said.textContent = waiting.length ? fill(words.still, { items: waiting.join(", ") }) : "";
    paint();
    main.querySelector("button")?.focus();
  } catch (error) {
    said.className = "saved failed";
    said.textContent = fill(words.not_saved, { why: why(error, words) });
  }
}

paint();

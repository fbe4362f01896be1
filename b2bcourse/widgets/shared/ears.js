/** What is for the ears: headings of parts, tables that do not look like tables. */

/** A part of an exercise, whose own heading is of level 3. */
export const PART = { role: "heading", "aria-level": "4" };

const ROLES = {
  thead: "rowgroup",
  tbody: "rowgroup",
  tr: "row",
  "thead th": "columnheader",
  "tbody th": "rowheader",
  td: "cell",
};

/**
 * Rows that are laid out as blocks stay rows for who hears them.
 * @param {HTMLTableElement} table
 */
export function keepRoles(table) {
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const node of table.querySelectorAll(selector)) node.setAttribute("role", role);
  }
}

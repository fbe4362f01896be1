/** The list that floats: names to choose from, with a line to search them. */

/**
 * @import { Anchor, Choice, OpenPicker, Picker } from "./types.d.ts"
 * @import { View } from "./view.js"
 */

import { h, setAttribute, unique } from "./nodes.js";

/**
 * Opens a searchable list of names below the button that asked for it.
 * A list is {anchor, label, choices, current, take, gap?, shift?}: `choices()` gives [{id, name, note?}] in
 * their order, `current()` the id chosen now or null, `take(id)` is called with another id, null to clear.
 * @param {View} view
 * @param {Picker} asked
 */
export function openList(view, asked) {
  closeList(view);
  if (!view.store.editing) return;
  const { words } = view.store;
  const { anchor, label } = asked;
  const id = `b2b-list-${unique()}`;
  const input = h("input", {
    id: `${id}-find`,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
  });
  const options = h("ul", { id, class: "b2b-options", role: "listbox", "aria-label": label });
  const noMatch = h("div", { class: "b2b-no-match", role: "status" });
  const foot = h("div", { class: "b2b-list-foot" }, words.list_keys);
  const find = h("label", { for: `${id}-find` }, label);
  const box = h("div", { class: "b2b-list", popover: "manual" }, find, input, options, noMatch, foot);
  view.list = { ...asked, box, input, options, noMatch, id, active: 0, entries: [] };
  anchor.b2bListOpen = true;
  anchor.setAttribute("aria-expanded", "true");
  view.root.append(box);
  showOptions(view, view.list);
  box.showPopover?.(); // the top layer: no scrolling ancestor can cut it
  box.style.width = `${box.offsetWidth}px`; // stays while the search line shortens the list
  placeList(view);
  const list = view.list;
  input.addEventListener("input", () => showOptions(view, list));
  input.addEventListener("keydown", (event) => onListKey(view, list, event));
  input.focus({ preventScroll: true });
}

/** @param {View} view */
export function closeList(view, keepFocus = false) {
  const { list } = view;
  if (!list) return;
  view.list = null;
  list.anchor.b2bListOpen = false;
  list.anchor.setAttribute("aria-expanded", "false");
  const had = list.box.contains(document.activeElement);
  list.box.remove();
  if (had && !keepFocus) list.anchor.focus({ preventScroll: true });
}

/**
 * While answering a button opens a list; after Check it discloses what was said.
 * @param {Anchor} button
 * @param {boolean} toList
 * @param {boolean} [isOpen]
 */
export function announceButton(button, toList, isOpen) {
  setAttribute(button, "aria-haspopup", toList && "listbox");
  button.setAttribute("aria-expanded", (toList ? button.b2bListOpen : isOpen) ? "true" : "false");
}

/**
 * Names that fit the search line; to clear is offered while nothing is sought.
 * @param {View} view
 * @param {OpenPicker} list
 * @returns {Choice[]}
 */
function matches({ store }, list) {
  /** @param {string} text */
  const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  const sought = plain(list.input.value);
  const found = list.choices().filter((choice) => plain(choice.name).includes(sought));
  const clear = list.current() && !sought ? [{ id: null, name: store.words.clear }] : [];
  return [...found, ...clear];
}

/**
 * @param {View} view
 * @param {OpenPicker} list
 */
function showOptions(view, list) {
  list.entries = matches(view, list);
  const nodes = list.entries.map((entry, at) => buildOption(view, list, entry, at));
  list.options.replaceChildren(...nodes);
  list.options.hidden = !nodes.length;
  list.noMatch.textContent = nodes.length ? "" : view.store.words.no_match;
  list.noMatch.hidden = nodes.length > 0;
  activate(
    list,
    Math.max(
      0,
      list.entries.findIndex((entry) => isCurrent(list, entry)),
    ),
  );
}

/**
 * @param {OpenPicker} list
 * @param {Choice} choice
 */
const isCurrent = (list, { id }) => id !== null && id === list.current();

/**
 * @param {View} view
 * @param {OpenPicker} list
 * @param {Choice} entry
 * @param {number} at
 */
function buildOption(view, list, entry, at) {
  return h(
    "li",
    {
      id: `${list.id}-${at}`,
      class: entry.id === null ? "b2b-option is-clear" : "b2b-option",
      role: "option",
      "aria-selected": isCurrent(list, entry) ? "true" : "false",
      onclick: () => take(view, list, at),
      onpointermove: () => list.active !== at && activate(list, at, false),
    },
    h("span", {}, entry.name),
    entry.note ? h("small", {}, entry.note) : null,
  );
}

/**
 * @param {OpenPicker} list
 * @param {number} at
 */
function activate(list, at, scroll = true) {
  const nodes = [...list.options.children];
  list.active = Math.max(0, Math.min(at, nodes.length - 1));
  nodes.forEach((node, n) => node.classList.toggle("is-active", n === list.active));
  setAttribute(list.input, "aria-activedescendant", nodes[list.active]?.id);
  if (scroll) nodes[list.active]?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {View} view
 * @param {OpenPicker} list
 * @param {number} at
 */
function take(view, list, at) {
  const entry = list.entries[at];
  if (!entry) return;
  closeList(view);
  if (entry.id !== (list.current() ?? null)) list.take(entry.id);
}

/**
 * @param {View} view
 * @param {OpenPicker} list
 * @param {KeyboardEvent} event
 */
function onListKey(view, list, event) {
  // While Hangul is being composed, Enter and arrows belong to the input method.
  if (event.isComposing || event.keyCode === 229) return;
  const last = list.entries.length - 1;
  const actions = /** @type {{ [key: string]: () => void }} */ ({
    ArrowDown: () => activate(list, list.active === last ? 0 : list.active + 1),
    ArrowUp: () => activate(list, list.active === 0 ? last : list.active - 1),
    PageDown: () => activate(list, list.active + 8),
    PageUp: () => activate(list, list.active - 8),
    Enter: () => take(view, list, list.active),
    Escape: () => closeList(view),
    Tab: () => closeList(view),
  });
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
}

/**
 * Below its anchor, inside the window; above when there is no room below.
 * @param {View} view
 */
export function placeList(view) {
  const { list } = view;
  if (!list) return;
  const { gap = 2, shift = 0 } = list;
  const from = list.anchor.getBoundingClientRect();
  const edge = view.edge.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list.box;
  const rightmost = Math.min(window.innerWidth - 8, Math.max(edge.right, from.right)) - width;
  const below = from.bottom + gap;
  const above = from.top - gap - height;
  const top = below + height > window.innerHeight - 8 && above > 8 ? above : below;
  list.box.style.left = `${Math.max(8, Math.min(from.left + shift, rightmost))}px`;
  list.box.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
}

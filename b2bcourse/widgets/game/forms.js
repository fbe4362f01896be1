/** The form of a move that asks for something. */

import { fill, h, icon, setAttribute } from "../common.js";
import { add } from "./desk.js";
import { costText, nameIn } from "./parts.js";
import { accountOf, gameOf, named, open } from "./state.js";

/**
 * @import { Named } from "../shared/types.d.ts"
 * @import { Entry, Field, Message, Move, Option } from "../shared/game.d.ts"
 * @import { Form, NumberCheck, Store, View } from "./types.d.ts"
 */

/**
 * @param {View} view
 * @param {Entry} entry
 * @param {Form} form
 */
export function buildForm(view, entry, form) {
  const { store } = view;
  /** @type {NumberCheck[]} */
  const checks = [];
  const node = h(
    "form",
    { class: "b2b-form", novalidate: true },
    entry.fields.map((field) => FIELDS[field.kind](view, field, form, checks)),
  );
  node.append(h("button", { type: "submit", class: "b2b-button", "data-at": "put-in" }, store.words.put_in));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = checks.filter(({ isRight }) => !isRight()); // all of them: each says so at its field
    if (wrong.length) wrong[0].input.focus();
    else add(store, form.move, entry.swap);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(store, { form: null });
    named(view, form.key)?.focus();
  });
  return node;
}

/** @type {{ [kind in Field["kind"]]: (view: View, field: Field, form: Form, checks: NumberCheck[]) => HTMLElement }} */
export const FIELDS = {
  number: numberField,
  one: oneField,
  several: severalField,
  persons: severalField,
  messages: messagesField,
};

/**
 * A number in figures; what is none, or too large, is told at the field when it is left.
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 * @param {NumberCheck[]} checks
 */
export function numberField(
  view,
  { name, label, min: lowest = 0, max = 0, unit, least = "" },
  { move, typed },
  checks,
) {
  const { words } = view.store;
  const id = `b2b-${name}-${view.uid}`;
  const wrong = h("span", { class: "b2b-problem", id: `${id}-wrong`, role: "status" });
  const input = h("input", {
    id,
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": wrong.id,
    value: typed[name] ?? String(move[name]),
    "data-at": `field/${name}`,
  });
  const bound = () => Math.max(lowest, Number(move[least] ?? lowest)); // what is said of another field counts too
  const read = () => {
    const min = bound();
    const figures = input.value.normalize("NFKC").trim();
    const n = /^[0-9]+$/.test(figures) ? Number(figures) : Number.NaN;
    return n >= min && n <= max ? n : null;
  };
  const check = () => {
    const isRight = read() !== null;
    wrong.textContent = isRight ? "" : fill(words.number_wrong, { min: bound(), max });
    setAttribute(input, "aria-invalid", !isRight && "true");
    return isRight;
  };
  input.addEventListener("input", () => {
    typed[name] = input.value;
    if (read() === null) return;
    move[name] = read();
    check();
  });
  input.addEventListener("change", check);
  checks.push({ input, isRight: check });
  if (name in typed) check();
  return h(
    "div",
    { class: "b2b-number" },
    h("label", { for: id }, label),
    input,
    h("span", { class: "b2b-small" }, unit),
    wrong,
  );
}

/**
 * What a field offers: its own options, else the game's lists of roles, benefits and fears.
 * @param {View} view
 * @param {Field} field
 * @returns {Option[]}
 */
export function optionsOf({ store }, { name, options }) {
  const { choices } = gameOf(store).board;
  if (options) return options;
  return name === "fear"
    ? [{ id: "", name: store.words.fear_open }, ...choices.fears]
    : name === "roles"
      ? choices.roles
      : choices.benefits;
}

/**
 * @param {string} label
 * @param {Node | Node[]} rows
 */
export function fieldset(label, rows) {
  return h("fieldset", {}, h("legend", {}, label), rows);
}

/**
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 */
export function oneField(view, field, { move }) {
  const { store } = view;
  if (!field.options)
    return h(
      "div",
      {},
      h("div", { class: "b2b-small" }, field.label),
      select(field.label, optionsOf(view, field), move, field.name, `field/${field.name}`),
    );
  const group = `b2b-${field.name}-${view.uid}`;
  const row = (/** @type {Option} */ { id, name, cost }) => {
    const input = h("input", {
      type: "radio",
      name: group,
      checked: move[field.name] === id,
      "data-at": `field/${field.name}/${id}`,
    });
    input.addEventListener("change", () => (move[field.name] = id));
    return h(
      "label",
      {},
      input,
      h("span", {}, name),
      cost ? h("span", { class: "b2b-small" }, costText(store, cost)) : null,
    );
  };
  return fieldset(field.label, optionsOf(view, field).map(row));
}

/**
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 * @param {NumberCheck[]} checks
 */
export function severalField(view, field, { move }, checks) {
  const { store } = view;
  const wrong = h("span", { class: "b2b-problem", role: "status" });
  const row = (/** @type {Option} */ { id, name }) => {
    const input = h("input", {
      type: "checkbox",
      checked: move[field.name].includes(id),
      "data-at": `field/${field.name}/${id}`,
    });
    input.addEventListener("change", () => tick(store, field, move, id, input));
    return h("label", {}, input, h("span", {}, name));
  };
  const box = fieldset(field.label, [h("div", { class: "b2b-ticks" }, optionsOf(view, field).map(row)), wrong]);
  const { min = 0 } = field;
  checks.push({
    get input() {
      return /** @type {HTMLInputElement} */ (box.querySelector("input"));
    },
    isRight() {
      const isEnough = move[field.name].length >= min;
      wrong.textContent = isEnough ? "" : fill(store.words.at_least, { n: min });
      return isEnough;
    },
  });
  return box;
}

/**
 * @param {Store} store
 * @param {Field} field
 * @param {Move} move
 * @param {string} id
 * @param {HTMLInputElement} input
 */
export function tick(store, { name, max = 0 }, move, id, input) {
  const rest = move[name].filter((/** @type {string} */ other) => other !== id);
  if (input.checked && rest.length >= max) {
    input.checked = false;
    store.say(fill(store.words.at_most, { n: max }));
    return;
  }
  move[name] = input.checked ? [...rest, id] : rest;
}

/**
 * Who is told which benefit, a row each.
 * @param {View} view
 * @param {Field} field
 * @param {Form} form
 */
export function messagesField(view, field, form) {
  const { store } = view;
  const { words } = store;
  const { move } = form;
  const { persons = [], benefits = [], max = 0 } = field;
  const change = () => open(store, { form: { ...form, n: form.n + 1 } });
  const rows = move.messages.map((/** @type {Message} */ message, /** @type {number} */ at) =>
    messageRow(view, field, move, message, at, change),
  );
  const more = h(
    "button",
    { type: "button", class: "b2b-button b2b-plain", "data-at": "message/more" },
    icon("plus"),
    words.message_more,
  );
  more.addEventListener("click", () => {
    store.ui.focusIn = `message/${move.messages.length}/person`;
    const person = store.ui.person || persons[0];
    const ours = gameOf(store).board.choices.benefits.find((benefit) => benefit.ours);
    move.messages.push({ person, benefit: ours?.id ?? benefits[0] });
    change();
  });
  return fieldset(field.label, [...rows, ...(move.messages.length < max ? [more] : [])]);
}

/**
 * @param {View} view
 * @param {Field} field
 * @param {Move} move
 * @param {Message} message
 * @param {number} at
 * @param {() => void} change
 */
export function messageRow(view, field, move, message, at, change) {
  const { store } = view;
  const { words } = store;
  const people = accountOf(store)?.people ?? [];
  const { benefits } = gameOf(store).board.choices;
  const persons = (field.persons ?? []).map((id) => ({ id, name: nameIn(people, id) }));
  const offered = (field.benefits ?? []).flatMap((id) => benefits.filter((benefit) => benefit.id === id));
  const named = offered.map(({ id, name, ours }) => ({ id, name: ours ? fill(words.ours, { name }) : name }));
  const remove = h(
    "button",
    {
      type: "button",
      class: "b2b-out",
      "aria-label": fill(words.message_out, { n: at + 1 }),
      "data-at": `message/${at}/out`,
    },
    words.out,
  );
  remove.addEventListener("click", () => {
    move.messages.splice(at, 1);
    change();
  });
  return h(
    "div",
    { class: "b2b-message" },
    select(words.message_person, persons, message, "person", `message/${at}/person`),
    select(words.message_benefit, named, message, "benefit", `message/${at}/benefit`),
    remove,
  );
}

/**
 * @param {string} label
 * @param {Named[]} choices
 * @param {{ [name: string]: any }} target
 * @param {string} name
 * @param {string} at
 */
export function select(label, choices, target, name, at) {
  const options = choices.map((choice) =>
    h("option", { value: choice.id, selected: target[name] === choice.id }, choice.name),
  );
  const box = h("select", { "aria-label": label, "data-at": at }, options);
  box.addEventListener("change", () => (target[name] = box.value));
  return box;
}

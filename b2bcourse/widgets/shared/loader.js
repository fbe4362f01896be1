/**
 * All that every widget brings along: it finds the shared module and the kind's, which reach a page once, with
 * what they say.
 * Both lie in models of their own (base.py, Source), kept by the window under the hash of their text.
 */

/**
 * @typedef {{ model: import("./types.d.ts").Model, el: HTMLElement }} Given
 * @typedef {import("./types.d.ts").Words} Words
 * @typedef {Given & { words: Words }} Told
 * @typedef {{ initialize?(given: Told): void, render(given: Told): () => void }} Widget
 */

const TRIES = 40; // a page that comes back restores its models in any order
const PAUSE = 50; // ms

/** @type {Map<string, Promise<any>>} */
const loaded = (window.b2bLoaded ??= new Map());

/**
 * What `make` makes, once in this window; what failed is tried again by whoever asks next.
 * @param {string} key
 * @param {() => Promise<any>} make
 */
function once(key, make) {
  const made = loaded.get(key) ?? make();
  loaded.set(key, made);
  made.catch(() => loaded.delete(key));
  return made;
}

/**
 * @param {import("./types.d.ts").Model} model
 * @param {string} trait
 */
async function source(model, trait) {
  const id = model.get(trait).replace("IPY_MODEL_", "");
  for (let left = TRIES; ; left -= 1) {
    try {
      return await /** @type {any} */ (model.widget_manager).get_model(id);
    } catch (error) {
      if (!left) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/**
 * Code, style and words, as they were before they were packed for the way.
 * @param {DataView<ArrayBuffer>} packed
 * @returns {Promise<{ code: string, style: string, words: Words }>}
 */
async function unpacked(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/**
 * @param {import("./types.d.ts").Model} model
 * @param {string} trait
 */
async function part(model, trait) {
  const found = await source(model, trait);
  return once(found.get("key"), async () => {
    const { code, style, words } = await unpacked(found.get("packed"));
    const sheet = document.createElement("style");
    sheet.append(style);
    document.head.append(sheet);
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const module = await import(url);
    URL.revokeObjectURL(url);
    return { module, words };
  });
}

/**
 * @param {import("./types.d.ts").Model} model
 * @returns {Promise<{ widget: Widget, words: Words }>}
 */
async function found(model) {
  const [common, kind] = await Promise.all([part(model, "common"), part(model, "kind")]);
  const key = [model.get("common"), model.get("kind")].join();
  return once(key, async () => {
    return { widget: kind.module.default(() => common.module), words: { ...common.words, ...kind.words } };
  });
}

export default {
  /** @param {Given} given */
  async initialize(given) {
    const { widget, words } = await found(given.model);
    widget.initialize?.({ ...given, words });
  },
  /** @param {Given} given */
  async render(given) {
    const { widget, words } = await found(given.model);
    return widget.render({ ...given, words });
  },
};

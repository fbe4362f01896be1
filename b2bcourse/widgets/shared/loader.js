/**
 * All that every widget brings along: it finds the shared module and the kind's, which reach a page once.
 * Both lie in models of their own (base.py, Source), kept by the window under the hash of their text.
 */

/**
 * @typedef {{ model: import("./types.d.ts").Model, el: HTMLElement }} Given
 * @typedef {{ initialize?(given: Given): void, render(given: Given): () => void }} Widget
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
 * Code and style, as they were before they were packed for the way.
 * @param {DataView<ArrayBuffer>} packed
 * @returns {Promise<{ code: string, style: string }>}
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
    const { code, style } = await unpacked(found.get("packed"));
    const sheet = document.createElement("style");
    sheet.append(style);
    document.head.append(sheet);
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const module = await import(url);
    URL.revokeObjectURL(url);
    return module;
  });
}

/**
 * @param {import("./types.d.ts").Model} model
 * @returns {Promise<Widget>}
 */
async function widget(model) {
  const [common, kind] = await Promise.all([part(model, "common"), part(model, "kind")]);
  const key = [model.get("common"), model.get("kind")].join();
  return once(key, async () => kind.default(() => common));
}

export default {
  /** @param {Given} given */
  initialize: async (given) => void (await widget(given.model)).initialize?.(given),
  /** @param {Given} given */
  render: async (given) => (await widget(given.model)).render(given),
};

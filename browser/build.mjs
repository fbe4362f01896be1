/**
 * Builds what reaches a page from b2bcourse/widgets: `node build.mjs`, or `--check` whether it is up to date.
 * The shared modules become one, each kind one that is handed the shared one; styles likewise.
 * The pages for who grades (b2bcourse/serving/pages) become a script and a style sheet each.
 */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WIDGETS = fileURLToPath(new URL("../b2bcourse/widgets/", import.meta.url));
const PAGES = fileURLToPath(new URL("../b2bcourse/serving/pages/", import.meta.url));
const LOOK = fileURLToPath(new URL("../b2bcourse/render/look.json", import.meta.url));
const SHARED = "common";
const OPTIONS = { bundle: true, minify: true, write: false, charset: "utf8", target: "es2022", legalComments: "none" };

/** A kind asks for the shared module when it is called: how a module finds another one differs from page to page. */
const HANDED = {
  format: "cjs",
  plugins: [
    {
      name: "handed",
      // A kind's own modules stand a folder below, and are handed the same.
      setup({ onResolve }) {
        onResolve({ filter: /^\.{1,2}\/common\.js$/ }, () => ({ path: "./common.js", external: true }));
      },
    },
  ],
  banner: { js: "export default (require)=>{const module={exports:{}};" },
  footer: { js: "return module.exports.default};" },
};

/** A page outside the notebook follows the system's theme; its colours are those of every exercise. */
const TOKENS = {
  name: "look",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^look:tokens$/ }, ({ path }) => ({ path, namespace: "look" }));
    onLoad({ filter: /.*/, namespace: "look" }, async () => ({ contents: await tokens(), loader: "css" }));
  },
};

async function tokens() {
  const { light, dark } = JSON.parse(await readFile(LOOK, "utf8")).colours;
  const rules = (colours) => Object.entries(colours).map(([name, colour]) => `--${name}: ${colour};`);
  const root = (colours, paper) => `:root { --paper: ${paper}; ${rules(colours).join(" ")} }`;
  return `${root(light, "#ffffff")} @media (prefers-color-scheme: dark) { ${root(dark, "#111111")} }`;
}

async function built(entry, options) {
  const result = await build({ ...OPTIONS, ...options, entryPoints: [entry] });
  return result.outputFiles[0].text;
}

async function widgets() {
  const names = (await readdir(WIDGETS)).filter((name) => /\.(js|css)$/.test(name));
  const files = new Map();
  for (const name of names) {
    const isKind = name.endsWith(".js") && basename(name, ".js") !== SHARED;
    files.set(name, await built(join(WIDGETS, name), isKind ? HANDED : { format: "esm" }));
  }
  files.set("loader.js", await built(join(WIDGETS, "shared/loader.js"), { format: "esm" }));
  return files;
}

/** A page is what has a style sheet and a script of its own name. */
async function pages() {
  const names = await readdir(PAGES);
  const files = new Map();
  for (const name of names.filter((each) => each.endsWith(".css"))) {
    const script = name.replace(/css$/, "js");
    if (!names.includes(script)) continue;
    files.set(name, await built(join(PAGES, name), { plugins: [TOKENS] }));
    files.set(script, await built(join(PAGES, script), { format: "esm" }));
  }
  return files;
}

const asked = process.argv.includes("--check");
const stale = [];
for (const [room, files] of [
  [WIDGETS, await widgets()],
  [PAGES, await pages()],
]) {
  const folder = join(room, "built");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    const old = await readFile(join(folder, name), "utf8").catch(() => "");
    if (old === text) continue;
    stale.push(name);
    if (!asked) await writeFile(join(folder, name), text);
  }
  for (const name of await readdir(folder)) if (!files.has(name)) stale.push(`${name}, which has no source`);
}
if (asked && stale.length) {
  console.error(`Not built from what is written: ${stale.join("; ")}. Run: make browser`);
  process.exitCode = 1;
}

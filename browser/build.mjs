/**
 * Builds what reaches a page from b2bcourse/widgets: `node build.mjs`, or `--check` whether it is up to date.
 * The shared modules become one, each kind one that is handed the shared one; styles likewise.
 */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WIDGETS = fileURLToPath(new URL("../b2bcourse/widgets/", import.meta.url));
const BUILT = join(WIDGETS, "built");
const SHARED = "common";
const OPTIONS = { bundle: true, minify: true, write: false, charset: "utf8", target: "es2022", legalComments: "none" };

/** A kind asks for the shared module when it is called: how a module finds another one differs from page to page. */
const HANDED = {
  format: "cjs",
  external: ["./common.js"],
  banner: { js: "export default (require)=>{const module={exports:{}};" },
  footer: { js: "return module.exports.default};" },
};

async function built(entry, options) {
  const result = await build({ ...OPTIONS, ...options, entryPoints: [join(WIDGETS, entry)] });
  return result.outputFiles[0].text;
}

async function everything() {
  const names = (await readdir(WIDGETS)).filter((name) => /\.(js|css)$/.test(name));
  const files = new Map();
  for (const name of names) {
    const isKind = name.endsWith(".js") && basename(name, ".js") !== SHARED;
    files.set(name, await built(name, isKind ? HANDED : { format: "esm" }));
  }
  files.set("loader.js", await built("shared/loader.js", { format: "esm" }));
  return files;
}

const asked = process.argv.includes("--check");
const stale = [];
const files = await everything();
for (const [name, text] of files) {
  const old = await readFile(join(BUILT, name), "utf8").catch(() => "");
  if (old === text) continue;
  stale.push(name);
  if (!asked) await writeFile(join(BUILT, name), text);
}
for (const name of await readdir(BUILT)) if (!files.has(name)) stale.push(`${name}, which has no source`);
if (asked && stale.length) {
  console.error(`Not built from what is written: ${stale.join("; ")}. Run: make browser`);
  process.exitCode = 1;
}

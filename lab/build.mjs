/**
 * Builds the extension into the package: `node build.mjs`, or `--check` whether what is committed is what comes of it.
 * Beside it a digest of the sources is written, by which a test without Node tells that a build was forgotten.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const SHARE = join(HERE, "../b2bcourse/learner/lab/share");
const BUILT = join(SHARE, "labextensions/b2bcourse-lesson");
const BUILDER = join(HERE, "node_modules/@jupyter/builder/lib/build-labextension.js");
const CORE = join(HERE, "node_modules/@jupyterlab/core-meta/core.package.json");
/** What the built files come from; a test in tests/learner/ digests the same. */
const SOURCES = ["package.json", "package-lock.json", "schema", "src", "style"];

/** The files below a folder, by their paths in it. */
async function files(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = found
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath ?? one.path, one.name)));
  const read = names.sort().map(async (name) => [name, await readFile(join(folder, name))]);
  return new Map(await Promise.all(read));
}

async function digest() {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const inside = source.includes(".")
      ? new Map([["", await readFile(join(HERE, source))]])
      : await files(join(HERE, source));
    for (const [name, bytes] of inside) hash.update(`${source}/${name}\0`).update(bytes).update("\0");
  }
  return hash.digest("hex");
}

async function build() {
  execFileSync(process.execPath, [BUILDER, "--core-package-file", CORE, HERE], { cwd: HERE, stdio: "pipe" });
  await writeFile(join(BUILT, "built-from.txt"), `${await digest()}\n`);
}

function differing(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !before.get(name)?.equals(after.get(name) ?? Buffer.alloc(0)));
}

if (process.argv.includes("--check")) {
  const kept = await mkdtemp(join(tmpdir(), "b2b-lab-"));
  await cp(BUILT, kept, { recursive: true });
  const before = await files(BUILT);
  await build();
  const stale = differing(before, await files(BUILT));
  await rm(BUILT, { recursive: true });
  await cp(kept, BUILT, { recursive: true });
  await rm(kept, { recursive: true });
  if (stale.length) {
    console.error(`Not built from what is written in lab/: ${stale.join("; ")}. Run: make lab`);
    process.exitCode = 1;
  }
} else {
  await build();
}

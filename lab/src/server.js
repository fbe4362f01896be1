/** What the server knows of a notebook: it decides, and no page. */

import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";

/**
 * @typedef {{ name: string, number: string, title: string }} Way
 * @typedef {{ cell: string, mark: "right" | "half" | "not yet" }} Exercise
 * @typedef {{ title: string, back: Way | null, next: Way | null, parts: Exercise[][], told: string }} Bar
 * @typedef {{
 *   ours: boolean, calm: boolean, runs: boolean, sources: string[], writable: boolean, lang: string,
 *   notice: { text: string, button: string } | null, bar: Bar | null, other: string | null, hand_in: string | null,
 *   beside: boolean, words: Record<string, string>,
 * }} Told
 */

/** From this status on it is the server's trouble, and not what was asked. */
const BROKEN = 500;
/** Pauses before it is asked again, in ms: a server that is just starting or a net that is just coming back. */
const AGAIN = [500, 1500, 4000, 8000];

/**
 * What the server says of a notebook; of one that it does not know, or without any answer, nothing at all.
 * @param {ServerConnection.ISettings} settings
 * @param {string} path
 * @returns {Promise<Told | null>}
 */
export async function ask(settings, path) {
  // The drive of another extension has its own name before the path, and its files are none of ours.
  if (path.includes(":")) return null;
  const url = `${URLExt.join(settings.baseUrl, "b2bcourse", "lesson")}?path=${encodeURIComponent(path)}`;
  for (const wait of [...AGAIN, null]) {
    const response = await ServerConnection.makeRequest(url, {}, settings).catch(() => null);
    if (response?.ok) {
      const told = await response.json().catch(() => null);
      return told?.ours ? told : null;
    }
    // What is refused stays refused; what failed may go well a moment later.
    if (wait === null || (response && response.status < BROKEN)) return null;
    await new Promise((resolve) => window.setTimeout(resolve, wait));
  }
  return null;
}

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
 *   words: Record<string, string>,
 * }} Told
 */

/**
 * What the server says of a notebook; of one that it does not know, or without an answer, nothing at all.
 * @param {ServerConnection.ISettings} settings
 * @param {string} path
 * @returns {Promise<Told | null>}
 */
export async function ask(settings, path) {
  // The drive of another extension has its own name before the path, and its files are none of ours.
  if (path.includes(":")) return null;
  const url = `${URLExt.join(settings.baseUrl, "b2bcourse", "lesson")}?path=${encodeURIComponent(path)}`;
  try {
    const response = await ServerConnection.makeRequest(url, {}, settings);
    if (!response.ok) return null;
    const told = await response.json();
    return told.ours ? told : null;
  } catch {
    return null;
  }
}

/** What a page was sent, and what it asks its server. */

/** @import { Words } from "./types.d.ts" */

/**
 * The page's data. The token one came with has become a cookie, and need not stand in the address.
 * @template T
 * @returns {T}
 */
export function sent() {
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return JSON.parse(document.getElementById("b2b-page")?.textContent ?? "{}");
}

/** An answer that is none: the server is away, the log-in has run out, or it refuses and says why. */
export class AskError extends Error {
  /**
   * @param {number} status 0 where nothing answered
   * @param {any} body
   */
  constructor(status, body) {
    super(String(status));
    this.status = status;
    this.body = body;
  }
}

/**
 * Why a request failed, as a sentence.
 * @param {unknown} error
 * @param {Words} words
 */
export function why(error, words) {
  if (!(error instanceof AskError)) return String(error);
  if (error.body?.said) return String(error.body.said);
  return error.status === 403 ? words.logged_out : words.no_server;
}

function token() {
  return /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}

/**
 * Asks the server; with a body it is a change, and names the token that only this page can read.
 * @param {string} address
 * @param {unknown} [body]
 * @param {{ keepalive?: boolean }} [options]
 * @returns {Promise<any>}
 */
export async function ask(address, body, options = {}) {
  const change = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const headers = { "Content-Type": "application/json", "X-XSRFToken": decodeURIComponent(token()) };
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address, { ...change, ...options, headers, credentials: "same-origin", redirect: "manual" });
  } catch {
    throw new AskError(0, null);
  }
  // A page to log in at is what is sent to who is logged out.
  if (response.type === "opaqueredirect") throw new AskError(403, null);
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new AskError(response.status, answer);
  return answer;
}

/**
 * The time of day, or day and time where it was not today.
 * @param {string} iso
 * @param {string} lang
 * @param {Date} [now]
 */
export function time(iso, lang, now = new Date()) {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return iso;
  const clock = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === now.toDateString()) return clock;
  const day = then.toLocaleDateString(lang === "ko" ? "ko-KR" : "en-GB", {
    day: "numeric",
    month: lang === "ko" ? "long" : "short",
  });
  return `${day} ${clock}`;
}

/**
 * Times that the kit wrote into a name, as the reader's clock has them.
 * @param {string} name
 * @param {string} lang
 */
export const localTimes = (name, lang) =>
  name.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (_, day, clock) => time(`${day}T${clock}:00Z`, lang));

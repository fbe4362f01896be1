/**
 * What a form does: once, however often it is clicked; and where no server answers, that is said on the page,
 * which keeps what was typed. Without this script a form is a form. What is typed and not sent survives a reload.
 */

const TYPED = "b2b-typed:";
/** So many milliseconds a notebook beside has to be saved. */
const WAIT = 5000;

/** @param {HTMLFormElement} form */
function busy(form, /** @type {boolean} */ is) {
  for (const button of form.querySelectorAll("button")) {
    button.disabled = is;
    button.setAttribute("aria-busy", String(is));
  }
}

/** @param {string} said */
function tell(said) {
  document.getElementById("b2b-unreached")?.remove();
  const told = document.createElement("div");
  told.id = "b2b-unreached";
  told.className = "news is-bad";
  told.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = said;
  told.append(line);
  document.querySelector("main")?.prepend(told);
  told.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLFormElement} form */
async function send(form) {
  busy(form, true);
  try {
    if (new URL(form.action).pathname.endsWith("/handin")) await savedBeside();
    const data = new FormData(form);
    // A file is sent as it is; of fields alone the server reads the shorter form.
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(/** @type {any} */ (data));
    // A hub asks for the token on what follows a redirect too, where no form goes.
    const headers = { "X-XSRFToken": String(data.get("_xsrf") ?? "") };
    const answer = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
    const text = await answer.text();
    for (const field of form.querySelectorAll("textarea")) if (answer.ok) forget(field);
    // A page of this server's own: it says what came of it, also where it was refused.
    if (answer.redirected && answer.ok) leadTo(answer.url);
    else show(text);
  } catch {
    busy(form, false);
    tell(document.body.dataset.unreached ?? "");
  }
}

/**
 * Beside an assignment its notebook is saved first, so that nothing that stands there is left out; a window that
 * does not answer keeps nobody from handing in.
 */
function savedBeside() {
  if (window.parent === window) return Promise.resolve();
  return new Promise((resolve) => {
    const heard = (/** @type {MessageEvent} */ event) => {
      if (event.origin !== location.origin || event.data?.what !== "b2b-saved") return;
      window.removeEventListener("message", heard);
      resolve(undefined);
    };
    window.addEventListener("message", heard);
    window.setTimeout(() => resolve(undefined), WAIT);
    window.parent.postMessage({ what: "b2b-save" }, location.origin);
  });
}

/** To a page, anew where it is this one. @param {string} address */
function leadTo(address) {
  if (address === location.href.split("#")[0]) location.reload();
  else location.assign(address);
}

/** @param {string} text */
function show(text) {
  document.open();
  document.write(text);
  document.close();
}

/** @param {HTMLTextAreaElement} field */
function key(field) {
  const folder = new FormData(field.form ?? undefined).get("folder");
  return `${TYPED}${location.pathname}:${folder}:${field.id}`;
}

/** @param {HTMLTextAreaElement} field */
function forget(field) {
  try {
    localStorage.removeItem(key(field));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** @param {HTMLTextAreaElement} field */
function keep(field) {
  try {
    if (field.value === field.defaultValue) localStorage.removeItem(key(field));
    else localStorage.setItem(key(field), field.value);
  } catch {
    // A browser that keeps nothing: then as long as the page.
  }
}

/** @param {HTMLTextAreaElement} field */
function bringBack(field) {
  try {
    const typed = localStorage.getItem(key(field));
    if (typed === null || typed === field.value) return;
    field.value = typed;
    field.closest("details")?.setAttribute("open", "");
  } catch {
    // As above.
  }
}

for (const field of document.querySelectorAll("textarea")) {
  bringBack(field);
  field.addEventListener("input", () => keep(field));
}

const pointedAt = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (pointedAt instanceof HTMLDetailsElement) pointedAt.open = true;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  event.preventDefault();
  void send(form);
});

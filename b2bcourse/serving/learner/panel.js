/** The page of handing in beside its assignment: leads to an exercise there, and hears when an answer was saved. */

if (window.parent !== window && document.body.classList.contains("is-panel")) {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-item]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.parent.postMessage({ what: "b2b-go", item: link.dataset.item }, location.origin);
  });

  // What is being written here stays; the counts can wait until it is kept.
  const isWriting = () => [...document.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.data?.what !== "b2b-changed") return;
    if (!isWriting() && !document.querySelector('[aria-busy="true"]') && !document.querySelector("details[open]")) {
      void refresh();
    }
  });

  const refresh = async () => {
    // What is no navigation needs the token on a hub.
    const token = /** @type {HTMLInputElement | null} */ (document.querySelector('[name="_xsrf"]'))?.value ?? "";
    const answer = await fetch(location.href, { headers: { "X-XSRFToken": token } }).catch(() => null);
    if (!answer?.ok) return;
    const anew = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const here = document.querySelector("main");
    if (!anew || !here || isWriting()) return;
    // What has the focus keeps it: only where the lists differ they are put in anew.
    for (const part of [".list", ".say", ".last"]) {
      const [to, from] = [here.querySelector(part), anew.querySelector(part)];
      if (to && from && to.innerHTML !== from.innerHTML) to.innerHTML = from.innerHTML;
    }
  };
}

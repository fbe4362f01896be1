/** The address of this tab names the lesson that is in front, so that «back», «reload» and a bookmark lead to it. */

import { PageConfig, URLExt } from "@jupyterlab/coreutils";

const TREE = /\/(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree\/(.+\.ipynb)$/;

/** The notebook that the address names; none where it names a folder or nothing. */
export function asked() {
  const found = TREE.exec(window.location.pathname);
  try {
    return found ? decodeURIComponent(found[1]) : null;
  } catch {
    return null; // no address of ours
  }
}

/** Entries of the tab's history are numbered, to tell a step back from a step on. */
let at = typeof window.history.state?.b2b === "number" ? window.history.state.b2b : 0;

/**
 * Let the address name a notebook. JupyterLab may have put its folder there, if that was read later.
 * @param {string} path
 */
export function name(path) {
  const { history, location } = window;
  if (asked() === path && history.state?.b2b === at) return;
  if (history.state?.b2b !== at) at += 1;
  const right = URLExt.parse(PageConfig.getUrl({ treePath: path })).pathname;
  const address = asked() === path ? location.href : right;
  history.replaceState({ ...history.state, b2b: at }, "", address);
  PageConfig.setOption("treePath", path);
}

/**
 * Follow the browser's «back» and «forward», which JupyterLab only writes into the address.
 * @param {() => string | null} shown the path of the lesson in front
 * @param {(path: string) => void} open
 */
export function follow(shown, open) {
  window.addEventListener("popstate", (event) => {
    const before = at;
    at = typeof event.state?.b2b === "number" ? event.state.b2b : at;
    const [here, there] = [shown(), asked()];
    if (!here || !there) return;
    if (there !== here) open(there);
    // JupyterLab notes twice what «back» has opened: one step back shall be one to the eye.
    else if (at < before) window.history.back();
  });
}

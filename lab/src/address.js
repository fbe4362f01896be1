/** The address of this tab names the lesson that is in front, so that «back», «reload» and a bookmark lead to it. */

import { PageConfig, URLExt } from "@jupyterlab/coreutils";

/** @import { IRouter } from "@jupyterlab/application" */

const TREE = /\/(?:lab|doc)(?:\/workspaces\/[^/]+)?\/tree\/(.+\.ipynb)$/;

/**
 * The notebook that an address names; none where it names a folder or nothing.
 * @param {string} pathname
 */
export function notebookOf(pathname) {
  const found = TREE.exec(pathname);
  try {
    return found ? decodeURIComponent(found[1]) : null;
  } catch {
    return null; // no address of ours
  }
}

/** The notebook that this tab's address names. */
export const asked = () => notebookOf(window.location.pathname);

/**
 * Let the address name a notebook: JupyterLab has put its folder there, if that was read later.
 * @param {string} path
 */
export function name(path) {
  if (asked() === path) return;
  const right = URLExt.parse(PageConfig.getUrl({ treePath: path })).pathname;
  window.history.replaceState(window.history.state, "", right);
  PageConfig.setOption("treePath", path);
}

/**
 * Follow the browser's «back» and «forward», which JupyterLab only writes into the address.
 * @param {IRouter | null} router
 * @param {() => string | null} shown the path of the lesson in front
 * @param {() => boolean} isOurs whether this tab shows lessons, be one just on its way
 * @param {(path: string) => void} open
 */
export function follow(router, shown, isOurs, open) {
  if (router) keepSteps(router, shown);
  window.addEventListener("popstate", () => {
    const there = asked();
    if (there && isOurs()) open(there);
  });
}

/**
 * JupyterLab notes a step for what stands in the address already, and for a folder behind a lesson: neither is one
 * to the eye, and «back» would seem to do nothing.
 * @param {IRouter} router
 * @param {() => string | null} shown
 */
function keepSteps(router, shown) {
  const navigate = router.navigate.bind(router);
  router.navigate = (path, options) => {
    const { pathname } = URLExt.parse(path);
    const isStep = notebookOf(pathname) ? pathname !== window.location.pathname : shown() === null;
    if (isStep || !options?.skipRouting) navigate(path, options);
  };
}

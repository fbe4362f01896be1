/** The address of this tab names the lesson that is in front, so that «back», «reload» and a bookmark lead to it. */

import { PageConfig, URLExt } from "@jupyterlab/coreutils";

/** @import { IRouter } from "@jupyterlab/application" */

/**
 * What this tab shows: the path of the lesson in front; whether lessons are shown at all, be one just on its way; the
 * path of the one that was asked for and is not in front yet.
 * @typedef {{ shown: () => string | null, isOurs: () => boolean, goal: () => string | null }} Tab
 */

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
 * @param {Tab} tab
 * @param {(path: string) => void} open
 */
export function follow(router, tab, open) {
  if (router) keepSteps(router, tab);
  window.addEventListener("popstate", () => {
    const there = asked();
    if (there && tab.isOurs()) open(there);
  });
}

/**
 * JupyterLab notes a step for what stands in the address already, and for a folder behind a lesson: neither is one
 * to the eye, and «back» would seem to do nothing. Nor is a lesson that a hasty reader has left before it was there:
 * a step to it would take away the way «forward».
 * @param {IRouter} router
 * @param {Tab} tab
 */
function keepSteps(router, tab) {
  const navigate = router.navigate.bind(router);
  router.navigate = (path, options) => {
    const { pathname } = URLExt.parse(path);
    const lesson = notebookOf(pathname);
    const isLeft = tab.goal() !== null && tab.goal() !== lesson;
    const isStep = lesson ? pathname !== window.location.pathname && !isLeft : tab.shown() === null;
    if (isStep || !options?.skipRouting) navigate(path, options);
  };
}

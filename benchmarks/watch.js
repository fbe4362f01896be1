// Put into the page before JupyterLab's own code: keeps what passes over the kernel's socket, and the
// moments that the benchmark asks for. Nothing is looked at while the clock runs.
(() => {
  const bench = (window.bench = { frames: [], clicks: [], saved: [] });

  window.WebSocket = class extends WebSocket {
    constructor(...parts) {
      super(...parts);
      if (!this.url.includes("/channels")) return;
      this.addEventListener("message", ({ data }) => bench.frames.push({ at: Date.now(), data, from: "kernel" }));
    }

    send(data) {
      if (this.url.includes("/channels")) bench.frames.push({ at: Date.now(), data, from: "page" });
      super.send(data);
    }
  };

  // What a student does; the last of it is what is written.
  for (const kind of ["click", "input", "change"]) {
    window.addEventListener(kind, () => bench.clicks.push(Date.now()), true);
  }

  /** The parts of a message of the protocol v1.kernel.websocket.jupyter.org: channel, header, parent, ... */
  function partsOf(data) {
    const view = new DataView(data);
    const count = Number(view.getBigUint64(0, true));
    const at = (n) => Number(view.getBigUint64(8 * (n + 1), true));
    const text = new TextDecoder();
    return Array.from({ length: count - 1 }, (_, n) => text.decode(data.slice(at(n), at(n + 1))));
  }

  /** How much passed since the frames were last cleared. */
  bench.traffic = () => {
    const bytes = bench.frames.reduce((sum, { data }) => sum + (data.byteLength ?? data.size ?? data.length), 0);
    const models = bench.frames.filter(({ data }) => JSON.parse(partsOf(data)[1]).msg_type === "comm_open");
    return { bytes, models: models.length };
  };

  /** When the page heard from the kernel that an answer is saved. */
  bench.replies = () =>
    bench.frames
      .filter(({ data, from }) => from === "kernel" && partsOf(data)[4].includes('"did": "saved"'))
      .map(({ at }) => at);

  /** Notes when «saved» comes to stand in the widget. */
  bench.watchSaved = () => {
    const line = document.querySelector(".b2b-saved");
    const look = () => line.dataset.kind === "saved" && line.textContent && bench.saved.push(Date.now());
    new MutationObserver(look).observe(line, { childList: true, subtree: true, characterData: true });
  };

  const frame = () => new Promise(requestAnimationFrame);

  /** The next task after a frame's callbacks runs when that frame has been painted. */
  function painted() {
    const { port1, port2 } = new MessageChannel();
    const done = new Promise((resolve) => (port1.onmessage = resolve));
    port2.postMessage(null);
    return done;
  }

  /** Are all cells on the page, and the last one to be seen? */
  function isWhole(selector, count) {
    const cells = document.querySelectorAll(selector);
    if (cells.length !== count) return false;
    const { width, height, bottom } = cells[count - 1].getBoundingClientRect();
    return width > 0 && height > 0 && bottom <= window.innerHeight && cells[count - 1].checkVisibility();
  }

  /** Are all there and drawn, wherever on a long page? */
  function areDrawn(selector, count) {
    const parts = [...document.querySelectorAll(selector)];
    return parts.length === count && parts.every((part) => part.getBoundingClientRect().height > 0);
  }

  /** Milliseconds from a command of JupyterLab until the last of `count` cells is painted; null if it never is. */
  bench.time = async (command, selector, count, wholePage = false) => {
    const isDone = wholePage ? areDrawn : isWhole;
    const start = performance.now();
    window.jupyterapp.commands.execute(command);
    while (!isDone(selector, count)) {
      if (performance.now() - start > 60000) return null;
      await frame();
    }
    await painted();
    return performance.now() - start;
  };
})();

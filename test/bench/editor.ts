/**
 * How fast the page is with many nodes, in Chromium with software drawing:
 * `npx tsx --conditions=@insightgraph/source test/bench/editor.ts [NODES …]`.
 * The shipped graph of 12 nodes stands beside the large ones as the machine's own floor. The server has
 * started before the page is opened: what it takes to start is in `test/bench/service.ts`.
 */
import { readFile } from "node:fs/promises";
import type { Browser, CDPSession, Page, WebSocketRoute } from "playwright-core";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { type GraphDocument, parseGraph, stringifyGraph } from "../../packages/engine/src/graph.ts";
import { launchBrowser } from "../e2e/editor-page.ts";
import { serveProject } from "../e2e/serve-project.ts";

const sizes = process.argv.slice(2).map(Number);
const columns = 6;
const tile = { width: 1900, height: 800 };
const frames = 120;
const progressEvents = 60;

const shipped = parseGraph(
  await readFile(new URL("../../graphs/insightedit.json", import.meta.url), "utf8"),
);

/** The shipped graph again and again, side by side, until there are as many nodes. */
function tiled(count: number): GraphDocument {
  const entries = Object.entries(shipped.nodes);
  const nodes = Array.from({ length: count }, (_, at) => {
    const copy = Math.floor(at / entries.length);
    const [id, node] = entries[at % entries.length] ?? entries[0] ?? never();
    const rename = (other: string) => (copy === 0 ? other : `${other}-${copy + 1}`);
    const links = Object.entries(node.inputs ?? {}).map(([name, link]) => {
      return [name, { ...link, node: rename(link.node) }] as const;
    });
    const ui = {
      ...node.ui,
      x: (node.ui?.x ?? 0) + (copy % columns) * tile.width,
      y: (node.ui?.y ?? 0) + Math.floor(copy / columns) * tile.height,
    };
    return [rename(id), { ...node, inputs: Object.fromEntries(links), ui }] as const;
  });
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(nodes) };
}

function never(): never {
  throw new Error("the shipped graph has no nodes");
}

/** Notes what the browser is busy with, and each commit of React, from the first line of script on. */
const watch = `
  window.longTaskEnd = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTaskEnd = startTime + duration;
  }).observe({ type: "longtask", buffered: true });
  window.commits = 0;
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    isDisabled: false, supportsFiber: true, renderers: new Map(), checkDCE() {},
    inject: () => 1, onCommitFiberUnmount() {}, onPostCommitFiberRoot() {},
    onCommitFiberRoot() { window.commits += 1; },
  };
`;

/** Elements of the canvas for each node, and those out of sight for each node that is out of sight. */
function countElements(page: Page, count: number): Promise<readonly [number, number]> {
  return page.evaluate(`(() => {
    const sight = document.querySelector(".canvas-area").getBoundingClientRect();
    const isSeen = (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return right > sight.left && left < sight.right && bottom > sight.top && top < sight.bottom;
    };
    const all = [...document.querySelectorAll(".canvas-area *")];
    const seen = all.filter((element) => element.matches(".node") && isSeen(element)).length;
    const unseen = all.filter((element) => element.closest(".node") && !isSeen(element.closest(".node")));
    return [all.length / ${count}, unseen.length / Math.max(1, ${count} - seen)];
  })()`);
}

/** When the graph is drawn and the last long task before a quiet half second has ended. */
async function interactiveMs(page: Page): Promise<number> {
  await page.locator(".canvas-area :is(.node, canvas)").first().waitFor({ timeout: 120_000 });
  return page.evaluate<number>(`new Promise((resolve) => {
    const drawn = performance.now();
    const look = () => {
      const last = Math.max(drawn, window.longTaskEnd);
      if (performance.now() - last > 500) resolve(last);
      else setTimeout(look, 50);
    };
    look();
  })`);
}

/** The 95th percentile of the time between frames while the canvas is dragged about. */
async function panFrameMs(page: Page): Promise<number> {
  await page.evaluate(`
    window.frames_ = [];
    window.isPanning = true;
    const frame = (now) => {
      window.frames_.push(now);
      if (window.isPanning) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  `);
  const start = await emptyPlace(page);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let step = 0; step < frames; step++) {
    const angle = (step / frames) * Math.PI * 4;
    await page.mouse.move(start.x + 180 * Math.sin(angle), start.y + 90 * Math.cos(angle) - 90);
  }
  await page.mouse.up();
  const times = await page.evaluate<number[]>("window.isPanning = false, window.frames_");
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? Number.NaN;
}

/** A place on the canvas where nothing is drawn. */
function emptyPlace(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(`(() => {
    for (let y = 450; y < 720; y += 7) for (let x = 300; x < 1000; x += 11) {
      if (document.elementFromPoint(x, y)?.closest(".node, .link-hit, .canvas-controls, .minimap, section") === null) return { x, y };
    }
    throw new Error("the canvas has no empty place");
  })()`);
}

/** From the press on a port to the frame that shows where the link may go. */
async function linkStartMs(page: Page): Promise<number> {
  await page.keyboard.press("1");
  await page.waitForTimeout(600);
  await page.locator(".node").first().waitFor();
  const place = await page.evaluate<{ x: number; y: number }>(`(() => {
    for (const port of document.querySelectorAll('[data-port*=".output."]')) {
      const { x, y, width, height } = port.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2 };
      if (port.contains(document.elementFromPoint(at.x, at.y))) return at;
    }
    throw new Error("no output is in sight");
  })()`);
  await page.evaluate(`void (window.linkShown = new Promise((resolve) => {
    window.addEventListener("pointerdown", (event) => {
      const look = () => {
        if (document.querySelector('[data-fit="fits"], [data-fit="picked"]') === null) requestAnimationFrame(look);
        else setTimeout(() => resolve(performance.now() - event.timeStamp));
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  }))`);
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  await page.mouse.move(place.x + 20, place.y + 30);
  const ms = await page.evaluate<number>("window.linkShown");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return ms;
}

interface Drawing {
  readonly commits: number;
  readonly layouts: number;
}

/** Commits and layouts for each progress event of a running node. */
async function progressCost(
  page: Page,
  cdp: CDPSession,
  server: WebSocketRoute,
  graph: GraphDocument,
): Promise<Drawing> {
  const send = (message: object) => server.send(JSON.stringify(message));
  const [nodeId = ""] = await page.evaluate<string[]>(
    `[...document.querySelectorAll(".node")].map((node) => node.dataset.node)`,
  );
  send({ type: "run-started", requestId: "bench", runId: "bench", graph });
  send({ type: "node-started", runId: "bench", nodeId });
  await page.waitForTimeout(500);
  const layouts = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "LayoutCount")?.value ?? 0;
  };
  const before = {
    commits: await page.evaluate<number>("window.commits"),
    layouts: await layouts(),
  };
  for (let done = 1; done <= progressEvents; done++) {
    send({ type: "node-progressed", runId: "bench", nodeId, done, total: progressEvents });
    await page.waitForTimeout(20);
  }
  return {
    commits: ((await page.evaluate<number>("window.commits")) - before.commits) / progressEvents,
    layouts: ((await layouts()) - before.layouts) / progressEvents,
  };
}

async function measure(browser: Browser, count: number): Promise<void> {
  const graph = tiled(count);
  const project = await serveProject(stringifyGraph(graph));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(watch);
    let server: WebSocketRoute | undefined;
    await page.routeWebSocket(/\/ws/, (socket) => {
      server = socket;
      socket.connectToServer();
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    const sent = new Map<string, number>();
    page.on("response", async (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith(".js"))
        sent.set(pathname, (await response.request().sizes()).responseBodySize);
    });
    // Answers once the nodes are known, as for the second page that a person opens.
    await fetch(new URL("/api/catalogue", project.url));
    await page.goto(project.url, { waitUntil: "commit" });
    const interactive = await interactiveMs(page);
    const [elements, unseen] = await countElements(page, count);
    const pan = await panFrameMs(page);
    const link = await linkStartMs(page);
    const { commits, layouts } = await progressCost(page, cdp, server ?? never(), graph);
    const scriptKb = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
    console.log(
      `| ${count} | ${(interactive / 1000).toFixed(2)} s | ${pan.toFixed(1)} ms | ${link.toFixed(0)} ms | ` +
        `${elements.toFixed(1)} | ${unseen.toFixed(2)} | ${commits.toFixed(2)} | ${layouts.toFixed(2)} | ${scriptKb.toFixed(0)} KB |`,
    );
  } finally {
    await page.context().close();
    await project.stop();
  }
}

const browser = await launchBrowser(findChromium() ?? never());
console.log(
  "| nodes | interactive | pan p95 | start of a link | elements a node | of one out of sight | commits an event | layouts an event | script sent |",
);
console.log("|---|---|---|---|---|---|---|---|---|");
for (const count of sizes.length === 0 ? [12, 300, 1000] : sizes) await measure(browser, count);
await browser.close();

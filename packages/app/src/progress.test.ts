import { expect, test } from "vitest";
import { createProgress, type Terminal } from "./progress.ts";

const at = (nodeId: string) => ({ nodeId });
const finished = { cached: false, previews: {}, digests: {} };

/** What a person sees: text, with lines cleared as the terminal would. */
function createScreen(size: Partial<Terminal> = {}) {
  let lines: string[] = [];
  const write = (text: string): void => {
    const ups = text.split("\u001B[1A\u001B[2K").length - 1;
    if (ups > 0) lines = lines.slice(0, lines.length - ups);
    const rest = text.replaceAll("\u001B[1A\u001B[2K", "");
    lines.push(...rest.split("\n").slice(0, -1));
  };
  return { terminal: { ...size, write }, lines: () => lines };
}

test("a terminal shows a line per finished node, and a bar for each at work", () => {
  const { terminal, lines } = createScreen({ isTTY: true, columns: 60, rows: 20 });
  const show = createProgress(terminal);
  show({ type: "node-started", ...at("a") });
  show({ type: "node-started", ...at("b") });
  show({ type: "node-progressed", ...at("b"), done: 5, total: 20 });
  show({ type: "node-progressed", ...at("b"), done: 4, total: 20 });
  expect(lines()).toEqual(["  a", "  b █████░░░░░░░░░░░░░░░ 5/20"]);
  show({ type: "node-finished", ...at("a"), ms: 12, ...finished });
  show({ type: "node-saved", ...at("a"), path: "a.png" });
  show({ type: "node-logged", ...at("b"), text: "half done" });
  expect(lines()).toEqual(["a: 12 ms", "b: half done", "  b █████░░░░░░░░░░░░░░░ 5/20"]);
  show({ type: "node-finished", ...at("b"), ms: 1234, ...finished, cached: true });
  show({ type: "run-finished", ms: 2000 });
  expect(lines()).toEqual(["a: 12 ms", "b: half done", "b: unchanged"]);
});

test("more nodes than the terminal has room for never scroll away what is written", () => {
  const { terminal, lines } = createScreen({ isTTY: true, columns: 12, rows: 5 });
  const show = createProgress(terminal);
  for (let n = 0; n < 9; n++) show({ type: "node-started", ...at(`node-number-${n}`) });
  expect(lines()).toEqual(["  node-numb", "  node-numb", "  node-numb"]);
  show({ type: "run-cancelled" });
  expect(lines()).toEqual([]);
});

test("a terminal that does not know its size is taken for one of 80 by 24", () => {
  const { terminal, lines } = createScreen({ isTTY: true, columns: 0, rows: 0 });
  const show = createProgress(terminal);
  show({ type: "node-started", ...at("a") });
  show({ type: "node-started", ...at("b") });
  expect(lines()).toEqual(["  a", "  b"]);
});

test("elsewhere there are plain lines only", () => {
  const { terminal, lines } = createScreen();
  const show = createProgress(terminal);
  show({ type: "node-started", ...at("a") });
  show({ type: "node-progressed", ...at("a"), done: 1, total: 2 });
  show({ type: "node-finished", ...at("a"), ms: 1500, ...finished });
  show({ type: "node-started", ...at("b") });
  const error = { code: "node.failed", what: "w", hint: "H" } as const;
  show({ type: "node-failed", ...at("b"), error });
  expect(lines()).toEqual(["a: 1.5 s", "b: failed"]);
});

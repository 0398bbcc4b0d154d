import { expect, test } from "vitest";
import { exampleGraph } from "../document/example.fixture.ts";
import {
  isWaiting,
  livePreviewOf,
  logOf,
  nodeStateOf,
  previewsOf,
  refusalOf,
} from "./node-status.ts";
import { askForRun, reduceRuns } from "./run-state.ts";

const shape = { kind: "shape", text: "[8, 128]" } as const;
const ran = reduceRuns(
  reduceRuns(askForRun([], { requestId: "q1", graph: exampleGraph, variant: "full" }), {
    type: "run-started",
    requestId: "q1",
    runId: "r1",
    graph: exampleGraph,
  }),
  {
    type: "node-finished",
    runId: "r1",
    nodeId: "encode",
    cached: false,
    ms: 4,
    digests: {},
    previews: { latent: shape },
  },
);

test("nodes that a run has not come to are waiting", () => {
  expect(isWaiting(ran, "encode")).toBe(false);
  expect(isWaiting(ran, "sample")).toBe(true);
  expect(isWaiting([], "sample")).toBe(false);
});

test("a node that stands for a graph is as the nodes inside it", () => {
  const started = { type: "node-started", runId: "r1", nodeId: "use/a" } as const;
  const error = { code: "node.failed", what: "no", hint: "h" } as const;
  const running = reduceRuns(ran, started);
  expect(nodeStateOf(ran, "use")).toBeUndefined();
  expect(nodeStateOf(running, "use")?.phase).toBe("running");
  const failed = reduceRuns(running, { type: "node-failed", runId: "r1", nodeId: "use/b", error });
  expect(nodeStateOf(failed, "use")?.phase).toBe("failed");
});

test("what a node last gave stays in sight while the next run is under way", () => {
  const again = askForRun(ran, { requestId: "q2", graph: exampleGraph, variant: "full" });
  expect(nodeStateOf(again, "encode")).toBeUndefined();
  expect(previewsOf(again, "encode")).toEqual({ latent: shape });
  expect(previewsOf(again, "sample")).toBe(previewsOf(again, "decode"));
});

test("a refusal marks a node until the node is changed", () => {
  const issue = { code: "param.range", what: "too many", nodeId: "sample", hint: "fewer" } as const;
  const refused = reduceRuns(
    askForRun(ran, { requestId: "q2", graph: exampleGraph, variant: "full" }),
    {
      type: "run-rejected",
      requestId: "q2",
      issues: [issue],
    },
  );
  expect(refusalOf(refused, exampleGraph, "sample")).toEqual(issue);
  expect(refusalOf(refused, exampleGraph, "load")).toBeUndefined();
  const { sample } = exampleGraph.nodes;
  const nodes = { ...exampleGraph.nodes, ...(sample && { sample: { ...sample } }) };
  expect(refusalOf(refused, { ...exampleGraph, nodes }, "sample")).toBeUndefined();
});

test("the last live picture stays on a node that is done, and on a later cached one", () => {
  const picture = { kind: "image", mime: "image/png", base64: "AA==" } as const;
  const about = { runId: "r1", nodeId: "sample" } as const;
  const done = { type: "node-finished", cached: false, ms: 1, digests: {}, previews: {} } as const;
  const sampled = [
    { type: "node-progressed", ...about, done: 1, total: 2, preview: picture } as const,
    { ...done, ...about },
  ].reduce(reduceRuns, ran);
  expect(livePreviewOf(sampled, "sample")).toBe(picture);
  const asked = askForRun(sampled, { requestId: "q2", graph: exampleGraph, variant: "full" });
  const again = [
    { type: "run-started", requestId: "q2", runId: "r2", graph: exampleGraph } as const,
    { ...done, cached: true, runId: "r2", nodeId: "sample" },
  ].reduce(reduceRuns, asked);
  expect(livePreviewOf(again, "sample")).toBe(picture);
  expect(livePreviewOf(again, "encode")).toBeUndefined();
});

test("the latest line that a node logged is the one that is shown", () => {
  const logged = ["reading", "read"].reduce(
    (runs, text) => reduceRuns(runs, { type: "node-logged", runId: "r1", nodeId: "load", text }),
    ran,
  );
  expect(logOf(logged, "load")).toBe("read");
  expect(logOf(logged, "encode")).toBeUndefined();
});

import { expect, test } from "vitest";
import { reduceRuns, requestRun } from "../../connection/run-state.ts";
import { exampleCatalogue, exampleGraph } from "../../document/example.fixture.ts";
import { initialState } from "../../state/editor-state.ts";
import { pictureSets } from "./picture-sets.ts";
import { viewPictures } from "./view-pictures.ts";

const picture = { kind: "image", mime: "image/png", base64: "AA==" } as const;
const made = (nodeId: string) =>
  ({
    type: "node-finished",
    runId: "r1",
    nodeId,
    cached: false,
    ms: 1,
    digests: {},
    previews: { image: picture },
  }) as const;
const graph = {
  ...exampleGraph,
  nodes: {
    ...exampleGraph.nodes,
    save: {
      type: "image.save",
      version: 1,
      inputs: { image: { node: "decode", output: "image" } },
    },
  },
};
const finished = [
  { type: "run-started", requestId: "q1", runId: "r1", graph } as const,
  made("load"),
  made("decode"),
].reduce(reduceRuns, requestRun([], { requestId: "q1", graph }));
const pictures = (...saved: string[]) => {
  const runs = saved
    .map((path) => ({ type: "node-saved", runId: "r1", nodeId: "save", path }) as const)
    .reduce(reduceRuns, finished);
  return viewPictures({ ...initialState, catalogue: exampleCatalogue, runs });
};

test("an output that was saved is shown from its file, at full size", () => {
  const [result] = pictures("out.png");
  expect(result).toMatchObject({
    id: "q1 result",
    url: "/api/files?path=out.png",
    isPreview: false,
    path: "out.png",
  });
  expect(pictures()[0]).toMatchObject({ id: "q1 result", isPreview: true });
});

test("what a node hands on was saved of what made it", () => {
  const inputs = { image: { node: "choose", output: "image" } };
  const choose = { type: "flow.switch", version: 1 };
  const handing = {
    ...graph,
    nodes: { ...graph.nodes, choose, save: { ...graph.nodes.save, inputs } },
  };
  const digests = { image: "a".repeat(64) };
  const runs = [
    { type: "run-started", requestId: "q1", runId: "r1", graph: handing } as const,
    { ...made("decode"), digests },
    { ...made("choose"), digests, previews: {} },
    { type: "node-saved", runId: "r1", nodeId: "save", path: "out.png" } as const,
  ].reduce(reduceRuns, requestRun([], { requestId: "q1", graph: handing }));
  const [result] = viewPictures({ ...initialState, catalogue: exampleCatalogue, runs });
  expect(result).toMatchObject({ id: "q1 result", isPreview: false, path: "out.png" });
});

test("of a list each file is a picture of its own, and none is the output", () => {
  const found = pictures("out-1.png", "out-2.png");
  expect(found[0]).toMatchObject({ id: "q1 result", isPreview: true });
  expect(found.map(({ id }) => id)).toContain("q1 out-2.png");
});

test("a grid shows every picture, the results of the runs, or a list that was saved", () => {
  const sets = pictureSets(pictures("out-1.png", "out-2.png"));
  const [every, results, list] = sets.map((set) => set.pictures.map(({ id }) => id));
  expect(sets).toHaveLength(3);
  expect(every).toHaveLength(6);
  expect(results).toEqual(["q1 result"]);
  expect(list).toEqual(["q1 out-1.png", "q1 out-2.png"]);
  expect(pictureSets(pictures("out.png"))).toHaveLength(2);
});

test("source and every node's pictures can be chosen", () => {
  expect(pictures().map(({ id }) => id)).toEqual([
    "q1 result",
    "q1 source",
    "q1 load image",
    "q1 decode image",
  ]);
});

test("a list that no node saved is shown whole, and counted where only a part of it came", () => {
  const others = ["AQ==", "Ag=="].map((base64) => ({ mime: "image/png", base64 }));
  const list = (total: number) => {
    const previews = { image: { ...picture, others, total } };
    const runs = reduceRuns(finished, { ...made("decode"), previews });
    return viewPictures({ ...initialState, catalogue: exampleCatalogue, runs });
  };
  const found = list(3).filter(({ id }) => id.startsWith("q1 decode"));
  expect(found.map(({ id, url }) => [id, url])).toEqual([
    ["q1 decode image 1", "data:image/png;base64,AA=="],
    ["q1 decode image 2", "data:image/png;base64,AQ=="],
    ["q1 decode image 3", "data:image/png;base64,Ag=="],
  ]);
  const counted = (total: number) =>
    pictureSets(list(total)).map((set) => [set.pictures.length, set.total]);
  expect(counted(3)).toEqual([
    [6, 6],
    [1, 1],
    [3, 3],
  ]);
  expect(counted(40)).toEqual([
    [6, 43],
    [1, 1],
    [3, 40],
  ]);
});

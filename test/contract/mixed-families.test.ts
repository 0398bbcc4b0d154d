import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runGraph } from "../../packages/engine/src/execute.ts";
import {
  applyChanges,
  type GraphDocument,
  parseGraph,
  validateGraph,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";
import { writeDreamlite } from "./write-dreamlite.fixture.ts";
import { writeFlux2 } from "./write-flux2.fixture.ts";
import { writeFormulaPicture } from "./write-parts.fixture.ts";

const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
let folder = "";
let dreamlite: GraphDocument;
const place = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mixed-families-"));
  await writeDreamlite(place("dreamlite"));
  await writeFlux2(place("flux2"));
  const picture = await writeFormulaPicture(folder, { width: 32, height: 32 });
  const text = await readFile(new URL("../../graphs/dreamlite.json", import.meta.url), "utf8");
  const graph = JSON.parse(text);
  const checkpoint = `dir:${place("dreamlite")}`;
  for (const node of ["vae", "unet", "language"]) {
    graph.nodes[node] = { ...graph.nodes[node], inputs: {}, params: { checkpoint } };
  }
  graph.nodes.source.params = { path: picture };
  graph.nodes.mini = { type: "model.insightedit", version: 1 };
  graph.nodes.reading = {
    type: "comprehension.mllm",
    version: 1,
    inputs: {
      image: { node: "source", output: "image" },
      instruction: { node: "instruction", output: "text" },
      model: { node: "mini", output: "mllm" },
    },
  };
  graph.nodes.instruction.params = { text: "remove the apple" };
  graph.nodes.bridge = {
    type: "bridging.q-former",
    version: 1,
    inputs: {
      mmTokens: { node: "reading", output: "mmTokens" },
      model: { node: "mini", output: "bridges" },
    },
  };
  dreamlite = parseGraph(JSON.stringify(graph));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

/** Puts another link into an input. */
function linked(graph: GraphDocument, id: string, input: string, node: string, output: string) {
  const found = graph.nodes[id];
  if (found === undefined) throw new Error(`${id} is missing`);
  const inputs = { ...found.inputs, [input]: { node, output } };
  return { ...graph, nodes: { ...graph.nodes, [id]: { ...found, inputs } } };
}

/** The error of sampling, which opens no denoiser. */
async function refusal(graph: GraphDocument): Promise<string> {
  expect(validateGraph(graph, registry.catalogue)).toEqual([]);
  const opened: string[] = [];
  const run = runGraph(graph, registry, {
    outputs: ["sample"],
    open(model) {
      opened.push(model.key.split("/")[2] ?? "");
      return pool.open(model);
    },
  });
  const error = await run.then(String, String);
  expect(opened.filter((name) => /unet|transformer/.test(name))).toEqual([]);
  expect(error).toMatch(/ Hint: [A-Z].*\.$/);
  return error;
}

test("InsightEdit's bridges do not read DreamLite's states: the link says which types it joins", () => {
  const mixed = linked(dreamlite, "bridge", "mmTokens", "text", "condition");
  const [issue, ...others] = validateGraph(mixed, registry.catalogue);
  expect(others).toEqual([]);
  expect(JSON.stringify(issue)).toContain("mm-tokens");
  expect(JSON.stringify(issue)).toContain("condition");
});

test("what InsightEdit's bridges give DreamLite fits as a link, and is refused by its width", async () => {
  const mixed = linked(dreamlite, "sample", "condition", "bridge", "condition");
  expect(await refusal(mixed)).toMatch(
    /node\.bad-input at sample\.inputs\.condition: its states are \d+ wide, but the network reads \d+\./,
  );
});

const ofStableDiffusion = fileURLToPath(
  new URL("../fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
);
const withUnet = (graph: GraphDocument, checkpoint: string): GraphDocument =>
  applyChanges(graph, registry.catalogue, [{ node: "unet", params: { checkpoint } }]);

test("an axis that takes FLUX.2's transformer is refused by the latent's channels", async () => {
  expect(await refusal(withUnet(dreamlite, `dir:${place("flux2")}`))).toMatch(
    /node\.bad-input at sample\.inputs\.model: it reads 16 channels, but the latent has 4\./,
  );
});

test("an axis that takes Stable Diffusion's UNet is refused by the width of the text", async () => {
  const bridged = linked(dreamlite, "sample", "condition", "bridge", "condition");
  expect(await refusal(withUnet(bridged, `dir:${ofStableDiffusion}`))).toMatch(
    /node\.bad-input at sample\.inputs\.condition: its states are \d+ wide, but the network reads 24\./,
  );
});

test("an axis that takes InsightEdit's UNet is refused by the latents it is made for", async () => {
  expect(await refusal(linked(dreamlite, "sample", "model", "mini", "unet"))).toMatch(
    /node\.bad-input at sample\.inputs\.model: it is made for latents of 32 x 16 x 16, but the source's is 4 x 8 x 8\./,
  );
});

test("an axis that replaces a node by one without its output says so, with the outputs there are", () => {
  const changes = [{ node: "unet", type: "model.insightedit" }];
  const [issue] = validateGraph(
    applyChanges(dreamlite, registry.catalogue, changes),
    registry.catalogue,
  );
  expect(issue).toMatchObject({
    nodeId: "sample",
    what: 'unet (model.insightedit) has no output "model"',
    hint: expect.stringContaining('"unet"'),
  });
});

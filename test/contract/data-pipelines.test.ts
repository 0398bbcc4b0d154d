import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadGraph } from "../../packages/app/src/load-graph.ts";
import {
  type ChatServer,
  startChatServer,
} from "../../packages/editing/src/endpoints/chat-server.fixture.ts";
import { startImageServer } from "../../packages/editing/src/endpoints/image-server.fixture.ts";
import { decodeRunLength, type Mask, type Picture } from "../../packages/editing/src/pictures.ts";
import { findReplacements } from "../../packages/editor-ui/src/document/find-replacements.ts";
import { replaceNode } from "../../packages/editor-ui/src/document/replace.ts";
import { callGraph } from "../../packages/engine/src/execute.ts";
import {
  checkGraph,
  type GraphDocument,
  setParam,
  validateGraph,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

// Answers of endpoints are kept in the data folder, which is read when the module loads.
const { folder } = vi.hoisted(() => {
  const name = `${process.env["TMPDIR"] ?? "/tmp"}/insightgraph-pipelines-${process.pid}`;
  process.env["INSIGHTGRAPH_DATA"] = name;
  return { folder: name };
});

const graphs = fileURLToPath(new URL("../../graphs/", import.meta.url));
const coffee = path.join(graphs, "samples/coffee.jpg");
const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
let server: ChatServer;
let pictures = "";

beforeAll(async () => {
  server = await startChatServer();
  pictures = await mkdtemp(path.join(tmpdir(), "pipelines-"));
});
afterAll(async () => {
  await pool.close();
  await server.close();
  for (const place of [pictures, folder]) await rm(place, { recursive: true, force: true });
});

interface Pairs {
  readonly source: readonly Picture[];
  readonly target: readonly Picture[];
  readonly mask: readonly Mask[];
  readonly instruction: readonly string[];
  readonly understanding: readonly string[];
  readonly reasoning: readonly string[];
  readonly operation: readonly string[];
  readonly object: readonly string[];
  readonly segmentation: readonly string[];
  readonly bbox: readonly string[];
  readonly keep: readonly boolean[];
  readonly reason: readonly string[];
  readonly caption: string;
}

async function run(graph: GraphDocument, inputs: Readonly<Record<string, unknown>>) {
  const options = { open: pool.open };
  return (await callGraph(graph, registry, inputs, options)) as unknown as Pairs;
}

const load = (name: string): Promise<GraphDocument> => loadGraph(path.join(graphs, `${name}.json`));

/** The graph with another node type and other params in a node's place, its links as they were. */
function withNode(graph: GraphDocument, id: string, type: string, params = {}): GraphDocument {
  const { inputs = {} } = graph.nodes[id] ?? {};
  return { ...graph, nodes: { ...graph.nodes, [id]: { type, version: 1, params, inputs } } };
}

describe("graphs/data-pipeline-scenes.json", () => {
  test("makes a removal and its addition, exact to the pixel", async () => {
    const graph = await load("data-pipeline-scenes");
    for (const seed of [1, 2, 3, 4, 5]) {
      const pairs = await run(graph, { seed });
      expect(pairs.operation).toEqual(["remove", "add"]);
      expect(pairs.source[0]).toEqual(pairs.target[1]);
      expect(pairs.target[0]).toEqual(pairs.source[1]);
      const [mask] = pairs.mask;
      expect(decodeRunLength(JSON.parse(pairs.segmentation[0] ?? ""))).toEqual(mask);
      expect(pairs.instruction).toEqual([
        `remove the ${pairs.object[0]}`,
        expect.stringMatching(/^add (an?|some) /),
      ]);
      for (const text of [...pairs.understanding, ...pairs.reasoning]) {
        expect(text.split(" ").length).toBeLessThanOrEqual(20);
        expect(text).not.toContain(pairs.object[0]);
      }
      expect(pairs.keep).toEqual([true, true]);
    }
  });

  test("makes replacements both ways", async () => {
    const pairs = await run(await load("data-pipeline-scenes"), { seed: 9, operation: "replace" });
    const [first = "", second = ""] = pairs.object;
    expect(pairs.instruction).toEqual([
      `change the ${first} to ${second}`,
      `change the ${second} to ${first}`,
    ]);
  });
});

describe("graphs/data-pipeline-photographs.json", () => {
  test("makes pairs of a photograph with what ships, untouched outside of the mask", async () => {
    const pairs = await run(await load("data-pipeline-photographs"), { picture: coffee });
    expect(pairs.caption).toBe("A photograph of a cup and a dining table.");
    expect(pairs.object).toEqual(["cup", "cup"]);
    expect(pairs.instruction).toEqual(["remove the cup", "add a cup"]);
    expect(pairs.reasoning[0]).toBe("find what a hot drink is served in and take it away");
    expect(pairs.keep).toEqual([true, true]);
    const [source, target, mask] = [pairs.source[0], pairs.target[0], pairs.mask[0]];
    const differs = (at: number): boolean =>
      [0, 1, 2].some((c) => source?.data[3 * at + c] !== target?.data[3 * at + c]);
    const isOutside = (at: number): boolean => mask?.data[at] === 0;
    const places = Array.from({ length: mask?.data.length ?? 0 }, (_, at) => at);
    expect(places.some((at) => isOutside(at) && differs(at))).toBe(false);
    expect(places.some((at) => !isOutside(at) && differs(at))).toBe(true);
  });

  test.each([
    ["of one pixel", { width: 1, height: 1 }, "no object is found in the caption"],
    ["without any object", { width: 64, height: 48 }, "no object is found in the caption"],
  ])("says why a photograph %s gives nothing", async (name, size, what) => {
    const file = path.join(pictures, `${name}.png`);
    await sharp({ create: { ...size, channels: 3, background: "#808080" } }).toFile(file);
    await expect(run(await load("data-pipeline-photographs"), { picture: file })).rejects.toThrow(
      what,
    );
  });

  test("says why a photograph of too many pixels gives nothing", async () => {
    vi.stubEnv("INSIGHTGRAPH_MAX_MEGAPIXELS", "0.1");
    const graph = await load("data-pipeline-photographs");
    await expect(run(graph, { picture: coffee })).rejects.toThrow("over 0.1 megapixels");
    vi.unstubAllEnvs();
  });

  test("says why a file that is no picture gives nothing", async () => {
    const picture = fileURLToPath(import.meta.url);
    await expect(run(await load("data-pipeline-photographs"), { picture })).rejects.toThrow(
      "is not a picture",
    );
  });

  test("one node replaced, a model behind an endpoint answers in place of the rules", async () => {
    const cup = { category: "cup", name: "white mug", description: "A white mug of coffee." };
    const said = {
      caption: "A white mug of coffee on a saucer.",
      objects: [cup],
      keep: true,
      reason: "it stands alone",
      understanding: "clear away the white thing in the middle",
      reasoning: "what wakes people up? take it away",
    };
    server.reply = () => JSON.stringify(said);
    const graph = withNode(
      await load("data-pipeline-photographs"),
      "assistant",
      "model.chat-endpoint",
      {
        address: server.address,
        model: "tiny",
      },
    );
    const pairs = await run(graph, { picture: coffee });
    expect(pairs.caption).toBe(said.caption);
    expect(pairs.instruction).toEqual(["remove the white mug", "add a white mug"]);
    expect(pairs.reasoning).toEqual([said.reasoning, said.reasoning]);
    // Caption, objects, filter, and a rewording a pair.
    expect(server.received).toHaveLength(5);
  });

  test.each([
    ["down", { status: 503, body: "<html>Bad gateway</html>" }, "the endpoint answered 503"],
    ["a web page", { status: 200, body: "<html>Welcome</html>" }, "Welcome"],
  ])("an endpoint that is %s is the reason of the item", async (_, reply, what) => {
    server.reply = () => ({ ...reply, headers: { "Retry-After": "0" } });
    const graph = withNode(
      await load("data-pipeline-photographs"),
      "assistant",
      "model.chat-endpoint",
      {
        address: server.address,
        model: `tiny ${reply.status}`,
      },
    );
    await expect(run(graph, { picture: coffee })).rejects.toThrow(what);
  });
});

describe("graphs/data-pipeline.json", () => {
  test("removes, adds and replaces by added models; the judge's scores decide", async () => {
    const checkpoint = path.join(pictures, "inpainting");
    const fixtures = fileURLToPath(new URL("../fixtures/checkpoints/", import.meta.url));
    for (const part of ["tiny-instruct-pix2pix", "tiny-inpainting"]) {
      await cp(path.join(fixtures, part), checkpoint, { recursive: true });
    }
    const cup = { category: "cup", name: "white mug", description: "A white mug of coffee." };
    const said = {
      ...{
        ...cup,
        name: "teapot",
        caption: "A white mug.",
        objects: [cup],
        keep: true,
        reason: "",
      },
      understanding: "change the white thing in the middle",
      reasoning: "what wakes people up? change it",
      ...{ instruction_follow: 4, "non-overedit": 5, naturalness: 2, no_artifacts: 4 },
    };
    server.reply = ({ body }) => {
      const isJudge = JSON.stringify(body.messages).includes("numbers from 0 to");
      return JSON.stringify(isJudge ? { ...said, reasoning: "a seam" } : said);
    };
    const inputs = {
      ...{ picture: coffee, address: server.address, model: "judge" },
      checkpoint: `dir:${checkpoint}`,
    };
    // A tiny autoencoder shrinks pictures little, so that latents of usual size would take minutes.
    const small = { longerSide: 32, steps: 2 };
    const graph = await load("data-pipeline");
    const set = (one: GraphDocument, node: string): GraphDocument =>
      Object.entries(small).reduce((made, [name, value]) => setParam(made, node, name, value), one);
    const pairs = await run(set(set(graph, "remove"), "replace"), inputs);
    expect(pairs.operation).toEqual(["remove", "add", "replace", "replace"]);
    expect(pairs.instruction).toEqual([
      "remove the white mug",
      "add a white mug",
      "change the white mug to teapot",
      "change the teapot to white mug",
    ]);
    expect(pairs.keep).toEqual([false, false, false, false]);
    expect(pairs.reason).toEqual(Array(4).fill("PQ 2 is below 3"));
    expect(pairs.source[2]).toEqual(pairs.source[0]);
    expect(pairs.target[2]).not.toEqual(pairs.target[0]);
  });
});

/** Inputs or outputs of a node type, by name. */
function portsOf(type: string, side: "inputs" | "outputs"): Readonly<Record<string, string>> {
  const ports = Object.entries(registry.catalogue[type]?.[side] ?? {});
  return Object.fromEntries(ports.map(([name, port]) => [name, port.type]));
}

describe("a stage's implementations take each other's place", () => {
  test.each([
    ["data.inpaint-remove", "data.inpaint-checkpoint"],
    ["data.inpaint-remove", "data.inpaint-endpoint"],
  ])("%s and %s have the same ports", (one, other) => {
    for (const side of ["inputs", "outputs"] as const) {
      expect(portsOf(other, side)).toEqual(portsOf(one, side));
      expect(Object.keys(portsOf(one, side))).not.toEqual([]);
    }
  });

  test("whoever finds objects, outlines or words comes out of one port of its kind", () => {
    for (const [one, ...others] of [
      ["model.rule-assistant", "model.chat-endpoint", "model.local-assistant"],
      ["model.grab-cut", "model.segmenter", "model.isnet"],
    ] as const) {
      for (const other of others) {
        expect(portsOf(other, "inputs")).toEqual({});
        expect(portsOf(other, "outputs")["model"]).toBe(portsOf(one, "outputs")["model"]);
      }
    }
  });

  test.each([
    ["outlines", "model.segmenter"],
    ["outlines", "model.isnet"],
    ["assistant", "model.local-assistant"],
  ])("the page offers to replace %s with %s, and every link fits", async (id, type) => {
    for (const name of ["data-pipeline-photographs", "data-pipeline"]) {
      const graph = await load(name);
      const { typing } = checkGraph(graph, registry.catalogue);
      const offered = findReplacements(graph, registry.catalogue, typing, id);
      const replacement = offered.find(({ spec }) => spec.type === type);
      if (replacement === undefined) throw new Error(`${type} is not offered`);
      const swapped = structuredClone(graph);
      const replace = replaceNode(id, replacement);
      replace(swapped as Parameters<typeof replace>[0]);
      expect(validateGraph(swapped, registry.catalogue)).toEqual([]);
    }
  });

  test("a SAM in GrabCut's place outlines the cup, and it is removed", async () => {
    const checkpoint = fileURLToPath(new URL("../fixtures/checkpoints/tiny-sam", import.meta.url));
    const graph = await load("data-pipeline-photographs");
    const swapped = withNode(graph, "outlines", "model.segmenter", {
      checkpoint: `dir:${checkpoint}`,
    });
    // The tiny one's outline takes more than half of the picture.
    const sams = await run(setParam(swapped, "remove", "mostArea", 1), { picture: coffee });
    expect(sams.instruction).toEqual(["remove the cup", "add a cup"]);
    expect(sams.keep).toEqual([true, true]);
  });

  test("an editor behind an endpoint removes, and only inside the mask", async () => {
    const editor = await startImageServer();
    const white = { width: 60, height: 40, channels: 3, background: "#ffffff" } as const;
    const answer = await sharp({ create: white }).png().toBuffer();
    editor.reply = () => answer;
    const params = { address: editor.address, model: "edit-1", instruction: "remove the cup" };
    const graph = await load("data-pipeline-photographs");
    const pairs = await run(withNode(graph, "remove", "data.inpaint-endpoint", params), {
      picture: coffee,
    });
    await editor.close();
    const [source, target, mask] = [pairs.source[0], pairs.target[0], pairs.mask[0]];
    const wrong = target?.data.findIndex((value, byte) => {
      const isInside = (mask?.data[Math.floor(byte / 3)] ?? 0) > 0;
      return value !== (isInside ? 255 : source?.data[byte]);
    });
    expect(wrong).toBe(-1);
    expect(editor.received[0]?.fields["prompt"]).toBe("remove the cup");
  });
});

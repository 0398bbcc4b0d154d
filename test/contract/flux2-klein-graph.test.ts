import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { editGraphFor } from "../../packages/app/src/edit-graph.ts";
import type { Size } from "../../packages/editing/src/pictures.ts";
import { type GraphDocument, parseGraph, setParam } from "../../packages/engine/src/graph.ts";
import { readFixture } from "../parity/read-fixture.ts";
import { closeSessions, runEditGraph, worstDifference } from "./run-edit-graph.fixture.ts";
import { writeFlux2 } from "./write-flux2.fixture.ts";
import { writeFormulaPicture } from "./write-parts.fixture.ts";

const data = await vi.hoisted(async () => {
  const [{ mkdtempSync }, { tmpdir }] = [await import("node:fs"), await import("node:os")];
  const name = mkdtempSync(`${tmpdir()}/flux2-data-`);
  process.env["INSIGHTGRAPH_DATA"] = name;
  return name;
});
const fixture = await readFixture("flux2", "edit");
const {
  instruction,
  further: second,
  ...sides
} = fixture.options as {
  readonly width: number;
  readonly height: number;
  readonly instruction: string;
  readonly further: Size;
};
let folder = "";
let picture = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "flux2-"));
  await writeFlux2(folder);
  picture = await writeFormulaPicture(folder, sides);
});
afterAll(async () => {
  await closeSessions();
  await rm(folder, { recursive: true });
  await rm(data, { recursive: true, force: true });
});

async function editGraph(): Promise<GraphDocument> {
  const file = new URL("../../graphs/flux2-klein.json", import.meta.url);
  let graph = parseGraph(await readFile(file, "utf8"));
  graph = setParam(graph, "checkpoint", "text", `dir:${folder}`);
  graph = setParam(graph, "source", "path", picture);
  graph = setParam(graph, "instruction", "text", instruction);
  return setParam(graph, "sample", "seed", 7);
}

/** The graph with a further picture beside the one that is edited. */
function withReference(graph: GraphDocument, file: string): GraphDocument {
  const { sample, encode, source } = graph.nodes;
  if (sample === undefined || encode === undefined || source === undefined) throw new Error("lost");
  const further = { ...source, params: { path: file } };
  const seen = {
    ...encode,
    inputs: { ...encode.inputs, image: { node: "further", output: "image" } },
  };
  const list = { type: "list.of", version: 1, inputs: { a: { node: "seen", output: "latent" } } };
  const inputs = { ...sample.inputs, references: { node: "list", output: "list" } };
  const nodes = { ...graph.nodes, further, seen, list, sample: { ...sample, inputs } };
  return { ...graph, nodes };
}

describe("graphs/flux2-klein.json", () => {
  test("[N17] draws what diffusers' pipeline draws", async () => {
    const { image } = await runEditGraph(await editGraph());
    const wanted = Array.from(fixture.outputs["edit"]?.data ?? [], Number);
    expect(image.data.length).toBe(wanted.length);
    expect(worstDifference(image, wanted)).toBeLessThanOrEqual(1);
  });

  test("[N17] draws what diffusers' pipeline draws of two pictures of two sizes", async () => {
    const further = await writeFormulaPicture(folder, { ...second, name: "further" });
    const { image } = await runEditGraph(withReference(await editGraph(), further));
    // The fixture holds every second row.
    const rows = Array.from({ length: image.height / 2 }, (_, row) =>
      image.data.subarray(2 * row * 3 * image.width, (2 * row + 1) * 3 * image.width),
    );
    const data = Uint8Array.from(rows.flatMap((row) => [...row]));
    const wanted = Array.from(fixture.outputs["two"]?.data ?? [], Number);
    expect(data.length).toBe(wanted.length);
    expect(worstDifference({ ...image, data }, wanted)).toBeLessThanOrEqual(1);
  });

  test("[N18] says that matrices are used in 8 bits, and draws nearly the same", async () => {
    const logs: string[] = [];
    const plain = await runEditGraph(await editGraph());
    const small = setParam(await editGraph(), "unet", "weights", "int8");
    const { image, ran } = await runEditGraph(small, (text) => logs.push(text));
    expect(ran).toEqual(["decode", "sample", "unet"]);
    expect(logs[0]).toContain(`int8, once`);
    expect(logs[0]).toContain(data);
    expect(logs.at(-1)).toContain("used in 8 bits");
    const error = image.data.map((value, at) => Math.abs(value - (plain.image.data[at] ?? 0)));
    const mean = error.reduce((sum, value) => sum + value, 0) / error.length;
    expect(mean).toBeGreaterThan(0);
    expect(mean / 255).toBeLessThan(1e-2);
  });

  test("is what edit takes for such a checkpoint", async () => {
    expect(path.basename(await editGraphFor(`dir:${folder}`))).toBe("flux2-klein.json");
  });
});

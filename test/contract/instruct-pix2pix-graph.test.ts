import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { type GraphDocument, parseGraph, setParam } from "../../packages/engine/src/graph.ts";
import { tinyCheckpoint } from "../../packages/nodes/src/model/tiny-checkpoint.fixture.ts";
import { readFixture } from "../parity/read-fixture.ts";
import { closeSessions, runEditGraph } from "./run-edit-graph.fixture.ts";

const folder = await mkdtemp(join(tmpdir(), "graph-"));
afterAll(async () => {
  await closeSessions();
  await rm(folder, { recursive: true });
});

const { inputs, outputs, options } = await readFixture("instruct-pix2pix", "edits");

async function placedGraph(): Promise<GraphDocument> {
  const file = new URL("../../graphs/instruct-pix2pix.json", import.meta.url);
  const [height = 0, width = 0] = inputs["picture"]?.shape ?? [];
  const pixels = Uint8Array.from(inputs["picture"]?.data as Float32Array);
  const picture = join(folder, "picture.png");
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(picture);
  let graph = parseGraph(await readFile(file, "utf8"));
  graph = setParam(graph, "checkpoint", "text", tinyCheckpoint);
  graph = setParam(graph, "source", "path", picture);
  graph = setParam(graph, "instruction", "text", String(options["instruction"]));
  graph = setParam(graph, "sample", "steps", Number(options["steps"]));
  return setParam(graph, "sample", "seed", Number(options["seed"]));
}

describe("graphs/instruct-pix2pix.json", () => {
  test("draws what diffusers' pipeline draws, and then only what a change touches", async () => {
    const graph = await placedGraph();
    const { image } = await runEditGraph(graph);
    const wanted = outputs["euler-ancestral.pixels"]?.data as Float32Array;
    expect(image.data.length).toBe(wanted.length);
    const worst = image.data.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - 255 * (wanted[at] ?? 0))),
      0,
    );
    // Rounding to whole numbers alone moves a value by half a step.
    expect(worst).toBeLessThan(0.6);
    expect((await runEditGraph(graph)).ran).toEqual([]);
    const other = await runEditGraph(setParam(graph, "sample", "seed", 8));
    expect(other.ran).toEqual(["decode", "sample"]);
    expect(other.image).not.toEqual(image);
  });
});

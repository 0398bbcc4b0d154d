import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { editGraphFor } from "../../packages/app/src/edit-graph.ts";
import type { Picture } from "../../packages/editing/src/pictures.ts";
import { type GraphDocument, parseGraph, setParam } from "../../packages/engine/src/graph.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../packages/models/src/index.ts";
import { readFixture } from "../parity/read-fixture.ts";
import { closeSessions, runEditGraph, worstDifference } from "./run-edit-graph.fixture.ts";
import { writeDreamlite } from "./write-dreamlite.fixture.ts";
import { writeFormulaPicture } from "./write-parts.fixture.ts";

const data = await vi.hoisted(async () => {
  const [{ mkdtempSync }, { tmpdir }] = [await import("node:fs"), await import("node:os")];
  const name = mkdtempSync(`${tmpdir()}/dreamlite-data-`);
  process.env["INSIGHTGRAPH_DATA"] = name;
  return name;
});
const fixture = await readFixture("dreamlite", "edits");
const { instruction, ...sides } = fixture.options as {
  readonly width: number;
  readonly height: number;
  readonly instruction: string;
};
let folder = "";
let picture = "";

async function writeCheckpoint(prefix: string): Promise<string> {
  const inside = path.join(folder, `checkpoint-${prefix}`);
  await writeDreamlite(inside, prefix);
  return `dir:${inside}`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "dreamlite-"));
  picture = await writeFormulaPicture(folder, sides);
});
afterAll(async () => {
  await closeSessions();
  await rm(folder, { recursive: true });
  await rm(data, { recursive: true, force: true });
});

async function graphWith(
  checkpoint: string,
  params: Readonly<Record<string, number>>,
): Promise<GraphDocument> {
  const file = new URL("../../graphs/dreamlite.json", import.meta.url);
  let graph = parseGraph(await readFile(fileURLToPath(file), "utf8"));
  graph = setParam(graph, "checkpoint", "text", checkpoint);
  graph = setParam(graph, "source", "path", picture);
  graph = setParam(graph, "instruction", "text", instruction);
  for (const [name, value] of Object.entries(params)) {
    graph = setParam(graph, "sample", name, value);
  }
  return graph;
}

/** Cuts a part's numbers to bfloat16. */
async function storeInBrain(part: string): Promise<void> {
  const file = path.join(part, "model.safetensors");
  const weights = decodeSafetensors(await readFile(file));
  const cut = [...weights].map(([name, { shape, data }]): [string, StoredTensor] => {
    const words = new Uint32Array(data.slice().buffer);
    const halves = Uint16Array.from(words, (word) => word >>> 16);
    return [name, { dtype: "bfloat16", shape, data: new Uint8Array(halves.buffer) }];
  });
  await writeFile(file, encodeSafetensors(new Map(cut)));
}

/** As a share of the whole range. */
function meanDifference(a: Picture, b: Picture): number {
  const sum = a.data.reduce((all, value, at) => all + Math.abs(value - (b.data[at] ?? 0)), 0);
  return sum / a.data.length / 255;
}

describe("graphs/dreamlite.json", () => {
  test.each([
    ["base", "", { steps: 5, seed: 7 }],
    ["other", "other.", { steps: 5, seed: 7 }],
    ["mobile", "", { steps: 4, seed: 7, textGuidance: 1, imageGuidance: 1 }],
  ])("[N15] draws what diffusers draws: %s", async (name, prefix, params) => {
    const checkpoint = await writeCheckpoint(prefix);
    const { image } = await runEditGraph(await graphWith(checkpoint, params));
    const wanted = Array.from(fixture.outputs[name]?.data ?? [], Number);
    expect(image.data.length).toBe(wanted.length);
    expect(worstDifference(image, wanted)).toBeLessThanOrEqual(1);
  });

  test("[N18] converts a network in bfloat16 once, and draws nearly the same", async () => {
    const params = { steps: 5, seed: 7 };
    const plain = await runEditGraph(await graphWith(await writeCheckpoint(""), params));
    const checkpoint = await writeCheckpoint("");
    await storeInBrain(path.join(folder, "checkpoint-", "unet"));
    const logs: string[] = [];
    const { image } = await runEditGraph(await graphWith(checkpoint, params), (text) =>
      logs.push(text),
    );
    expect(logs).toEqual([expect.stringMatching(/^Converting weights to float32, once: /)]);
    const [, converted = ""] = / in (.*)\.$/.exec(logs[0] ?? "") ?? [];
    const sources: unknown = JSON.parse(
      await readFile(path.join(converted, "sources.json"), "utf8"),
    );
    expect(sources).toEqual([
      await realpath(path.join(folder, "checkpoint-", "unet", "model.safetensors")),
    ]);
    expect(meanDifference(image, plain.image)).toBeGreaterThan(0);
    expect(meanDifference(image, plain.image)).toBeLessThan(2e-2);
  });

  test.each(["unet", "language"])(
    "[N18] says that matrices are used in 8 bits, and draws nearly the same: %s",
    async (node) => {
      const graph = await graphWith(await writeCheckpoint(""), { steps: 5, seed: 7 });
      const plain = await runEditGraph(graph);
      const logs: string[] = [];
      const small = setParam(graph, node, "weights", "int8");
      const { image } = await runEditGraph(small, (text) => logs.push(text));
      expect(logs[0]).toContain("int8, once");
      expect(logs.at(-1)).toMatch(/^[1-9]\d* matrices are used in 8 bits/);
      expect(meanDifference(image, plain.image)).toBeGreaterThan(0);
      expect(meanDifference(image, plain.image)).toBeLessThan(1e-2);
    },
  );

  test("is what edit takes for such a checkpoint", async () => {
    expect(path.basename(await editGraphFor(await writeCheckpoint("")))).toBe("dreamlite.json");
  });

  test("edit takes no other graph where the network's config is damaged, and says so", async () => {
    const checkpoint = await writeCheckpoint("damaged");
    await writeFile(path.join(checkpoint.replace("dir:", ""), "unet", "config.json"), "{");
    await expect(editGraphFor(checkpoint)).rejects.toThrow(/checkpoint\.damaged at .*config\.json/);
  });
});

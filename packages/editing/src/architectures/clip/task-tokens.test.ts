import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createSessionPool } from "@insightgraph/engine/runtime";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type WeightMap,
} from "@insightgraph/models";
import { afterAll, expect, test } from "vitest";
import { openPart } from "../families.ts";
import { floatsOf } from "../tensor.ts";

const tiny = fileURLToPath(
  new URL("../../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
);
const pool = createSessionPool({ threads: 1 });
const folders: string[] = [];
afterAll(async () => {
  await pool.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Ten learnt vectors of a task, in half precision as the fixture is; each task has its own. */
function learnt(task: string, width: number): Uint8Array {
  const bits = Uint16Array.from({ length: 10 * width }, (_, at) => {
    return 0x2c00 + ((at * 37 + task.length * 101 + task.charCodeAt(2)) % 1024);
  });
  return new Uint8Array(bits.buffer);
}

const key = "text_model.embeddings.token_embedding";
type Change = (weights: Map<string, StoredTensor>, table: StoredTensor) => void;

/** The tiny checkpoint with another text encoder. */
async function checkpointWith(change: Change, words = 524): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tasks-"));
  folders.push(folder);
  await cp(tiny, folder, { recursive: true });
  const file = path.join(folder, "text_encoder/model.safetensors");
  const weights: Map<string, StoredTensor> = new Map(
    [...(decodeSafetensors(await readFile(file)) as WeightMap)].map(([name, tensor]) => [
      name.startsWith("text_model.") ? name : `text_model.${name}`,
      tensor,
    ]),
  );
  const table = weights.get(`${key}.weight`);
  if (table === undefined) throw new Error("the fixture lost its words");
  change(weights, table);
  await writeFile(file, encodeSafetensors(weights));
  const config = path.join(folder, "text_encoder/config.json");
  const json = JSON.parse(await readFile(config, "utf8"));
  await writeFile(config, JSON.stringify({ ...json, vocab_size: words }));
  return `dir:${folder}`;
}

const appended: Change = (weights, { dtype, shape: [words = 0, width = 0], data }) => {
  const tasks = ["P_obj", "P_ctxt", "P_shape"].map((task) => learnt(task, width));
  const rows = { dtype, shape: [words + 30, width], data: Buffer.concat([data, ...tasks]) };
  weights.set(`${key}.weight`, rows);
};
const apart: Change = (weights, table) => {
  const width = table.shape[1] ?? 0;
  weights.delete(`${key}.weight`);
  weights.set(`${key}.wrapped.weight`, table);
  for (const task of ["P_ctxt", "P_shape", "P_obj"]) {
    const tensor = { dtype: table.dtype, shape: [10, width], data: learnt(task, width) };
    weights.set(`${key}.trainable_embeddings.${task}`, tensor);
  }
};

const texts = ["P_ctxt empty scene blur", "P_obj a hat", "P_shape a hat", "a hat"] as const;

async function statesOf(checkpoint: string): Promise<readonly Float32Array[]> {
  const encoder = await openPart(checkpoint, "textEncoder");
  const states: Float32Array[] = [];
  for (const text of texts) states.push(floatsOf(await encoder.encode(pool, text)));
  return states;
}

test("both layouts of PowerPaint's task tokens give the same states, and plain texts stay as they are", async () => {
  const [first, second, plain] = [
    await statesOf(await checkpointWith(appended, 554)),
    await statesOf(await checkpointWith(apart)),
    await statesOf(`dir:${tiny}`),
  ];
  expect(second).toEqual(first);
  expect(first[3]).toEqual(plain[3]);
  for (const at of [0, 1, 2]) expect(first[at]).not.toEqual(plain[at]);
  expect(first[1]).not.toEqual(first[2]);
});

test("a task stands for its ten vectors, in order", async () => {
  const shifted: Change = (weights, table) => {
    appended(weights, table);
    const rows = weights.get(`${key}.weight`);
    if (rows === undefined) throw new Error("no rows");
    const data = Uint8Array.from(rows.data);
    const width = 2 * (table.shape[1] ?? 0);
    const [sixth, end] = [(524 + 10 + 5) * width, (524 + 10 + 6) * width];
    data.fill(0, sixth, end);
    weights.set(`${key}.weight`, { ...rows, data });
  };
  const [whole, changed] = [
    await statesOf(await checkpointWith(appended, 554)),
    await statesOf(await checkpointWith(shifted, 554)),
  ];
  // Attention looks back only: the states before the sixth vector of P_ctxt, the start token's among them, stay.
  const width = (whole[0]?.length ?? 0) / 77;
  expect(changed[0]?.subarray(0, 6 * width)).toEqual(whole[0]?.subarray(0, 6 * width));
  expect(changed[0]?.subarray(6 * width, 7 * width)).not.toEqual(
    whole[0]?.subarray(6 * width, 7 * width),
  );
  expect(changed.slice(1)).toEqual(whole.slice(1));
});

test("an encoder says whether it knows tasks", async () => {
  const knows = async (checkpoint: string) =>
    (await openPart(checkpoint, "textEncoder")).knowsTasks;
  expect(await knows(await checkpointWith(apart))).toBe(true);
  expect(await knows(`dir:${tiny}`)).toBe(false);
});

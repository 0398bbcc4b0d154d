import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { writeSafetensors } from "./write-safetensors.ts";

const fixture = fileURLToPath(new URL("./convert-weights.fixture.ts", import.meta.url));
const tensors = 6;
let folder = "";
const place = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "convert-kill-"));
  const weights = Array.from({ length: tensors }, (_, at): [string, StoredTensor] => {
    const count = 2 ** 21;
    // One to two, which bfloat16 holds in steps of 1/128.
    const numbers = Uint16Array.from({ length: count }, (_, i) => 0x3f80 + ((i * (at + 1)) % 128));
    const data = new Uint8Array(numbers.buffer);
    return [`${at}.weight`, { dtype: "bfloat16", shape: [count], data }];
  });
  writeSafetensors(place("weights.safetensors"), new Map(weights));
});
afterAll(() => rm(folder, { recursive: true }));

/**
 * Converts in a process of its own, which is killed once it says that so many pieces are made; it makes one more at most.
 * @returns what it said, and what ended it
 */
async function convert(to: string, lastPiece = Number.NaN) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const args = ["--conditions=@insightgraph/source", "--import", tsx, fixture];
  const files = [place("weights.safetensors"), place(to), String(lastPiece + 1)];
  const child = spawn(process.execPath, [...args, ...files]);
  const ended = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (line === String(lastPiece)) child.kill("SIGKILL");
  }
  return { said, signal: await ended };
}

async function piecesIn(name: string) {
  const names = (await readdir(place(name))).filter((file) => file.endsWith(".safetensors"));
  const pieces = names.toSorted().map(async (file) => {
    const { mtimeMs } = await stat(place(name, file));
    const bytes = await readFile(place(name, file));
    return { file, mtimeMs, digest: createHash("sha256").update(bytes).digest("hex") };
  });
  return Promise.all(pieces);
}

test("[N18] a conversion that is killed twice goes on each time, and gives what one without a stop gives", async () => {
  const whole = await convert("whole");
  expect(whole).toEqual({ said: ["0", "1", "2", "3", "4", "5", "all"], signal: null });
  const wanted = (await piecesIn("whole")).map(({ file, digest }) => ({ file, digest }));

  let kept: Awaited<ReturnType<typeof piecesIn>> = [];
  for (const last of [2, 4]) {
    const cut = await convert("cut", last);
    expect(cut).toEqual({ said: expect.arrayContaining([String(last)]), signal: "SIGKILL" });
    expect(cut.said[0]).toBe(String(kept.length));
    const found = await piecesIn("cut");
    expect(found.length).toBeGreaterThanOrEqual(last);
    expect(found.length).toBeLessThan(tensors);
    // Those from before the last kill were not made again.
    expect(found.slice(0, kept.length)).toEqual(kept);
    kept = found;
  }
  const rest = await convert("cut");
  expect(rest.said[0]).toBe(String(kept.length));
  expect(rest.signal).toBeNull();
  const found = await piecesIn("cut");
  expect(found.slice(0, kept.length)).toEqual(kept);
  expect(found.map(({ file, digest }) => ({ file, digest }))).toEqual(wanted);
});

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";

const fixture = fileURLToPath(new URL("./large-picture.fixture.ts", import.meta.url));
const side = 6000;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "large-picture-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** By how much loading a picture raises the peak of a new process's memory. */
async function peakOf(file: string): Promise<number> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const args = ["--conditions=@insightgraph/source", "--import", tsx, fixture, file];
  const env = { ...process.env, INSIGHTGRAPH_DATA: path.join(folder, "data") };
  return Number((await promisify(execFile)(process.execPath, args, { env })).stdout);
}

// Three samples a pixel and its opacity have to be kept; a copy of them would be above the limit.
test.each([
  ["a JPEG", 3, 4],
  ["a PNG with opacity", 4, 5],
] as const)(
  "loading and caching %s of 36 megapixels copies no samples",
  async (_, channels, bytes) => {
    const file = path.join(folder, `${channels}.${channels === 3 ? "jpg" : "png"}`);
    const background = { r: 200, g: 20, b: 10, alpha: 0.5 };
    await sharp({ create: { width: side, height: side, channels, background } }).toFile(file);
    expect(await peakOf(file)).toBeLessThan(1.35 * bytes * side * side);
  },
);

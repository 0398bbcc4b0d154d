import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { tinyCheckpoint } from "../model/tiny-checkpoint.fixture.ts";
import { shownBy } from "../plain-run.fixture.ts";
import { dataInpaintCheckpoint } from "./inpaint-checkpoint.ts";

const fixtures = fileURLToPath(new URL("../../../../test/fixtures/checkpoints/", import.meta.url));
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "inpainting-"));
  await cp(path.join(fixtures, "tiny-instruct-pix2pix"), folder, { recursive: true });
  await cp(path.join(fixtures, "tiny-inpainting"), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const [width, height] = [48, 40];
const data = Uint8Array.from({ length: 3 * width * height }, (_, at) => (at * 31) % 256);
const image = { width, height, channels: 3, data } as const;
const mask = { width, height, data: new Uint8Array(width * height) };
for (let y = 10; y < 20; y++) mask.data.fill(255, y * width + 12, y * width + 24);

const settings = () => ({
  ...{
    checkpoint: `dir:${folder}`,
    task: "none" as "none" | "remove",
    prompt: "the cat",
    negative: "",
    steps: 2,
    guidance: 3,
  },
  ...{ seed: 1, grow: 0.1, longerSide: 512 },
});

test("fills the grown mask, the same each time, and nothing else", async () => {
  const run = (change: object) =>
    dataInpaintCheckpoint.run({ image, mask }, { ...settings(), ...change }, runContext());
  const first = await run({});
  const differs = (at: number): boolean =>
    [0, 1, 2].some((c) => first.image.data[3 * at + c] !== data[3 * at + c]);
  const changed = Array.from({ length: width * height }, (_, at) => at).filter(differs);
  expect(changed.length).toBeGreaterThan(100);
  expect(changed.every((at) => first.mask.data[at] === 255)).toBe(true);
  expect(first.mask.data.filter((value) => value === 255)).toHaveLength(12 * 14);
  expect(await run({})).toEqual(first);
  expect(await run({ prompt: "the dog" })).not.toEqual(first);
});

test("paints over nothing that is to be left alone", async () => {
  const avoid = { ...mask, data: new Uint8Array(mask.data.length).fill(255) };
  const found = await dataInpaintCheckpoint.run({ image, mask, avoid }, settings(), runContext());
  expect(found.mask).toEqual(mask);
});

test.each<
  readonly [
    string,
    { readonly mask?: typeof mask; readonly checkpoint?: string; readonly task?: "remove" },
    string,
  ]
>([
  ["a task that the checkpoint was not taught", { task: "remove" }, "params.checkpoint"],
  ["a checkpoint that does not fill masks", { checkpoint: tinyCheckpoint }, "params.checkpoint"],
  ["an empty mask", { mask: { ...mask, data: new Uint8Array(mask.data.length) } }, "inputs.mask"],
])("shows %s at its place", async (_, { mask: place = mask, ...change }, at) => {
  await expect(
    shownBy(dataInpaintCheckpoint, () =>
      dataInpaintCheckpoint.run({ image, mask: place }, { ...settings(), ...change }, runContext()),
    ),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: at } });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatasetRecord, openDatasetFolder, shardFormat } from "../datasets.ts";
import { type DrawingOptions, drawBatches } from "./draw-batches.ts";
import { tinyRecipe } from "./tiny-training.fixture.ts";
import { requirePairs, toExample, trainingPairs } from "./training-pairs.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "training-pairs-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function flat(grey: number, width = 10, height = 6) {
  const background = { r: grey, g: grey, b: grey };
  return {
    bytes: await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  };
}

/** A data set of pairs whose sources have these grey levels; of a negative one the source is no picture. */
async function writePairs(name: string, greys: readonly number[]): Promise<string> {
  const place = path.join(folder, name);
  const dataset = await openDatasetFolder(place, shardFormat("webdataset"), [
    { name: "source_image", kind: "picture" },
    { name: "edited_image", kind: "picture" },
    { name: "instruction", kind: "text" },
  ]);
  async function* records(): AsyncGenerator<DatasetRecord> {
    for (const [at, grey] of greys.entries()) {
      const source = grey < 0 ? { bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) } : await flat(grey);
      const fields = {
        source_image: source,
        edited_image: await flat(255),
        instruction: "remove it",
      };
      yield { key: `${at}`, fields };
    }
  }
  const facts = await dataset.writeShard(1, records());
  if (facts === undefined) throw new Error("nothing was written");
  const placed = { ...facts, path: dataset.finalPath(0, 1), from: facts.path };
  await dataset.place(placed);
  await dataset.publish([placed], true);
  return place;
}

test("a pair becomes a square example, with the mask that it has", async () => {
  const source = await flat(0);
  const half = Uint8Array.from({ length: 60 }, (_, at) => (at % 10 < 5 ? 255 : 0));
  const mask = {
    bytes: await sharp(half, { raw: { width: 10, height: 6, channels: 1 } })
      .png()
      .toBuffer(),
  };
  const pair = { source_image: source, edited_image: await flat(9), instruction: "go" };
  const example = await toExample({ ...pair, mask_image: mask });
  expect(example).toMatchObject({ instruction: "go", gone: -1, come: -1, objects: [] });
  expect([example.source.width, example.source.height]).toEqual([128, 128]);
  expect([...example.mask.subarray(0, 128)]).toEqual([
    ...new Array(64).fill(1),
    ...new Array(64).fill(0),
  ]);
  const unmasked = await toExample({ ...pair, mask_image: null });
  expect(new Set(unmasked.mask)).toEqual(new Set([1]));
  const alike = await toExample({ ...pair, edited_image: await flat(5) });
  expect(new Set(alike.mask)).toEqual(new Set([0]));
});

test("pairs come in order and again, go on where an earlier run stopped, and broken ones keep their place", async () => {
  const place = await writePairs("four", [10, -1, 30]);
  const take = async (skipped: number, count: number): Promise<(number | undefined)[]> => {
    const pairs = trainingPairs(place, skipped);
    const taken: (number | undefined)[] = [];
    while (taken.length < count) taken.push((await pairs.next()).value?.source.data[0]);
    await pairs.return();
    return taken;
  };
  expect(await take(0, 5)).toEqual([10, undefined, 30, 10, undefined]);
  expect(await take(4, 3)).toEqual([undefined, 30, 10]);
});

test("a data set without pairs is refused before anything is trained", async () => {
  const file = path.join(folder, "no.jsonl");
  await writeFile(file, '{"instruction": "go"}\n');
  await expect(requirePairs(file)).rejects.toMatchObject({
    ...{ code: "argument.unfit", argument: "dataset", what: "a record has no source_image" },
  });
  await expect(requirePairs(path.join(folder, "none"))).rejects.toMatchObject({
    code: "dataset.unreadable",
  });
  await requirePairs(await writePairs("one", [-1, 4]));
});

test("pairs stand in the first rows of a batch, scenes in the others and for broken pairs", async () => {
  const place = await writePairs("drawn", [10, -1, 30]);
  const { network, drops, decoding } = tinyRecipe;
  const stage = "editing";
  const common: DrawingOptions = {
    ...{ batch: 4, stage, drops, decoding, hasAdapter: true, scenes: {}, varied: 0, first: 0 },
    ...{ pictureSize: 128, maxWords: 20, grid: network.bridges.interaction.grid },
    latent: { channels: network.vae.latentChannels, side: network.unet.sampleSize },
  };
  const firstPixels = async (pairs?: { share: number; steps: number }): Promise<number[]> => {
    const source = drawBatches({ ...common, ...(pairs && { pairs: { place, ...pairs } }) }, 1);
    const batch = await source.next();
    await source.close();
    const data = Array.from(batch["source"]?.data ?? [], Number);
    return [0, 1, 2, 3].map((row) => data[row * 3 * 128 ** 2] ?? 0);
  };
  const grey = (level: number): number => Math.fround(level / 127.5 - 1);
  const scenes = await firstPixels();
  const mixed = await firstPixels({ share: 0.5, steps: 0 });
  expect(mixed).toEqual([grey(10), scenes[1], scenes[2], scenes[3]]);
  const later = await firstPixels({ share: 0.5, steps: 1 });
  expect(later).toEqual([grey(30), grey(10), scenes[2], scenes[3]]);
});

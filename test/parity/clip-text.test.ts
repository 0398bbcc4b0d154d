import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { openPart } from "../../packages/editing/src/architectures.ts";
import {
  measureDirection,
  measureTextSimilarity,
  toClipScore,
} from "../../packages/editing/src/metrics.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { type PicturePair, picturePairs } from "./metric-pictures.ts";

const file = new URL("../fixtures/parity/metrics/clip-text.json", import.meta.url);
const { texts, scores } = JSON.parse(await readFile(file, "utf8"));
const pictures = await picturePairs();
const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

const folder = fileURLToPath(new URL("../fixtures/checkpoints/tiny-clip", import.meta.url));
const clip = {
  images: await openPart(`dir:${folder}`, "imageEmbedder"),
  texts: await openPart(`dir:${folder}`, "textEmbedder"),
};

describe.each([...pictures])("pictures with %s", (name, { picture }) => {
  const wanted = scores[name];

  test.each(["before", "after"])("score torchmetrics' CLIPScore %s the edit", async (word) => {
    const text = texts[word];
    const found = toClipScore(await measureTextSimilarity(pool, clip, { picture, text }));
    // Pictures are resampled within a level of 255.
    expect(Math.abs(found - wanted.CLIPScore[word])).toBeLessThan(0.2);
  });

  test("have transformers' cosine with a text", async () => {
    const found = await measureTextSimilarity(pool, clip, { picture, text: texts.after });
    expect(Math.abs(found - wanted["CLIP-T"])).toBeLessThan(2e-3);
  });
});

test("pictures of other things change in the direction that transformers gives", async () => {
  const { picture, reference } = pictures.get("other") as PicturePair;
  const edit = { ...texts, source: reference, edited: picture };
  const found = await measureDirection(pool, clip, edit);
  expect(Math.abs(found - scores.other["CLIP direction"])).toBeLessThan(1e-2);
});

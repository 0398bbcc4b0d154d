import { createWordTokenizer } from "@insightgraph/models";
import { expect, onTestFinished, test } from "vitest";
import { openSceneComposer, sceneVocabulary } from "../scenes.ts";
import { type BatchSource, type DrawingOptions, drawBatches } from "./draw-batches.ts";
import { defaultRecipe } from "./recipe.ts";
import { sceneBatch } from "./scene-batch.ts";

const options: DrawingOptions = {
  batch: 2,
  grid: 8,
  pictureSize: 128,
  latent: { channels: 4, side: 16 },
  stage: "editing",
  hasAdapter: true,
  drops: defaultRecipe.drops,
  decoding: defaultRecipe.decoding,
  scenes: {},
  varied: 0,
  maxWords: 20,
  first: 7,
};

function open(changed: Partial<DrawingOptions> = {}): BatchSource {
  const source = drawBatches({ ...options, ...changed }, 2);
  onTestFinished(() => source.close());
  return source;
}

test("draws the batches of the steps in order, however many are asked for at once", async () => {
  const composer = await openSceneComposer();
  const tokenizer = createWordTokenizer(sceneVocabulary, options.maxWords);
  const source = open();
  const drawn = [await source.next(), ...(await Promise.all([source.next(), source.next()]))];
  const expected = [7, 8, 9].map((step) => sceneBatch(composer, tokenizer, step, options));
  expect(drawn).toEqual(expected);
});

test("says why a batch cannot be drawn", async () => {
  await expect(open({ scenes: { kinds: [] } }).next()).rejects.toThrow("empty list");
});

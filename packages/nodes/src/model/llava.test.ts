import { describe, expect, it } from "vitest";
import { llavaModel } from "./llava.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { tinyLlava } from "./tiny-llava.fixture.ts";

const usual = {
  ...tinyLlava,
  prompt: "smartedit",
  mmTokens: 2,
  firstMmToken: 600,
  textTokens: 100,
} as const;

describe("model.llava", () => {
  it("gives the weights under the network's names, the picture's place and the marks' ids", async () => {
    const { model } = await llavaModel.run({}, usual, runContext());
    expect(model.weights.has("model.embed_tokens.weight")).toBe(true);
    expect(model.weights.has("vision_tower.vision_model.pre_layrnorm.weight")).toBe(true);
    expect(model.layout).toMatchObject({ patches: 9, length: 109, firstMmToken: 600 });
    expect(["<img>", "<im_end>", "<img_1>"].map(model.tokenizer.idOf)).toEqual([597, 599, 601]);
    expect(model.pixels.crop).toEqual([18, 18]);
  });

  it("is another when its files are", async () => {
    const print = await llavaModel.fingerprint?.(usual);
    expect(print).toMatch(/^[0-9a-f]{64} /);
    expect(await llavaModel.fingerprint?.({ ...usual, visionTower: usual.checkpoint })).not.toBe(
      print,
    );
  });

  it("says that the checkpoint knows no such tokens", async () => {
    const run = llavaModel.run({}, { ...usual, firstMmToken: 32_003 }, runContext());
    await expect(run).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
      what: expect.stringMatching(/embeddings of \d+ tokens, and the \[MM\] tokens end at 32005/),
    });
  });

  it("says which part a checkpoint of another kind lacks", async () => {
    const run = llavaModel.run({}, { ...usual, checkpoint: tinyCheckpoint }, runContext());
    await expect(run).rejects.toMatchObject({
      what: expect.stringContaining('has no part "model"'),
    });
  });
});

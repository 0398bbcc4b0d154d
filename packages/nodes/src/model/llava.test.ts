import { describe, expect, test } from "vitest";
import { modelLlava } from "./llava.ts";
import { heldOutScene, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { tinyLlava } from "./tiny-llava.fixture.ts";

const usual = {
  ...tinyLlava,
  prompt: "smartedit",
  mmTokens: 2,
  firstMmToken: 600,
  textTokens: 260,
} as const;

describe("model.llava", () => {
  test("uses the number of [MM] tokens that its param names", async () => {
    const context = runContext();
    const { model } = await modelLlava.run({}, usual, context);
    const { source } = await heldOutScene();
    const { mmTokens, vision } = await model.comprehend(context, source, "Remove the apple.");
    expect(mmTokens.shape).toEqual([1, 2, 12]);
    expect(vision.shape).toEqual([1, 9, 12]);
  });

  test("is another when its files are", async () => {
    const print = await modelLlava.fingerprint?.(usual);
    expect(print).toMatch(/^[0-9a-f]{64} /);
    expect(await modelLlava.fingerprint?.({ ...usual, visionTower: usual.checkpoint })).not.toBe(
      print,
    );
  });

  test("says that the checkpoint knows no such tokens", async () => {
    const run = modelLlava.run({}, { ...usual, firstMmToken: 32_003 }, runContext());
    await expect(run).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
      what: expect.stringMatching(/embeddings of \d+ tokens, but the \[MM\] tokens end at 32005/),
    });
  });

  test("says which part a checkpoint of another kind lacks", async () => {
    const run = modelLlava.run({}, { ...usual, checkpoint: tinyCheckpoint }, runContext());
    await expect(run).rejects.toMatchObject({
      what: expect.stringContaining('has no part "model"'),
    });
  });
});

import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { metricClipScore } from "./clip-score.ts";
import { metricClipText } from "./clip-text.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const settings = { checkpoint: tinyModels.clip };

test("is a hundred times the cosine, never below zero", async () => {
  const { image } = await heldOutEdit();
  for (const text of ["a red apple", "a bee", "a green house", "two dogs"]) {
    const { score } = await metricClipScore.run({ image, text }, settings, runContext());
    const cosine = (await metricClipText.run({ image, text }, settings, runContext())).score;
    expect(score).toBeCloseTo(100 * Math.max(cosine, 0), 4);
  }
});

test("leaves a hole without a CLIP, and says how to add one", async () => {
  const { image } = await heldOutEdit();
  const logged: string[] = [];
  const context = { ...runContext(), log: (line: string) => void logged.push(line) };
  const missing = { checkpoint: "clip-vit-base-patch32" };
  const { score } = await metricClipScore.run({ image, text: "a bee" }, missing, context);
  expect(score).toBeNaN();
  expect(logged[0]).toContain("models add hf:openai/clip-vit-base-patch32");
  expect(await metricClipScore.fingerprint?.(missing)).toBe("not added not added");
  expect(await metricClipScore.fingerprint?.(settings)).not.toContain("not added");
});

test("refuses half a CLIP", async () => {
  const { image } = await heldOutEdit();
  const half = { checkpoint: tinyModels.clipVision };
  const run = metricClipScore.run({ image, text: "a bee" }, half, runContext());
  await expect(run).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.checkpoint" },
  });
});

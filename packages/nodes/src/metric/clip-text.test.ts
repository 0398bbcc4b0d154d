import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { metricClipText } from "./clip-text.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const settings = { checkpoint: tinyModels.clip };

test("scores the box around a mask, and leaves a hole for an empty one", async () => {
  const { image, mask } = await heldOutEdit();
  const inputs = { image, text: "a red apple" };
  const scoreOf = async (data: Uint8Array) => {
    const masked = { ...inputs, mask: { ...mask, data } };
    return (await metricClipText.run(masked, settings, runContext())).score;
  };
  const { score: whole } = await metricClipText.run(inputs, settings, runContext());
  expect(await scoreOf(mask.data.map(() => 255))).toBe(whole);
  expect(await scoreOf(mask.data)).not.toBeCloseTo(whole, 4);
  expect(await scoreOf(mask.data.map(() => 0))).toBeNaN();
});

test("says that the end of a long text is cut off", async () => {
  const { image } = await heldOutEdit();
  const logged: string[] = [];
  const context = { ...runContext(), log: (line: string) => void logged.push(line) };
  const text = "a very long caption ".repeat(30);
  await metricClipText.run({ image, text }, settings, context);
  expect(logged[0]).toMatch(/^The text is \d+ tokens too long; the end is cut off\.$/);
});

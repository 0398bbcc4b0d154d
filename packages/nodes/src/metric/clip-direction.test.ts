import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { metricClipDirection } from "./clip-direction.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const settings = { checkpoint: tinyModels.clip };

test("turns its sign when the captions change places", async () => {
  const { image: source, reference: image } = await heldOutEdit();
  const [a, b] = ["a house with a dog", "a house"];
  const scoreOf = async (before: string, after: string) =>
    (await metricClipDirection.run({ image, source, before, after }, settings, runContext())).score;
  const forward = await scoreOf(a, b);
  expect(Math.abs(forward)).toBeLessThanOrEqual(1);
  expect(await scoreOf(b, a)).toBeCloseTo(-forward, 5);
});

test("leaves a hole where picture or caption did not change", async () => {
  const { image } = await heldOutEdit();
  const logged: string[] = [];
  const context = { ...runContext(), log: (line: string) => void logged.push(line) };
  const unchanged = { image, source: image, before: "a dog", after: "a cat" };
  expect((await metricClipDirection.run(unchanged, settings, context)).score).toBeNaN();
  expect(logged).toEqual(["No score (NaN): picture or caption did not change."]);
});

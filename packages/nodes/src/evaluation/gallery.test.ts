import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationGallery } from "./gallery.ts";
import { evaluationHeldOutScenes } from "./held-out-scenes.ts";

test("shows the first edits in rows of three", async () => {
  const { seed: _, ...scenes } = await evaluationHeldOutScenes.run(
    {},
    { count: 5, first: 0, objects: "all" },
    runContext(),
  );
  const draw = async (first: number) =>
    (await evaluationGallery.run({ ...scenes, result: scenes.target }, { first }, runContext()))
      .image;
  const [four, three] = [await draw(4), await draw(3)];
  expect(four.width).toBe(3 * 420);
  expect(four.height).toBeGreaterThan(three.height);
  expect((await draw(100)).height).toBe(four.height);
});

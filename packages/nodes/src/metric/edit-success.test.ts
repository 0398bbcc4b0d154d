import { expect, test } from "vitest";
import { heldOutScene } from "../model/node-run.fixture.ts";
import { plainRun } from "../plain-run.fixture.ts";
import { metricEditSuccess } from "./edit-success.ts";

test("the target succeeds, the unchanged source fails", async () => {
  const { source, target, mask: inside, operation, kind } = await heldOutScene();
  const mask = { ...source, data: inside };
  const scoreOf = async (result: typeof source): Promise<number> => {
    const edit = { source, target, mask, result, operation, kind };
    return (await metricEditSuccess.run(edit, {}, plainRun)).score;
  };
  expect(await scoreOf(target)).toBe(1);
  expect(await scoreOf(source)).toBe(0);
});

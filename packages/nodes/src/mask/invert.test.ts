import { expect, test } from "vitest";
import { maskOf, plainRun } from "../plain-run.fixture.ts";
import { maskInvert } from "./invert.ts";

test("inverts a mask, and inverts it back", async () => {
  const given = maskOf([0, 100], [200, 255]);
  const { mask } = await maskInvert.run({ mask: given }, {}, plainRun);
  expect(mask).toEqual(maskOf([255, 155], [55, 0]));
  expect((await maskInvert.run({ mask }, {}, plainRun)).mask).toEqual(given);
});

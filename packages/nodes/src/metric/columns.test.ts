import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { metricColumns } from "./columns.ts";

test("writes lists side by side, with empty cells for what is missing", async () => {
  const inputs = { a: [1, 0], c: [20.5, Number.NaN] };
  const { text } = await metricColumns.run(inputs, { names: "success, PSNR" }, plainRun);
  expect(text).toBe("success,PSNR\n1,20.5\n0,\n");
});

test.each([
  [{ a: [1] }, "success, PSNR", "2 names do not fit 1 columns."],
  [{ a: [1], b: [1, 2] }, "success, PSNR", '"PSNR" has 2 scores, not 1.'],
])("refuses %j named %s", (inputs, names, what) => {
  expect(() => metricColumns.run(inputs, { names }, plainRun)).toThrow(what);
});

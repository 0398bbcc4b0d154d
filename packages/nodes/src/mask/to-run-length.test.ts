import { expect, test } from "vitest";
import { maskOf, plainRun } from "../plain-run.fixture.ts";
import { maskToRunLength } from "./to-run-length.ts";

const mask = maskOf([0, 255, 255], [0, 0, 200]);

test("writes both of COCO's forms", async () => {
  const { code } = await maskToRunLength.run({ mask }, { form: "plain" }, plainRun);
  expect(JSON.parse(code)).toEqual({ size: [2, 3], counts: [2, 1, 1, 2] });
  const compressed = await maskToRunLength.run({ mask }, { form: "compressed" }, plainRun);
  expect(JSON.parse(compressed.code)).toEqual({ size: [2, 3], counts: "2111" });
});

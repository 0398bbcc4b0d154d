import { expect, test } from "vitest";
import { maskOf, plainRun, shownBy } from "../plain-run.fixture.ts";
import { maskToBox } from "./to-box.ts";

const mask = maskOf([0, 0, 0, 0], [0, 255, 255, 0], [0, 0, 255, 0]);

test("gives corners, or a corner and a size", async () => {
  expect(await maskToBox.run({ mask }, { form: "xyxy" }, plainRun)).toEqual({ box: "[1,1,3,3]" });
  expect(await maskToBox.run({ mask }, { form: "xywh" }, plainRun)).toEqual({ box: "[1,1,2,2]" });
});

test("shows an empty mask at its input", async () => {
  const empty = maskOf([0, 0], [0, 127]);
  await expect(
    shownBy(maskToBox, () => maskToBox.run({ mask: empty }, { form: "xyxy" }, plainRun)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.mask" } });
});

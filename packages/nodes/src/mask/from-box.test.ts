import { expect, test } from "vitest";
import { flat, maskRows, plainRun, shownBy } from "../plain-run.fixture.ts";
import { maskFromBox } from "./from-box.ts";

const like = flat(4, 3, 0, 0, 0);
const from = (box: string, form: "xyxy" | "xywh") =>
  maskFromBox.run({ like }, { box, form }, plainRun);

test("the same four numbers mean two boxes", async () => {
  expect(maskRows((await from("[1, 1, 2, 2]", "xyxy")).mask)).toEqual([
    [0, 0, 0, 0],
    [0, 255, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(maskRows((await from("1, 1, 2, 2", "xywh")).mask)).toEqual([
    [0, 0, 0, 0],
    [0, 255, 255, 0],
    [0, 255, 255, 0],
  ]);
});

test("a box that reaches out of the picture is cut there", async () => {
  const { mask } = await from("[-5, 1.5, 1.2, 99]", "xyxy");
  expect(maskRows(mask)).toEqual([
    [0, 0, 0, 0],
    [255, 255, 0, 0],
    [255, 255, 0, 0],
  ]);
});

test.each(["", "a box", "[1, 2, 3]", "[1, 2, null, 4]", "[3, 1, 2, 2]", "[9, 9, 12, 12]"])(
  "refuses %j",
  async (box) => {
    await expect(shownBy(maskFromBox, () => from(box, "xyxy"))).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.box" },
    });
  },
);

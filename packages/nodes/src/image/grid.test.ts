import { describe, expect, test } from "vitest";
import { flat, grey, plainRun, redRows, shownBy } from "../plain-run.fixture.ts";
import { imageGrid } from "./grid.ts";

const settings = { columns: 2, gap: 1, colour: "#000000" };
const one = grey([1]);
const two = grey([2]);

describe("image.grid", () => {
  test("places pictures in rows; unconnected inputs are skipped", async () => {
    const inputs = { a: one, c: two, f: grey([3]) };
    expect(redRows((await imageGrid.run(inputs, settings, plainRun)).image)).toEqual([
      [1, 0, 2],
      [0, 0, 0],
      [3, 0, 0],
    ]);
  });

  test("lays a list of any length before what is connected by name", async () => {
    const images = [1, 2, 3].map((red) => grey([red]));
    const lay = imageGrid.run({ images, a: grey([4]) }, { ...settings, columns: 4 }, plainRun);
    expect(redRows((await lay).image)).toEqual([[1, 0, 2, 0, 3, 0, 4]]);
  });

  test("centres each in a cell as large as the largest", async () => {
    const inputs = { a: flat(3, 3, 9, 9, 9), b: one };
    const { image } = await imageGrid.run(inputs, { ...settings, gap: 0 }, plainRun);
    expect(redRows(image)).toEqual([
      [9, 9, 9, 0, 0, 0],
      [9, 9, 9, 0, 1, 0],
      [9, 9, 9, 0, 0, 0],
    ]);
  });

  test("leaves no room for columns that stay empty", async () => {
    const { image } = await imageGrid.run({ b: one }, { ...settings, columns: 6 }, plainRun);
    expect(redRows(image)).toEqual([[1]]);
  });

  test("refuses to lay nothing, and to paint in no colour", async () => {
    const lay = (inputs: object, colour: string) =>
      shownBy(imageGrid, () => imageGrid.run(inputs, { ...settings, colour }, plainRun));
    await expect(lay({}, "#fff")).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "inputs.images" },
    });
    await expect(lay({ a: one }, "?")).rejects.toMatchObject({ at: { path: "params.colour" } });
  });
});

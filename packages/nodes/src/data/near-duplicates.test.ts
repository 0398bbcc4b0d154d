import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataNearDuplicates } from "./near-duplicates.ts";

const find = (hashes: readonly string[]) =>
  dataNearDuplicates.run({ hashes }, { distance: 2 }, plainRun);

test("says which pictures are new and which came before", async () => {
  expect(await find(["00000000000000ff", "f0f0f0f0f0f0f0f0", "00000000000000fe"])).toEqual({
    isNew: [true, true, false],
    first: [-1, -1, 0],
  });
});

test("compares with the first of a group alone, so groups do not grow by chains", async () => {
  const { first } = await find(["000000000000000f", "0000000000000003", "0000000000000000"]);
  expect(first).toEqual([-1, 0, -1]);
});

test("refuses texts that are no hashes", async () => {
  await expect(shownBy(dataNearDuplicates, () => find(["cup"]))).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "inputs.hashes" },
  });
});

import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listPick } from "./pick.ts";

test("picks from either end, and says what there is", async () => {
  const run = async (index: number, list = ["a", "b", "c"]) =>
    listPick.run({ list }, { index }, plainRun);
  expect(await run(1)).toEqual({ item: "b" });
  expect(await run(-1)).toEqual({ item: "c" });
  await expect(run(3)).rejects.toMatchObject({
    code: "node.bad-input",
    what: "index 3 is outside the list of 3",
    hint: "Use -3 to 2.",
  });
  await expect(run(0, [])).rejects.toMatchObject({ hint: "Connect a list that is not empty." });
});

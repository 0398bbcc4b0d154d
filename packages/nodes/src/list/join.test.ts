import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listJoin } from "./join.ts";

test("joins texts", async () => {
  const run = (separator: string) => listJoin.run({ texts: ["a", "b"] }, { separator }, plainRun);
  expect(await run(", ")).toEqual({ text: "a, b" });
});

import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { flowSwitch } from "./switch.ts";

test("passes on the value of that index", async () => {
  const run = (index: number) => flowSwitch.run({ a: "x", c: "z" }, { index }, plainRun);
  expect(await run(0)).toEqual({ value: "x" });
  expect(await run(2)).toEqual({ value: "z" });
});

import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { flowIf } from "./if.ts";

test("passes on the value that the condition selects", async () => {
  const run = (condition: boolean) => flowIf.run({ yes: "y", no: "n" }, { condition }, plainRun);
  expect(await run(true)).toEqual({ value: "y" });
  expect(await run(false)).toEqual({ value: "n" });
});

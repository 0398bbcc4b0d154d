import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { seedValue } from "./value.ts";

test("gives its seed as a number", async () => {
  expect(await seedValue.run({}, { seed: 7 }, plainRun)).toEqual({ seed: 7 });
  expect(seedValue.outputs.seed.portType.id).toBe("number");
});

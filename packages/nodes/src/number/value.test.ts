import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberValue } from "./value.ts";

test("gives its number", async () => {
  expect(await numberValue.run({}, { value: -1.5 }, plainRun)).toEqual({ number: -1.5 });
});

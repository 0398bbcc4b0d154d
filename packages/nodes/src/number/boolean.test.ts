import { expect, it } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberBoolean } from "./boolean.ts";

it.each([true, false])("hands %j on", async (value) => {
  expect(await numberBoolean.run({}, { value }, plainRun)).toEqual({ boolean: value });
});

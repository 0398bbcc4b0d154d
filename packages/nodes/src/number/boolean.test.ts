import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberBoolean } from "./boolean.ts";

test.each([true, false])("passes %j on", async (value) => {
  expect(await numberBoolean.run({}, { value }, plainRun)).toEqual({ boolean: value });
});

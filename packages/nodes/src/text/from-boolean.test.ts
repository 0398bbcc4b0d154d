import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { textFromBoolean } from "./from-boolean.ts";

test.each([true, false])("writes %s", async (boolean) => {
  const { text } = await textFromBoolean.run({ boolean }, {}, plainRun);
  expect(text).toBe(String(boolean));
});

import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { textValue } from "./value.ts";

test("hands its text on as it stands", async () => {
  const text = "  Remove the apple,\nplease. ";
  expect(await textValue.run({}, { text }, runContext())).toEqual({ text });
});

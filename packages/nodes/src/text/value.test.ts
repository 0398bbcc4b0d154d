import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { textValue } from "./value.ts";

test("gives its text unchanged", async () => {
  const text = "  Remove the apple,\nplease. ";
  expect(await textValue.run({}, { text }, runContext())).toEqual({ text });
});

import { expect, it } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { textValue } from "./value.ts";

it("hands its text on as it stands", async () => {
  const text = "  Remove the apple,\nplease. ";
  expect(await textValue.run({}, { text }, runContext())).toEqual({ text });
});

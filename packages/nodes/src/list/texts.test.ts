import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listTexts } from "./texts.ts";

test("takes a text a line, without blank lines and margins", async () => {
  const run = (lines: string) => listTexts.run({}, { lines }, plainRun);
  expect(await run(" a cat \r\n\nadd a hat\n")).toEqual({ texts: ["a cat", "add a hat"] });
  expect(await run("")).toEqual({ texts: [] });
});

import { expect, it } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { joinTexts } from "./join-texts.ts";

it("joins texts", async () => {
  const run = (separator: string) => joinTexts.run({ texts: ["a", "b"] }, { separator }, plainRun);
  expect(await run(", ")).toEqual({ text: "a, b" });
});

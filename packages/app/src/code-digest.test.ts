import { expect, test } from "vitest";
import { codeDigest } from "./code-digest.ts";

test("the code of every package that results stand on has one digest", async () => {
  const digest = await codeDigest();
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await codeDigest()).toBe(digest);
});

import { expect, test } from "vitest";
import { createNodeId, idFromType } from "./node-id.ts";

test("an id counts up from the name that was wanted", () => {
  expect(createNodeId("sample", new Set())).toBe("sample");
  expect(createNodeId("sample", new Set(["sample", "sample-2"]))).toBe("sample-3");
  expect(createNodeId("sample-2", new Set(["sample", "sample-2"]))).toBe("sample-3");
  expect(createNodeId("sample-2", new Set(["sample-3"]))).toBe("sample-2");
});

test("a type's last word is the id of its node", () => {
  expect(idFromType("generation.sample")).toBe("sample");
  expect(idFromType("")).toBe("node");
});

import { expect, test } from "vitest";
import { withSuffix } from "./with-suffix.ts";

test.each([
  ["out.png", "out-3.png"],
  ["a.b/out", "a.b/out-3"],
  ["in/a.b.png", "in/a.b-3.png"],
  [".bashrc", ".bashrc-3"],
  ["in\\.hidden", "in\\.hidden-3"],
  ["", "-3"],
])("%j becomes %j", (path, suffixed) => {
  expect(withSuffix(path, "-3")).toBe(suffixed);
});

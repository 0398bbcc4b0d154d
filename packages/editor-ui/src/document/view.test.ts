import { expect, test } from "vitest";
import { suits } from "./view.ts";

test("a view is kept for canvases of about the size that it was made for", () => {
  const kept = { x: 0, y: 0, zoom: 1, width: 1000, height: 700 };
  expect(suits(kept, { width: 1040, height: 700 })).toBe(true);
  expect(suits(kept, { width: 390, height: 700 })).toBe(false);
  expect(suits(kept, { width: 1000, height: 500 })).toBe(false);
});

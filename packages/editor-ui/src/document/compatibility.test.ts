import { expect, test } from "vitest";
import { findReasons, type PortEnd, toEndKey, whyUnfit } from "./compatibility.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

const end = (node: string, side: PortEnd["side"], port: string): PortEnd => ({ node, side, port });
const why = (one: PortEnd, other: PortEnd) => whyUnfit(exampleGraph, exampleCatalogue, one, other);

test("ports of one type fit, from either end, even where a link already is", () => {
  const image = end("load", "output", "image");
  const before = end("compare", "input", "before");
  expect(why(image, before)).toBeUndefined();
  expect(why(before, image)).toBeUndefined();
});

test("the reason names both types", () => {
  const reason = why(end("load", "output", "image"), end("sample", "input", "hint"));
  expect(reason).toMatch(/image.*latent/);
});

test("two ports of one side and ports of one node never fit", () => {
  const latent = end("sample", "output", "latent");
  expect(why(latent, end("encode", "output", "latent"))).toMatch(/outputs/);
  expect(why(latent, end("sample", "input", "hint"))).toMatch(/itself/);
});

test("a link that would close a circle does not fit", () => {
  expect(why(end("decode", "output", "image"), end("encode", "input", "image"))).toMatch(/wait/);
});

test("every other port gets its answer when a link is picked up", () => {
  const from = end("encode", "output", "latent");
  const reasons = findReasons(exampleGraph, exampleCatalogue, from);
  expect(reasons.has(toEndKey(from))).toBe(false);
  const fitting = [...reasons].filter(([, reason]) => reason === undefined).map(([key]) => key);
  expect(fitting).toEqual(["input sample source", "input sample hint", "input decode latent"]);
});

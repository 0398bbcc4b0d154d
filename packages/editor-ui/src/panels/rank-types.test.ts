import { expect, test } from "vitest";
import { exampleCatalogue } from "../document/example.fixture.ts";
import { rankTypes } from "./rank-types.ts";

const find = (query: string) =>
  rankTypes(Object.values(exampleCatalogue), query).map((spec) => spec.type);

test("no query lists everything by title", () => {
  expect(find("")).toEqual([
    "image.compare",
    "generation.decode",
    "generation.encode",
    "image.load",
    "generation.sample",
  ]);
});

test("titles come before ids, and ids before descriptions", () => {
  expect(find("image")).toEqual(["image.load", "image.compare"]);
  expect(find("latent")).toEqual(["generation.decode", "generation.encode"]);
});

test("preferred types come first among equals", () => {
  const types = Object.values(exampleCatalogue);
  const ranked = rankTypes(types, "image", new Set(["image.compare", "generation.sample"]));
  expect(ranked.map((spec) => spec.type)).toEqual(["image.load", "image.compare"]);
  const all = rankTypes(types, "", new Set(["generation.sample"]));
  expect(all[0]?.type).toBe("generation.sample");
});

test("every word must be found", () => {
  expect(find("load image")).toEqual(["image.load"]);
  expect(find("load zebra")).toEqual([]);
});

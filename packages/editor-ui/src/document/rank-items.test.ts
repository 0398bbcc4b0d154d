import { expect, test } from "vitest";
import { exampleCatalogue } from "./example.fixture.ts";
import { rankItems, type SearchItem } from "./rank-items.ts";

const item = (id: string, title: string, category: string, doc: string): SearchItem => {
  return { id, title, category, doc };
};
const items: readonly SearchItem[] = [
  ...Object.values(exampleCatalogue).map((spec) =>
    item(spec.type, spec.title, spec.category, spec.doc),
  ),
  item("image.resize", "Resize", "image", "Scales a picture."),
  item("mask.from-image", "Mask from image", "mask", "Black is unselected."),
];
const find = (query: string) => rankItems(items, query).map(({ id }) => id);

test("no query lists everything as it came", () => {
  expect(find("")).toEqual(items.map(({ id }) => id));
});

test("titles come before ids, and ids before descriptions", () => {
  expect(find("image")).toEqual(["image.load", "mask.from-image", "image.compare", "image.resize"]);
  expect(find("latent")).toEqual(["generation.decode", "generation.encode"]);
});

test("preferred items come first among equals", () => {
  const preferred = items.map((one) => ({ ...one, isPreferred: one.id === "image.resize" }));
  expect(rankItems(preferred, "image").at(-2)?.id).toBe("image.resize");
});

test("every word must be found", () => {
  expect(find("load image")).toEqual(["image.load"]);
  expect(find("load zebra")).toEqual([]);
});

test("letters that are left out, mistyped or swapped are forgiven", () => {
  for (const typed of ["rsz", "resise", "reszie", "rezise", "resze"]) {
    expect(find(typed)[0], typed).toBe("image.resize");
  }
  expect(find("msk frm")).toEqual(["mask.from-image"]);
});

test("a guess is not mixed with what the words say", () => {
  expect(find("resize")).toEqual(["image.resize"]);
});

test("other words for the same are known", () => {
  expect(find("ksampler")).toEqual(["generation.sample"]);
  expect(find("shrink")).toEqual(["image.resize"]);
});

test("nonsense finds nothing", () => {
  expect(find("qqqq")).toEqual([]);
  expect(find("x")).toEqual([]);
});

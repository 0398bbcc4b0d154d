import { expect, test } from "vitest";
import { categoryRoles } from "./category-roles.ts";
import { exampleCatalogue, examplePortTypes } from "./example.fixture.ts";

test("a category has the colour of what its nodes mostly give", () => {
  const roles = categoryRoles(exampleCatalogue, examplePortTypes);
  expect([...roles]).toEqual([
    ["image", "image"],
    ["generation", "latent"],
  ]);
});

test("a category whose nodes give nothing coloured is left out", () => {
  expect([...categoryRoles(exampleCatalogue, {})]).toEqual([]);
});

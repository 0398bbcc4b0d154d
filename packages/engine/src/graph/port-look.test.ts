import { expect, test } from "vitest";
import { lookOf, type PortCatalogue } from "./port-look.ts";

const portTypes: PortCatalogue = {
  image: { look: { role: "image", shape: "square" } },
  "model.unet": { look: { role: "model", shape: "ring" } },
  "model.mine": {},
  plain: {},
};

test("a list or a stream looks like what it holds", () => {
  const { look } = portTypes["image"] ?? {};
  expect(lookOf(portTypes, "image")).toBe(look);
  expect(lookOf(portTypes, "list of image")).toBe(look);
  expect(lookOf(portTypes, "stream of list of image")).toBe(look);
});

test("a type that declares no look shares that of its family", () => {
  expect(lookOf(portTypes, "model.mine")).toEqual({ role: "model", shape: "ring" });
  expect(lookOf(portTypes, "model.unheard-of")).toEqual({ role: "model", shape: "ring" });
});

test("without a family there is a default", () => {
  const plain = { role: "other", shape: "circle" };
  expect(lookOf(portTypes, "plain")).toEqual(plain);
  expect(lookOf(portTypes, "unheard-of")).toEqual(plain);
  expect(lookOf(portTypes, "T")).toEqual(plain);
  expect(lookOf(portTypes, "constructor")).toEqual(plain);
});

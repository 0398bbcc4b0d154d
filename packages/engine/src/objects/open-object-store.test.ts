import path from "node:path";
import { expect, test } from "vitest";
import { openObjectStore } from "./open-object-store.ts";

test.each([
  ["s3://lab-results", "s3://lab-results/"],
  ["s3://lab-results/team/one/", "s3://lab-results/team/one/"],
  ["store", path.resolve("store")],
])("%s is a place", (address, place) => {
  expect(openObjectStore(address).place).toBe(place);
});

test.each(["", "s3://", "s3://UPPER/x", "https://example.org/x", "gs://bucket"])(
  "%j is none",
  (address) => {
    expect(() => openObjectStore(address)).toThrow(
      expect.objectContaining({ code: "objects.place" }),
    );
  },
);

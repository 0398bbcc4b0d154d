import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../graph/document.ts";
import { definePort } from "../node/define-port.ts";
import { canonicalJson, contentHash, contentKey, digest } from "./content-key.ts";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

function shuffled(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(shuffled);
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item)] as const);
  return Object.fromEntries(entries.reverse());
}

describe("content keys", () => {
  test("equal content gives an equal key, whatever the order of names", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (settings) => {
        const key = (given: Readonly<Record<string, Json>>): string =>
          contentKey({ type: "a.b", version: 1, settings: given, inputs: { x: "1", y: "2" } });
        expect(key(shuffled(settings) as Record<string, Json>)).toBe(key(settings));
      }),
    );
  });

  test("[C1] any change gives another key", () => {
    const base = { type: "a.b", version: 1, settings: { s: 1 }, inputs: { x: "1" } };
    const keys = [
      base,
      { ...base, type: "a.c" },
      { ...base, version: 2 },
      { ...base, settings: { s: 2 } },
      { ...base, settings: { t: 1 } },
      { ...base, inputs: { x: "2" } },
      { ...base, inputs: { y: "1" } },
      { ...base, inputs: {} },
      { ...base, fingerprint: "" },
      { ...base, fingerprint: "f" },
    ].map(contentKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("canonical text still says everything, so that different values differ in it", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("moving bytes between parts changes the digest", () => {
    expect(digest(["ab", "c"])).not.toBe(digest(["a", "bc"]));
    expect(digest(["ab"])).not.toBe(digest([new TextEncoder().encode("ab")]));
    const mixed = digest(["é", Uint8Array.of(98)]);
    expect(mixed).toBe(createHash("sha256").update("t2:éb1:b").digest("hex"));
  });

  test("[C2] a value is identified by its content, or by its maker where its type has no hash", () => {
    const text = definePort<string>("text", { hash: (value) => value });
    const model = definePort<object>("model");
    expect(contentHash(text, "a", "out", "k1")).toBe(contentHash(text, "a", "other", "k2"));
    expect(contentHash(model, {}, "out", "k1")).toBe(contentHash(model, {}, "out", "k1"));
    expect(contentHash(model, {}, "out", "k1")).not.toBe(contentHash(model, {}, "out", "k2"));
    expect(contentHash(model, {}, "out", undefined)).not.toBe(
      contentHash(model, {}, "out", undefined),
    );
  });
});

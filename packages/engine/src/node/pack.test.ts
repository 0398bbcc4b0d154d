import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../graph/document.ts";
import { pack, unpack } from "./pack.ts";

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

test("gives back head and parts", () => {
  const json = fc.jsonValue({ maxDepth: 2 }).map((v) => JSON.parse(JSON.stringify(v)) as Json);
  fc.assert(
    fc.property(json, fc.array(fc.uint8Array()), (head, parts) => {
      expect(unpack(joined(pack(head, parts)))).toEqual({ head, parts });
    }),
  );
});

test("a part in several pieces is one part, and none of them is copied", () => {
  const pieces = [Uint8Array.of(1, 2), Uint8Array.of(3)];
  const packed = pack("head", [pieces]);
  expect(unpack(joined(packed)).parts).toEqual([Uint8Array.of(1, 2, 3)]);
  expect(pieces.every((piece) => packed.includes(piece))).toBe(true);
});

test("refuses bytes that end too early", () => {
  const bytes = joined(pack({ a: 1 }, [Uint8Array.of(1, 2, 3)]));
  for (let length = 0; length < bytes.length; length++) {
    // Without its whole last part, the head alone is still well-formed.
    if (length === bytes.length - 7) continue;
    expect(() => unpack(bytes.subarray(0, length))).toThrow(RangeError);
  }
});

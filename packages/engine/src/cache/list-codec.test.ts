import { expect, test } from "vitest";
import { listCodec } from "./list-codec.ts";

const text = {
  encode: (value: unknown) => new TextEncoder().encode(String(value)),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};
const codec = listCodec("text", text);

function bytesOf(value: unknown): Uint8Array {
  const encoded = codec.encode(value);
  return encoded instanceof Uint8Array ? encoded : new Uint8Array(Buffer.concat([...encoded]));
}

test("a list comes back item by item, with the hashes", () => {
  const items = ["a", "", "c"].map((value) => ({ value, hash: `#${value}`, portType: "text" }));
  expect(codec.decode(bytesOf(items))).toEqual(items);
  expect(codec.decode(bytesOf([]))).toEqual([]);
});

test("a list that lost its end is refused", () => {
  const items = ["a", "b"].map((value) => ({ value, hash: value, portType: "text" }));
  const bytes = bytesOf(items);
  expect(() => codec.decode(bytes.subarray(0, bytes.length - 5))).toThrow(RangeError);
});

import type { Json } from "../graph/document.ts";
import type { ValueCodec } from "../node/define-port.ts";
import { pack, unpack } from "../node/pack.ts";
import type { StoredValue } from "./store.ts";

function joined(encoded: Uint8Array | readonly Uint8Array[]): Uint8Array {
  return encoded instanceof Uint8Array ? encoded : new Uint8Array(Buffer.concat(encoded));
}

/** The codec of a list: encodes each item with the element's codec, with its hash. */
export function listCodec(element: string, { encode, decode }: ValueCodec): ValueCodec {
  return {
    encode(value) {
      const items = value as readonly StoredValue[];
      const parts = items.map((item) => joined(encode(item.value)));
      return pack(
        items.map(({ hash }) => hash),
        parts,
      );
    },
    decode(bytes): readonly StoredValue[] {
      const { head, parts } = unpack(bytes);
      const hashes = head as Json & readonly string[];
      if (hashes.length !== parts.length) throw new RangeError("the list lacks some of its items");
      return parts.map((part, at) => {
        return { value: decode(part), hash: hashes[at] ?? "", portType: element };
      });
    },
  };
}

import type { Json } from "../graph/document.ts";
import type { ValueCodec } from "../node/define-port.ts";
import { pack, unpack } from "../node/pack.ts";
import type { StoredValue } from "./store.ts";

/** The codec of a list: encodes each item with the element's codec, with its hash. */
export function listCodec(element: string, { encode, decode }: ValueCodec): ValueCodec {
  return {
    encode(value) {
      const items = value as readonly StoredValue[];
      return pack(
        items.map(({ hash }) => hash),
        items.map((item) => encode(item.value)),
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

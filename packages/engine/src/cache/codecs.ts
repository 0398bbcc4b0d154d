import { inContainer } from "../graph/port-type.ts";
import type { ValueCodec } from "../node/define-port.ts";
import type { Registry } from "../node/registry.ts";
import { listCodec } from "./list-codec.ts";

/** Codecs by port type id; values of other types stay in memory. */
export type Codecs = ReadonlyMap<string, ValueCodec>;

/** The codecs of a registry's port types, and of lists of them. */
export function codecsOf({ portTypes }: Registry): Codecs {
  const codecs = new Map<string, ValueCodec>();
  for (const { id, store } of portTypes.values()) {
    if (store === undefined) continue;
    codecs.set(id, store);
    codecs.set(inContainer("list", id), listCodec(id, store));
  }
  return codecs;
}

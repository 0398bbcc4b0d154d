import type { Port, ValueCodec } from "../node/define-port.ts";
import type { Registry } from "../node/registry.ts";

/** How values become bytes, by port type id; values of other types stay in memory. */
export type Codecs = ReadonlyMap<string, ValueCodec>;

/** The codecs of every port type that a registry's nodes give. */
export function codecsOf({ nodes }: Registry): Codecs {
  const codecs = new Map<string, ValueCodec>();
  for (const { outputs } of nodes.values()) {
    for (const { portType } of Object.values<Port>(outputs)) {
      if (portType.store !== undefined && !codecs.has(portType.id)) {
        codecs.set(portType.id, portType.store);
      }
    }
  }
  return codecs;
}

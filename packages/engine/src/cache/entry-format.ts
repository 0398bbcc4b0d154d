import { createHash } from "node:crypto";
import type { Json } from "../graph/document.ts";
import { pack, unpack } from "../node/pack.ts";
import type { Preview } from "../node/preview.ts";
import type { Codecs } from "./codecs.ts";
import type { StoredResult, StoredValue } from "./store.ts";

/** Version of the entry format; raising it hides all older entries. */
export const entryFormat = 1;

/** Bytes of the SHA-256 at the start of an entry. */
const checksumBytes = 32;

interface Head {
  readonly key: string;
  readonly outputs: readonly {
    readonly name: string;
    readonly portType: string;
    readonly hash: string;
  }[];
  readonly previews: Readonly<Record<string, Preview>>;
}

function checksum(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Encodes a result, checksum first; undefined where a value's type has no codec. */
export function encodeEntry(
  key: string,
  { outputs, previews }: StoredResult,
  codecs: Codecs,
): readonly Uint8Array[] | undefined {
  const bodies: (Uint8Array | readonly Uint8Array[])[] = [];
  for (const { value, portType } of Object.values(outputs)) {
    const encoded = codecs.get(portType)?.encode(value);
    if (encoded === undefined) return undefined;
    bodies.push(encoded);
  }
  const named = Object.entries(outputs).map(([name, { portType, hash }]) => ({
    name,
    portType,
    hash,
  }));
  const parts = pack({ key, outputs: named, previews: { ...previews } }, bodies);
  return [checksum(parts), ...parts];
}

/**
 * Decodes an entry; undefined where a value's type has no codec here.
 * Throws: RangeError where any byte differs from what was written under this key.
 */
export function decodeEntry(
  key: string,
  bytes: Uint8Array,
  codecs: Codecs,
): StoredResult | undefined {
  const rest = bytes.subarray(checksumBytes);
  if (Buffer.compare(checksum([rest]), bytes.subarray(0, checksumBytes)) !== 0) {
    throw new RangeError("its checksum does not match");
  }
  const packed = unpack(rest);
  const head = packed.head as Json & Head;
  if (head.key !== key) throw new RangeError("it belongs to another result");
  const outputs: Record<string, StoredValue> = {};
  for (const [at, { name, portType, hash }] of head.outputs.entries()) {
    const [codec, part] = [codecs.get(portType), packed.parts[at]];
    if (codec === undefined) return undefined;
    if (part === undefined) throw new RangeError(`it lacks the value of ${name}`);
    outputs[name] = { value: codec.decode(part), hash, portType };
  }
  return { outputs, previews: head.previews };
}

import type { HashPart, Preview, TensorValue } from "@insightgraph/engine/node";
import { tensorCodec } from "./tensor-codec.ts";

/** Content of a tensor for cache keys. */
export function hashTensor({ dtype, shape, data }: TensorValue): readonly HashPart[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [`${dtype}[${shape.join(",")}]`, bytes];
}

/** The shape of a tensor without its batch axis. */
export function previewShape({ shape }: TensorValue): Preview {
  return { kind: "shape", text: `[${shape.slice(1).join(", ")}]` };
}

/** What every port type of plain tensors has. */
export const tensorPort = { hash: hashTensor, preview: previewShape, store: tensorCodec };

import type { HashPart, Preview, TensorValue } from "@insightgraph/engine/node";
import { tensorCodec } from "./tensor-codec.ts";

/** The content of a tensor, for cache keys. */
export function hashTensor({ dtype, shape, data }: TensorValue): readonly HashPart[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [`${dtype}[${shape.join(",")}]`, bytes];
}

/** The shape of a tensor without its batch axis. */
export function previewShape({ shape }: TensorValue): Preview {
  return { kind: "shape", text: `[${shape.slice(1).join(", ")}]` };
}

/** Hash, preview and codec shared by all port types of plain tensors. */
export const tensorPort = { hash: hashTensor, preview: previewShape, store: tensorCodec };

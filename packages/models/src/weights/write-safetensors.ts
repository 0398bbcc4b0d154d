import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { encodeHeader } from "./safetensors.ts";

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.byteLength; ) done += writeSync(descriptor, bytes, done);
}

/**
 * Writes a file tensor by tensor, holding one of them at a time; it appears whole or not at all.
 * Throws: weights.header, weights.shape.
 */
export function writeSafetensors(
  file: string,
  tensors: WeightMap,
  metadata: Readonly<Record<string, string>> = {},
): void {
  const header = encodeHeader(tensors, metadata);
  const draft = `${file}.${process.pid}.draft`;
  const descriptor = openSync(draft, "w");
  try {
    writeAll(descriptor, header);
    for (const { data } of tensors.values()) writeAll(descriptor, data);
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
  closeSync(descriptor);
  renameSync(draft, file);
}

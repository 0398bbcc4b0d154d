import type { TensorValue } from "@insightgraph/models";
import { EditingError } from "../errors.ts";

export type { TensorValue };

/** A session's output by name. Throws: RangeError if the network has no such output. */
export function tensorOf(found: Readonly<Record<string, TensorValue>>, name: string): TensorValue {
  const value = found[name];
  if (value === undefined) throw new RangeError(`the network has no output "${name}"`);
  return value;
}

/** The numbers of a single-precision tensor. Throws: TypeError for another type. */
export function floatsOf({ data, dtype }: TensorValue): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`expected float32, got ${dtype}`);
}

/**
 * Refuses NaN and infinity, which would become a black or broken picture.
 * @param name Subject of the error message: "the latent of step 3 of 20".
 * Throws: sampling.not-finite.
 */
export function requireFinite(values: Float32Array, name: string): void {
  const broken = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (broken === 0) return;
  const share = `${broken} of ${values.length} numbers`;
  throw new EditingError("sampling.not-finite", `${name} has ${share} that are not finite.`, {
    hint: "Use float32 instead of float16, a lower guidance scale or a weaker LoRA. If it persists, the weights are damaged.",
  });
}

/**
 * A session's output by name, which has to be finite numbers.
 * Throws: sampling.not-finite, RangeError where the network has no such output.
 */
export function finiteOutput(
  found: Readonly<Record<string, TensorValue>>,
  name: string,
): TensorValue {
  const value = tensorOf(found, name);
  requireFinite(floatsOf(value), `the network's output "${name}"`);
  return value;
}

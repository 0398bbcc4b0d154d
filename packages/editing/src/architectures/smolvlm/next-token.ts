import { numbersOf } from "../open-graph.ts";
import type { TensorValue } from "../tensor.ts";
import type { SmolVlmConfig } from "./config.ts";

type Tensors = Readonly<Record<string, TensorValue>>;

const pastName = /^past_key_values\./;
/** Keys and values before the first token: none. */
export function noPast(
  inputs: readonly string[],
  { kvHeads, headSize, halfCaches }: SmolVlmConfig,
  precision: string,
): Tensors {
  const isHalf = halfCaches.includes(precision);
  const empty: TensorValue = {
    dtype: isHalf ? "float16" : "float32",
    shape: [1, kvHeads, 0, headSize],
    data: isHalf ? new Uint16Array() : new Float32Array(),
  };
  return Object.fromEntries(
    inputs.filter((name) => pastName.test(name)).map((name) => [name, empty]),
  );
}

/** What a step found, as the keys and values before the next one. */
export function pastOf(found: Tensors): Tensors {
  const kept = Object.entries(found).filter(([name]) => name.startsWith("present."));
  return Object.fromEntries(
    kept.map(([name, value]) => [name.replace("present.", "past_key_values."), value]),
  );
}

/** The likeliest token after the last place. Shapes: [1, L, words] */
export function likeliest(logits: TensorValue): number {
  const words = logits.shape.at(-1) ?? 0;
  const row = numbersOf(logits).subarray(-words);
  let best = 0;
  for (const [at, value] of row.entries()) if (value > (row[best] ?? 0)) best = at;
  return best;
}

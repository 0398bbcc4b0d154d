import { ModelError } from "../errors.ts";
import type { TensorValue, TensorValues } from "./tensor-value.ts";

/** Inputs of the graph that the trainer itself feeds. */
const stateInputs: readonly string[] = [
  "parameters.before",
  "parameters",
  "parameters.after",
  "first",
  "second",
  "average",
  "turns",
  "step",
  "share",
];

function batchError(at: string, what: string): ModelError {
  return new ModelError("train.batch", what, {
    at,
    hint: "Give each batch the tensors that batchTensors lists for the stage.",
  });
}

/**
 * Refuses batches with other tensors than the graph reads, or of other types and shapes than the first one's.
 * Throws: train.batch.
 */
export function checkBatches(batches: readonly TensorValues[], inputs: readonly string[]): void {
  const wanted = inputs.filter((name) => !stateInputs.includes(name));
  const formOf = (tensor: TensorValue): string => `${tensor.dtype} [${tensor.shape.join(", ")}]`;
  for (const batch of batches) {
    const unknown = Object.keys(batch).find((name) => !wanted.includes(name));
    if (unknown !== undefined) throw batchError(unknown, "no loss reads this tensor.");
    for (const name of wanted) {
      const [first, tensor] = [batches[0]?.[name], batch[name]];
      if (first === undefined || tensor === undefined) {
        throw batchError(name, "the batch lacks this tensor.");
      }
      if (formOf(first) === formOf(tensor)) continue;
      throw batchError(name, `it is ${formOf(tensor)} after ${formOf(first)}.`);
    }
  }
}

/** One tensor of all batches, a leading axis counting them. Shapes: [..] each -> [batches, ..] */
export function stackBatches(batches: readonly TensorValues[]): TensorValues {
  const [first = {}] = batches;
  const stacked = Object.entries(first).map(([name, { dtype, shape, data }]) => {
    const joined = data.slice(0, 0).constructor as new (count: number) => typeof data;
    const all = new joined(batches.length * data.length);
    batches.forEach((batch, at) => {
      all.set(batch[name]?.data as never, at * data.length);
    });
    return [name, { dtype, shape: [batches.length, ...shape], data: all }];
  });
  return Object.fromEntries(stacked);
}

import { unfitArgument } from "@insightgraph/editing/errors";
import { param } from "@insightgraph/engine/node";

/** In which form a node uses a checkpoint's weights. */
export const weightsParam = param.choice({
  options: ["stored", "int8"],
  default: "stored",
  doc: "stored: as the checkpoint has them. int8: matrices in 8 bits, converted once; half the memory of 16 bits, and what the network gives differs by a few percent, single values by more.",
});

/** A loaded network with its weights in a form. Throws: argument.unfit at `weights` where it has no such form. */
export function withWeights<Model extends { inInt8?(): Model }>(
  model: Model,
  weights: "stored" | "int8",
): Model {
  if (weights === "stored") return model;
  if (model.inInt8 !== undefined) return model.inInt8();
  throw unfitArgument(
    "weights",
    "this network cannot use its weights in 8 bits.",
    'Choose "stored".',
  );
}

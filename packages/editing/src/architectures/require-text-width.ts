import { unfitArgument } from "../errors.ts";
import type { DenoiserInputs } from "./denoiser.ts";

/**
 * Refuses a conditioning of another width than a network reads, before the network is opened.
 * Throws: argument.unfit at `condition` or `negative`.
 */
export function requireTextWidth(
  inputs: Pick<DenoiserInputs, "condition" | "negative">,
  width: number,
): void {
  for (const name of ["condition", "negative"] as const) {
    const found = inputs[name]?.shape[2] ?? width;
    if (found === width) continue;
    throw unfitArgument(
      name,
      `its states are ${found} wide, but the network reads ${width}.`,
      "Read the text with the language model or encoder that the network was trained with, or train a bridge between the two.",
    );
  }
}

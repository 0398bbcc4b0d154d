import { unfitArgument } from "../errors.ts";
import type { DenoiserInputs } from "./denoiser.ts";
import { requireTextWidth } from "./require-text-width.ts";

/** Sizes of what a network reads beside the noisy latent. */
export interface ConditionSizes {
  readonly width: number;
  /** @default any number */
  readonly textTokens?: number;
  /** @default any number */
  readonly imageTokens?: number;
  /** Channels, height and width of v_t. */
  readonly visual: readonly [number, number, number];
}

const ofOneCheckpoint = "Use bridges and a network that were trained together.";

function requireCount(
  argument: string,
  found: number | undefined,
  wanted: number | undefined,
): void {
  if (found === undefined || wanted === undefined || found === wanted) return;
  const what = `it has ${found} tokens, but the network reads ${wanted}.`;
  throw unfitArgument(argument, what, ofOneCheckpoint);
}

function requireImage({ imageCondition }: DenoiserInputs, sizes: ConditionSizes): void {
  const [, count, width] = imageCondition?.tokens.shape ?? [];
  requireCount("imageCondition", count, sizes.imageTokens);
  if (width === undefined || width === sizes.width) return;
  const what = `its tokens are ${width} wide, but the network reads ${sizes.width}.`;
  throw unfitArgument("imageCondition", what, ofOneCheckpoint);
}

function requireVisual({ visual }: DenoiserInputs, wanted: ConditionSizes["visual"]): void {
  const [found, expected] = [visual?.shape.slice(1), wanted].map((shape) => shape?.join(" x "));
  if (found === undefined || found === expected) return;
  const what = `it has ${found} numbers, but the network adds ${expected}.`;
  throw unfitArgument("visual", what, ofOneCheckpoint);
}

/**
 * Refuses conditions of other sizes than a network reads, before the network is opened.
 * Throws: argument.unfit at the input that does not fit.
 */
export function requireConditions(inputs: DenoiserInputs, sizes: ConditionSizes): void {
  requireTextWidth(inputs, sizes.width);
  for (const name of ["condition", "negative"] as const) {
    requireCount(name, inputs[name]?.shape[1], sizes.textTokens);
  }
  requireImage(inputs, sizes);
  requireVisual(inputs, sizes.visual);
}

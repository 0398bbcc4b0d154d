import type { Latent } from "./latent.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** Inputs of the text bridge. */
export interface TextBridgeInputs {
  /** [1, r, d] */
  readonly mmTokens: TensorValue;
  /** [1, p, v] */
  readonly vision: TensorValue;
  /** Sets height and width of v_t; ignored by fixed-size networks. */
  readonly source?: Latent | undefined;
}

/** Outputs of the text bridge. */
export interface TextBridging {
  /** f_txt, [1, S, E] */
  readonly condition: TensorValue;
  /** v_t, [1, C, h, w] */
  readonly visual: TensorValue;
}

/**
 * Map a comprehender's states to a denoiser's conditions. A branch that a checkpoint was trained without is absent.
 * Source: InsightEdit (arXiv:2411.17323), section 3.2.
 */
export interface Bridges {
  /** Q-Former alone: q', [1, S, E] */
  queries(opener: NetworkOpener, mmTokens: TensorValue): Promise<TensorValue>;
  /** Q-Former and bidirectional interaction. */
  readonly text?: (opener: NetworkOpener, inputs: TextBridgeInputs) => Promise<TextBridging>;
  /** Image alignment adapter: f_img, [1, K, E] */
  readonly image?: (opener: NetworkOpener, mmTokens: TensorValue) => Promise<TensorValue>;
}

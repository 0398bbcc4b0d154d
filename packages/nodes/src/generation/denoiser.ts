import type { TensorValue } from "@insightgraph/engine/node";
import type { GuidanceRow, Sampler, SchedulerConfig } from "@insightgraph/models";
import type { ImageCondition } from "../model-port-types.ts";
import type { Latent } from "./latent.ts";

/** What a denoising network is told, beside the noisy latent. */
export interface DenoiserInputs {
  readonly source: Latent;
  /** [1, S, E] */
  readonly condition: TensorValue;
  /** What stands for no text, [1, S, E]; undefined: what the network learnt. */
  readonly negative?: TensorValue | undefined;
  /** v_t, [1, C, h, w] */
  readonly visual?: TensorValue | undefined;
  readonly imageCondition?: ImageCondition | undefined;
}

export interface SamplerWish {
  readonly steps: number;
  readonly eta: number;
  /** Undefined: as the network was made for. */
  readonly scheduler: SchedulerConfig | undefined;
}

/** A network ready to be asked for every row of a guided batch. */
export interface Denoiser {
  readonly rows: readonly GuidanceRow[];
  readonly sampler: Sampler;
  /** Shapes: sample [C, h, w] -> one prediction a row, one after the other */
  predict(sample: Float32Array, timestep: number): Promise<Float32Array>;
}

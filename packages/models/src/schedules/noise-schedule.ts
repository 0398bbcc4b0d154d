/** Alpha bar of each of a diffusion's training timesteps. */
export interface NoiseSchedule {
  readonly alphaBars: Float64Array;
}

export interface ScaledLinearOptions {
  readonly steps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
}

/** SD-1.5's and InstructPix2Pix's values. */
export const stableDiffusionNoise: ScaledLinearOptions = {
  steps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
};

/** beta_i = (lerp(sqrt(start), sqrt(end)))^2. Source: Latent Diffusion (arXiv:2112.10752); diffusers' `scaled_linear`. */
export function scaledLinearSchedule(options: ScaledLinearOptions): NoiseSchedule {
  const { steps, betaStart, betaEnd } = options;
  const [low, high] = [Math.sqrt(betaStart), Math.sqrt(betaEnd)];
  let product = 1;
  const alphaBars = Float64Array.from({ length: steps }, (_, index) => {
    product *= 1 - (low + ((high - low) * index) / (steps - 1)) ** 2;
    return product;
  });
  return { alphaBars };
}
